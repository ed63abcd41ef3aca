"""One call, for Python: what has become of it, and what its parties do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any

from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import call_commands
from proxymock.sandbox.reads import conversations
from proxymock.sandbox.views import CallDetails, CallView, Interaction, LegView, told
from proxymock.telephony.people import BUSY

_LOGGED = tuple(Interaction.__dataclass_fields__)


def each_call(
    phone: SandboxClient, account_id: str | None, status: str | None
) -> Iterator[CallView]:
    """Yield all calls of an account, or those of a status, the oldest first."""
    wanted: Any = status  # The command checks it, and its message lists the statuses.
    token: str | None = None
    while True:
        page = phone._run(
            call_commands.calls, account_id, status=wanted, next_token=token
        )
        yield from page.calls
        token = page.next_token
        if token is None:
            return


class Call(Interaction):
    """A call as it is now: to read anything of it uses the phone.

    What is due has happened by then, and functions have been invoked. It equals what
    ``phone.log()`` shows of it. As a context manager it lets the caller hang up in the
    end, and nothing more, so that a leg that was forgotten shows in ``open_legs``.

    Its methods raise SandboxError for what a party cannot do now; then nothing has
    changed. To read it raises SandboxError, too, once a reset or a state that was
    loaded has taken the call away.
    """

    # None of the fields that it inherits: each is asked for when it is read.
    __slots__ = ("_account_id", "_id", "_phone")
    _account_id: str | None
    _id: str
    _phone: SandboxClient

    def __init__(self, phone: SandboxClient, id: str, account_id: str | None) -> None:
        # An interaction is frozen.
        object.__setattr__(self, "_phone", phone)
        object.__setattr__(self, "_account_id", account_id)
        object.__setattr__(self, "_id", id)

    def __repr__(self) -> str:
        now = self._now()
        return f"<Call {now.status}: {told(now)}>"

    def __eq__(self, other: object) -> bool:
        # The same call by its id alone; what it shows may change between two looks.
        if isinstance(other, Call):
            return self.id == other.id
        if not isinstance(other, Interaction):
            return NotImplemented
        now = self._now()
        return all(getattr(now, name) == getattr(other, name) for name in _LOGGED)

    def __hash__(self) -> int:
        return hash(self.id)

    def __enter__(self) -> Call:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._caller_is_there():
            self.hang_up("A")

    @property
    def id(self) -> str:
        """What the log and the server know it by."""
        return self._id

    @property
    def transaction_id(self) -> str:
        """The id, as UpdateSipMediaApplicationCall takes it."""
        return self.id

    @property
    def type(self) -> str:
        """``Call``."""
        return self._now().type

    @property
    def from_number(self) -> str:
        """The number that calls, in E.164, or ``anonymous``."""
        return self._now().from_number

    @property
    def to_number(self) -> str:
        """The number that was dialled; of a SIP address, its user part."""
        return self._now().to_number

    @property
    def body(self) -> None:
        """None, since only texts have one."""
        return None

    @property
    def outcome(self) -> str | None:
        """``Connected``, ``Fallback``, ``Rejected``, or None while it rings."""
        return self._now().outcome

    @property
    def reason(self) -> str | None:
        """Why it went where it went, or why it reached nobody."""
        return self._now().reason

    @property
    def connected_to(self) -> str | None:
        """Who was bridged last, else the id of the application that answered.

        Behind a voice connector it is the host that took the call.
        """
        return self._now().connected_to

    @property
    def caller_id(self) -> str | None:
        """The number that is shown to who was reached."""
        return self._now().caller_id

    @property
    def proxy_session_id(self) -> str | None:
        """The proxy session that it went through."""
        return self._now().proxy_session_id

    @property
    def voice_connector_id(self) -> str | None:
        """The voice connector that it went through."""
        return self._now().voice_connector_id

    @property
    def at(self) -> datetime:
        """When it began, UTC."""
        return self._now().at

    @property
    def status(self) -> str:
        """``Ringing``, ``InProgress`` or ``Ended``."""
        return self._now().status

    @property
    def ended(self) -> bool:
        """Whether no leg is left."""
        return self.status == "Ended"

    @property
    def legs(self) -> tuple[LegView, ...]:
        """All legs that there were, in order."""
        return self._now().legs

    @property
    def open_legs(self) -> tuple[LegView, ...]:
        """The legs that have not ended."""
        return tuple(leg for leg in self.legs if leg.status != "Disconnected")

    def leg(self, name: str) -> LegView:
        """Return leg ``A``, or the latest leg ``B``. Raises LookupError without one."""
        for leg in reversed(self.legs):
            if leg.tag in {name, f"LEG-{name}"}:
                return leg
        raise LookupError(f"Call '{self.id}' has no leg '{name}'")

    @property
    def events(self) -> tuple[Mapping[str, Any], ...]:
        """What its function was told, in order."""
        return self._details().events

    @property
    def responses(self) -> tuple[Any, ...]:
        """What its function has answered, in order."""
        return self._details().responses

    @property
    def warnings(self) -> tuple[str, ...]:
        """What somebody should mend, each with its place."""
        return self._details().warnings

    def ladder(self, *, whole: bool = False) -> str:
        """Return who sent what to whom, a line each, for a terminal.

        With *whole* it is the ladder of all calls that legs join to this one.
        """
        if not whole:
            return self._details().ladder
        return self._phone._run(
            conversations.conversation, self._account_id, id=self.id
        ).ladder

    def press(self, digits: str, leg: str = "A") -> None:
        """Let the party of a leg press keys: ``0`` to ``9``, ``*`` and ``#``.

        Raises SandboxError for other keys, and if the leg is not connected.
        """
        self._phone._run(
            call_commands.press, self._account_id, id=self.id, digits=digits, leg=leg
        )

    def answer(self, leg: str = "B") -> None:
        """Let who is called answer. Raises SandboxError if the leg rings at nobody."""
        self._phone._run(call_commands.answer, self._account_id, id=self.id, leg=leg)

    def reject(self, leg: str = "B", sip_response_code: int = BUSY) -> None:
        """Let who is called refuse, with 480 or 486.

        Raises SandboxError for another code, and if the leg rings at nobody.
        """
        self._phone._run(
            call_commands.reject,
            self._account_id,
            id=self.id,
            leg=leg,
            sip_response_code=sip_response_code,
        )

    def hang_up(self, leg: str = "A") -> None:
        """Let the party of a leg hang up.

        Raises SandboxError if the leg has ended, or rings at who is called.
        """
        self._phone._run(call_commands.hang_up, self._account_id, id=self.id, leg=leg)

    def _caller_is_there(self) -> bool:
        """Tell whether leg A can hang up; there may be no such call any more."""
        # By the lists: to ask for a call that a reset has taken would be an error.
        return any(
            call.id == self.id and _can_hang_up(call.legs[0])
            for status in ("Ringing", "InProgress")
            for call in each_call(self._phone, self._account_id, status)
        )

    def _now(self) -> CallView:
        return self._phone._run(call_commands.summary, self._account_id, id=self.id)

    def _details(self) -> CallDetails:
        return self._phone._run(call_commands.one_call, self._account_id, id=self.id)


def _can_hang_up(leg: LegView) -> bool:
    """Tell whether a leg is up, and not of somebody who has yet to answer."""
    rings_itself = leg.status == "Ringing" and leg.direction == "Inbound"
    return leg.status == "Connected" or rings_itself
