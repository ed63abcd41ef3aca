"""What one number reaches behind each proxy number, and who reaches it."""

from __future__ import annotations

from dataclasses import dataclass

from proxymock.sandbox.reads.interactions import LogEntries
from proxymock.sandbox.reads.sessions import SessionView


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteView:
    """What would become of a call or text, which nobody makes.

    *outcome* is ``Connected``, ``Fallback`` or ``Rejected``, *reason* says why it would
    not reach the counterpart. *connected_to* is whom it would reach, and *caller_id*
    what they would see.
    """

    outcome: str
    reason: str | None
    connected_to: str | None
    caller_id: str | None
    proxy_session_id: str | None
    voice_connector_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """What becomes of calls and texts of one person to one proxy number.

    *counterpart* is the other participant of the session that decides, live or ended;
    *session* is that session, None if it has been deleted.
    """

    from_number: str
    proxy_phone_number: str
    counterpart: str
    call: RouteView
    text: RouteView
    session: SessionView | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView:
    """A number: whom it reaches behind each proxy number, and who reaches it.

    *reaches* are its own ways, a page of them in the order of the proxy numbers, and
    *reached_by* those of the counterparts through the same numbers. *total* is how many
    proxy numbers there are. *answers* is how it takes calls. *log* has the newest calls
    and texts of the number, or of the pair if a counterpart is asked for.
    """

    number: str
    answers: str
    reaches: tuple[Reach, ...]
    reached_by: tuple[Reach, ...]
    total: int
    next_token: str | None
    log: LogEntries
