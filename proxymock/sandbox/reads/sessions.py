"""Proxy sessions as people see them: a page of them, and the life of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.reads.filters import part_of_number, part_of_text
from proxymock.sandbox.reads.interactions import Log, LogEntry, log
from proxymock.sandbox.reads.pages import MOST_ON_A_PAGE, MaxResults, page
from proxymock.sandbox.simulation import Simulation
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Store
from proxymock.state.tables import Ordered
from proxymock.state.voice_connectors import VoiceConnector

STATUSES = ("Open", "InProgress", "Closed")
_LIVE = STATUSES[:2]
_Status = Literal["Live", "Open", "InProgress", "Closed"]
Place = tuple[Store, VoiceConnector]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionView:
    """A proxy session: who is masked to whom, behind which number, and until when.

    *fallback_phone_number* is where calls go after its end, as its connector is
    configured now. *ended_at* is None while it is live. Times are UTC.
    """

    proxy_session_id: str
    name: str | None
    voice_connector_id: str
    region: str
    proxy_phone_number: str
    participants: tuple[str, ...]
    capabilities: tuple[str, ...]
    status: str
    created_at: datetime
    updated_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    fallback_phone_number: str | None
    number_selection_behavior: str | None
    geo_match_level: str | None
    geo_match_params: dict[str, str] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeEvent:
    """Something in the life of a session.

    *event* is ``Created``, ``Call``, ``Text``, ``Expires`` (it is still ahead),
    ``Expired`` or ``Deleted``. *interaction_id* is that of the call or text.
    """

    at: datetime
    event: str
    interaction_id: str | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionDetails(SessionView):
    """A session with its life: what happened in it, in order.

    *log* has its newest calls and texts, at most a hundred, which *life* has too.
    """

    life: tuple[LifeEvent, ...]
    log: Log


@dataclass(frozen=True, kw_only=True, slots=True)
class Sessions:
    """A page of sessions, the newest first; *total* is how many fit the filters."""

    sessions: tuple[SessionView, ...]
    total: int
    next_token: str | None


@COMMANDS.command("GET", "sessions")
def sessions(
    simulation: Simulation,
    *,
    status: _Status | None = None,
    number: str | None = None,
    voice_connector_id: str | None = None,
    region: str | None = None,
    filter: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Sessions:
    """Return a page of the sessions of all regions, the newest first.

    Args:
        simulation: the account, which is locked.
        status: ``Open``, ``InProgress``, ``Closed``, or ``Live`` for the first two.
        number: of a participant, or the proxy number, in any usual spelling.
        voice_connector_id: their connector.
        region: their region.
        filter: a part of a name, a number or an id, the connector's as well, in any
            case.
        max_results: the size of the page.
        next_token: where the page begins.

    Raises SandboxError.
    """
    places = {
        connector.voice_connector_id: (store, connector)
        for store, connector in _places(simulation)
        if region in (None, store.region)
        and voice_connector_id in (None, connector.voice_connector_id)
    }
    statuses = _statuses(status)
    views = [view for _, each in places.values() for view in _views(each, statuses)]
    fits = _fits(number, filter)
    ranked, total, token = page(views, max_results, next_token, fits)
    found = tuple(_view(each, places) for _, each in ranked)
    return Sessions(sessions=found, total=total, next_token=token)


@COMMANDS.command("GET", "sessions/{ProxySessionId}")
def session(simulation: Simulation, *, proxy_session_id: str) -> SessionDetails:
    """Return a session with its life. Raises SandboxError if there is none."""
    found = _find(simulation, proxy_session_id)
    if found is None:
        raise SandboxError(f"There is no proxy session '{proxy_session_id}'")
    those = log.function(
        simulation, proxy_session_id=proxy_session_id, max_results=MOST_ON_A_PAGE
    )
    life = tuple(_life(found[0], those.interactions))
    return SessionDetails(**_members(*found), life=life, log=those)


def session_view(simulation: Simulation, proxy_session_id: str) -> SessionView | None:
    """Return a session by its id, None if there is none, or it has been deleted."""
    found = _find(simulation, proxy_session_id)
    return None if found is None else SessionView(**_members(*found))


def _find(
    simulation: Simulation, id: str
) -> tuple[ProxySession, Store, VoiceConnector] | None:
    for store, connector in _places(simulation):
        found = connector.proxy_sessions.get(id)
        if found is not None:
            return found, store, connector
    return None


def _places(simulation: Simulation) -> Iterator[Place]:
    for store in simulation.account.stores.values():
        for connector in store.voice_connectors:
            yield store, connector


def _views(
    connector: VoiceConnector, statuses: tuple[str, ...]
) -> list[Ordered[ProxySession]]:
    by_status = connector.proxy_sessions.by_status
    # Empty ones would cost time for each of thousands of connectors.
    return [view for each in statuses if len(view := by_status[each])]


def _statuses(status: str | None) -> tuple[str, ...]:
    if status is None:
        return STATUSES
    return _LIVE if status == "Live" else (status,)


def _fits(
    number: str | None, text: str | None
) -> Callable[[ProxySession], bool] | None:
    """Return what tells whether a session fits the filters, None if there are none."""
    if number is None and text is None:
        return None
    wanted = number and phone_number(number, "Number")
    part, digits = part_of_text(text), part_of_number(text)

    # Written out: a loop over the texts would take three times as long.
    def fits(session: ProxySession) -> bool:
        proxy, pair = session.proxy_phone_number, session.participant_phone_numbers
        if wanted and wanted != proxy and wanted not in pair:
            return False
        return (
            digits in proxy
            or digits in pair[0]
            or digits in pair[1]
            or part in session.proxy_session_id
            or part in session.voice_connector_id
            or (session.name is not None and part in session.name.casefold())
        )

    return fits


def _view(session: ProxySession, places: Mapping[str, Place]) -> SessionView:
    return SessionView(**_members(session, *places[session.voice_connector_id]))


def _members(
    session: ProxySession, store: Store, connector: VoiceConnector
) -> dict[str, Any]:
    proxy = connector.settings.get("Proxy", {})
    geo = session.geo_match_params
    return {
        "proxy_session_id": session.proxy_session_id,
        "name": session.name,
        "voice_connector_id": session.voice_connector_id,
        "region": store.region,
        "proxy_phone_number": session.proxy_phone_number,
        "participants": session.participant_phone_numbers,
        "capabilities": session.capabilities,
        "status": session.status,
        "created_at": session.created_timestamp,
        "updated_at": session.updated_timestamp,
        "expires_at": session.expires_at,
        "ended_at": session.ended_timestamp,
        "fallback_phone_number": proxy.get("FallBackPhoneNumber"),
        "number_selection_behavior": session.number_selection_behavior,
        "geo_match_level": session.geo_match_level,
        # A copy: the session keeps the other.
        "geo_match_params": None if geo is None else dict(geo),
    }


def _life(session: ProxySession, newest: Sequence[LogEntry]) -> Iterator[LifeEvent]:
    yield _event(session.created_timestamp, "Created", "The session is created")
    for each in reversed(newest):
        became = each.outcome or "rings"
        text = f"{each.type} from {each.from_number}: {became}"
        yield LifeEvent(at=each.at, event=each.type, interaction_id=each.id, text=text)
    ended = session.ended_timestamp
    if ended is None:
        yield _event(session.expires_at, "Expires", "The session expires")
    elif ended >= session.expires_at:  # later: an update has made it shorter
        yield _event(ended, "Expired", "The session has expired")
    else:
        yield _event(ended, "Deleted", "The session was ended before it expired")


def _event(at: datetime, event: str, text: str) -> LifeEvent:
    return LifeEvent(at=at, event=event, interaction_id=None, text=text)
