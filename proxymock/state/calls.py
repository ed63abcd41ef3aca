"""Calls and their legs, as data: all that a call in progress has to remember.

Whatever a call waits for is written down here and nowhere else, so that it can be saved
at any moment and go on after it was loaded. Instants are UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proxymock.state.passed_connectors import PassedConnector
from proxymock.state.streams import Streaming

LEG_A, LEG_B = "LEG-A", "LEG-B"
JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """A SIP media application that may take a call, and the function behind it."""

    function_arn: str
    sip_media_application_id: str
    region: str
    sip_rule_id: str | None = None
    trigger_type: str = ""  # of the rule


# A call makes a dozen of the next three, and a frozen one takes three times as long.
@dataclass(slots=True)
class Due:
    """What will happen to a leg at an instant, or to a call if *call_id* is empty."""

    at: datetime
    what: str
    call_id: str


@dataclass(slots=True)
class Entry:
    """A line of the ladder: a message between two of a call, or a remark on one.

    *sender* and *receiver* are ``A``, ``B``, ``chime`` or ``function``. A remark has no
    receiver; one with *wrong* says what somebody should mend. *call_id* is the leg's.
    """

    at: datetime
    sender: str
    receiver: str | None
    text: str
    wrong: bool = False
    call_id: str | None = None


@dataclass(slots=True)
class Effect:
    """Something that others have to know or do: a recording to store, a leg dialled."""

    kind: str
    at: datetime
    details: JSON


@dataclass(frozen=True, slots=True)
class Request:
    """What the API has asked for: to ``Create`` a call, or to ``Update`` it."""

    kind: str
    arguments: Mapping[str, str]


@dataclass(kw_only=True, slots=True)
class Listener:
    """What ReceiveDigits set on a leg, and the keys that it has not matched yet."""

    expression: str
    pause: int  # milliseconds
    keeps: int  # milliseconds
    parameters: JSON
    keys: str = ""


@dataclass(kw_only=True, slots=True)
class CallRecording:
    """The recording that StartCallRecording began on a leg."""

    bucket: str
    key: str
    track: str
    started_at: datetime
    status: str = "Recording"  # "Paused", "Stopped"


@dataclass(kw_only=True, slots=True)
class Leg:
    """The connection of one party to a call.

    *hosts* are the one that is rung and those to try after it, *endpoint_arn* what has
    them, *voice_connector_id* what an application has between it and telephones.
    *sip_response_code* is None while it is up. Media logs have *logged_minutes* of it.
    """

    tag: str
    call_id: str
    from_number: str
    to_number: str
    direction: str  # "Inbound", "Outbound", seen from the service
    started_at: datetime
    kind: str = "PSTN"  # "AWS", "Meeting"
    sip_headers: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    sip_response_code: int | None = None
    heard: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    endpoint_arn: str = ""
    voice_connector_id: str | None = None
    listener: Listener | None = None
    recording: CallRecording | None = None
    voice_focus: bool = False
    muted: list[str] = field(default_factory=list)
    logged_minutes: int = 0

    @property
    def status(self) -> str:
        """``Ringing``, ``Connected`` or ``Disconnected``."""
        if self.ended_at is not None:
            return "Disconnected"
        return "Ringing" if self.answered_at is None else "Connected"

    @property
    def is_open(self) -> bool:
        """Whether the leg has not ended."""
        return self.ended_at is None


@dataclass(kw_only=True, slots=True)
class Action:
    """An action of an answer: where in it it stood, and what it said.

    It goes to the leg *call_id* if it names none itself.
    """

    place: str
    type: str
    parameters: JSON
    call_id: str = ""


@dataclass(kw_only=True, slots=True)
class Running:
    """The action that a call is busy with.

    *parameters* is what its event repeats, *values* what it was read as; *memory* is
    what the action itself has to remember.
    """

    place: str
    type: str
    call_id: str
    parameters: JSON
    values: JSON
    memory: JSON = field(default_factory=dict)


@dataclass(kw_only=True, slots=True)
class Event:
    """Something to tell the function, as it was when it happened.

    *call_id* names the leg that it is about. *ignores* says why no action is taken.
    """

    type: str
    call_id: str
    participants: list[JSON]
    action_data: JSON | None = None
    error: Mapping[str, str] = field(default_factory=dict)
    ignores: str = ""


@dataclass(kw_only=True, slots=True)
class Invocation:
    """One invocation of a function: whose, and with which event, of which Sequence."""

    target: Target
    number: int
    event: JSON
    about: Event
    attempt: int = 1


@dataclass(kw_only=True, slots=True, eq=False)
class Call:
    """A call, from its first ringing to the end of its last leg.

    *target* is the application that has it, if any; *candidates* are those that take it
    if the function of *target* fails. *pending* is the list of actions that begins
    after the running one. *requests* are those of the API that no function has seen.
    *answered_as* is the outcome after an answer, *reason* why the call went there.
    *via* is the voice connector that has made it, *connectors* are all that it passes,
    *hops* how many calls have led to it, *partners* those at the ends of its legs.
    """

    transaction_id: str
    # A saved state belongs to no account.
    account_id: str = field(default="", metadata={"derived": True})
    started_at: datetime
    sequence: int = 0
    answered_as: str = "Connected"  # or "Fallback"
    reason: str | None = None
    rang: bool = True  # or it was rejected before anybody could answer
    proxy_session_id: str | None = None
    voice_connector_id: str | None = None
    via: str | None = None
    hops: int = 0
    target: Target | None = None
    candidates: list[Target] = field(default_factory=list)
    legs: list[Leg] = field(default_factory=list)
    ended_at: datetime | None = None
    attributes: JSON = field(default_factory=dict)
    event_sequence: int = 0
    invocations: int = 0
    running: Running | None = None
    actions: list[Action] = field(default_factory=list)
    pending: list[Action] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    waiting: list[Event] = field(default_factory=list)
    updates: list[JSON] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    partners: dict[str, str] = field(default_factory=dict)
    invocation: Invocation | None = None
    retry: Invocation | None = None
    events: list[JSON] = field(default_factory=list)
    responses: list[Any] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    connectors: dict[str, PassedConnector] = field(default_factory=dict)
    streaming: list[Streaming] = field(default_factory=list)

    @property
    def status(self) -> str:
        """``Ringing``, ``InProgress`` or ``Ended``."""
        if self.ended_at is not None:
            return "Ended"
        return "Ringing" if self.legs[0].answered_at is None else "InProgress"

    @property
    def ended(self) -> bool:
        """Whether no leg is left."""
        return self.ended_at is not None

    @property
    def open_legs(self) -> tuple[Leg, ...]:
        """The legs that have not ended."""
        return tuple(leg for leg in self.legs if leg.is_open)

    @property
    def outcome(self) -> str | None:
        """``Connected``, ``Fallback``, ``Rejected``, or None while it rings."""
        if self.legs[0].answered_at is not None:
            return self.answered_as
        return "Rejected" if self.ended else None

    @property
    def bridged(self) -> Leg | None:
        """The leg B that was answered last."""
        answered = (leg for leg in self.legs[:0:-1] if leg.answered_at is not None)
        return next(answered, None)

    @property
    def connected_to(self) -> str | None:
        """Who has the call: the number or host bridged last, or the application."""
        if (leg := self.bridged) is not None:
            return leg.hosts[0] if leg.hosts else leg.to_number  # a meeting has no host
        if self.target is None or self.legs[0].answered_at is None:
            return None
        return self.target.sip_media_application_id

    @property
    def caller_id(self) -> str | None:
        """The number that who has the call was shown, None if nobody has it."""
        return self.connected_to and (self.bridged or self.legs[0]).from_number

    def leg(self, name: str) -> Leg:
        """Return leg ``A``, or the latest leg ``B``. Raises LookupError without one."""
        for leg in reversed(self.legs):
            if leg.tag in {name, f"LEG-{name}"}:
                return leg
        raise LookupError(f"Call '{self.transaction_id}' has no leg '{name}'")

    def leg_with(self, call_id: str) -> Leg:
        """Return the leg with an id. Raises LookupError without one."""
        for leg in self.legs:
            if leg.call_id == call_id:
                return leg
        raise LookupError(f"Call '{self.transaction_id}' has no leg '{call_id}'")
