"""What people see of the phone network: calls, texts and masks as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from proxymock.state.calls import Call, Entry, Leg
from proxymock.telephony.ladder import columns, ladder
from proxymock.telephony.people import BUSY
from proxymock.telephony.responses import copy

_TOLD_FIRST = ("outcome", "reason", "connected_to", "from_number", "to_number")


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Interaction:
    """A call or a text and what became of it.

    *outcome* is ``Connected``, ``Fallback`` or ``Rejected``, and None while a call
    rings; *reason* says why it was not connected to the counterpart of a proxy session.
    *connected_to* is a number, the id of a SIP media application, or the host of a
    telephone system. *caller_id* is the number that is shown to who is reached. It is
    ``anonymous`` if *from_number* is, which is the number of a caller who hides it.
    *body* is that of a text, and *at* when it began, UTC.
    """

    id: str
    type: str
    from_number: str = field(metadata={"json": "From"})
    to_number: str = field(metadata={"json": "To"})
    body: str | None
    outcome: str | None
    reason: str | None
    connected_to: str | None
    caller_id: str | None
    proxy_session_id: str | None
    voice_connector_id: str | None
    at: datetime

    def __repr__(self) -> str:
        return f"<{self.type}: {told(self)}>"


def told(interaction: Interaction) -> str:
    """Return what there is to say of a call or a text, what became of it first.

    pytest cuts the middle out of long texts, so what a test fails for comes early.
    """
    order = dict.fromkeys((*_TOLD_FIRST, *Interaction.__dataclass_fields__))
    values = {name: getattr(interaction, name) for name in order if name != "type"}
    return ", ".join(
        f"{name}={value!r}" for name, value in values.items() if value is not None
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Mask:
    """Two people who reach each other behind one proxy number now.

    Numbers are in E.164, *participants* as they ascend; *status* is ``Open`` or
    ``InProgress``; *expires_at* is UTC.
    """

    proxy_session_id: str
    voice_connector_id: str
    region: str
    proxy_phone_number: str
    participants: tuple[str, ...]
    status: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LegView:
    """The connection of one party to a call.

    *status* is ``Ringing``, ``Connected`` or ``Disconnected``. *heard* is what the
    party has heard: speech as its text, audio as ``s3://bucket/key``, keys as
    ``tones:5``. *sip_response_code* is None while the leg is up. Times are UTC.
    """

    tag: str
    call_id: str
    from_number: str = field(metadata={"json": "From"})
    to_number: str = field(metadata={"json": "To"})
    direction: str
    status: str
    heard: tuple[str, ...]
    sip_headers: dict[str, str]
    sip_response_code: int | None
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CallView(Interaction):
    """A call: what the log shows of it, and its life.

    *status* is ``Ringing``, ``InProgress`` or ``Ended``. *open_legs* has the tags of
    the legs that have not ended.
    """

    transaction_id: str
    status: str
    legs: tuple[LegView, ...]
    open_legs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a ladder: ``A``, ``B``, ``chime`` or ``function``, and its name."""

    party: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CallDetails(CallView):
    """A call with all that was said between it and its function.

    *ladder* is a picture of *entries* for a terminal; *columns* stand above them, from
    left to right.
    """

    events: tuple[dict[str, Any], ...]
    responses: tuple[Any, ...]
    warnings: tuple[str, ...]
    ladder: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


def interaction(call: Call) -> Interaction:
    """Return a call as the log shows it."""
    return Interaction(**_interaction(call))


def call_view(call: Call) -> CallView:
    """Return a call with its life."""
    return CallView(**_interaction(call), **_life(call))


def call_details(call: Call) -> CallDetails:
    """Return a call with everything."""
    return CallDetails(
        **_interaction(call),
        **_life(call),
        # Copies: who looks at them in this process may change them.
        events=tuple(copy(call.events)),
        responses=tuple(copy(call.responses)),
        warnings=tuple(call.warnings),
        ladder=ladder(call),
        columns=tuple(Column(party=p, name=n) for p, n in columns(call).items()),
        entries=tuple(map(replace, call.entries)),
    )


def _interaction(call: Call) -> dict[str, Any]:
    leg = call.legs[0]
    return {
        "id": call.transaction_id,
        "type": "Call",
        "from_number": leg.from_number,
        "to_number": leg.to_number,
        "body": None,
        "outcome": call.outcome,
        "reason": _reason(call),
        "connected_to": call.connected_to,
        "caller_id": call.caller_id,
        "proxy_session_id": call.proxy_session_id,
        "voice_connector_id": call.voice_connector_id,
        "at": call.started_at,
    }


def _reason(call: Call) -> str | None:
    """Say why a call went where it went, or why it reached nobody."""
    if call.outcome != "Rejected" or not call.rang:
        return call.reason
    # What is wrong with the function, not what cannot be delivered.
    wrong = [e.text for e in call.entries if e.wrong and e.sender == "function"]
    if wrong:
        # The last one, since it ended the call.
        return wrong[-1]
    leg = call.legs[-1]
    # The caller's own leg has no hosts: nobody at the dialled number has answered.
    who = leg.hosts[0] if leg.hosts else leg.to_number
    if leg.sip_response_code == BUSY:
        return f"{who} is busy or rejects the call"
    return f"{who} has not answered"


def _life(call: Call) -> dict[str, Any]:
    return {
        "transaction_id": call.transaction_id,
        "status": call.status,
        "legs": tuple(map(_leg, call.legs)),
        "open_legs": tuple(leg.tag for leg in call.open_legs),
    }


def _leg(leg: Leg) -> LegView:
    return LegView(
        tag=leg.tag,
        call_id=leg.call_id,
        from_number=leg.from_number,
        to_number=leg.to_number,
        direction=leg.direction,
        status=leg.status,
        heard=tuple(leg.heard),
        sip_headers=dict(leg.sip_headers),
        sip_response_code=leg.sip_response_code,
        started_at=leg.started_at,
        answered_at=leg.answered_at,
        ended_at=leg.ended_at,
    )
