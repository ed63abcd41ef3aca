"""Proxy sessions: two people, one proxy number, a time limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from proxymock.api import spec
from proxymock.api.errors import BadRequestException, ForbiddenException
from proxymock.api.paging import View
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.connector_pool import check_capabilities, pools
from proxymock.service.endings import Endings
from proxymock.service.geo_match import place_to_match
from proxymock.service.numbering import Pair
from proxymock.service.store import Store
from proxymock.service.tables import Ordered, Table

if TYPE_CHECKING:
    from proxymock.service.voice_connectors import VoiceConnector


@dataclass(kw_only=True, slots=True, eq=False)
class ProxySession:
    """Two participants who reach each other at one proxy number.

    It is Closed from the instant it expires, or is deleted, on.
    """

    voice_connector_id: str
    proxy_session_id: str
    name: str | None
    status: str
    expiry_minutes: int
    capabilities: tuple[str, ...]
    created_timestamp: datetime
    updated_timestamp: datetime
    ended_timestamp: datetime | None
    participant_phone_numbers: Pair
    proxy_phone_number: str
    number_selection_behavior: str | None
    geo_match_level: str | None
    geo_match_params: Mapping[str, str] | None
    sequence: int

    @property
    def participants(self) -> tuple[Mapping[str, str], ...]:
        """Both participants as the API shows them, in the order of their numbers."""
        proxy, (first, second) = self.proxy_phone_number, self.participant_phone_numbers
        return (
            {"PhoneNumber": first, "ProxyPhoneNumber": proxy},
            {"PhoneNumber": second, "ProxyPhoneNumber": proxy},
        )

    @property
    def expires_at(self) -> datetime:
        """The instant it expires, UTC. AWS: PS-03."""
        return self.created_timestamp + timedelta(minutes=self.expiry_minutes)

    @property
    def is_live(self) -> bool:
        """Whether calls are put through."""
        return self.status != "Closed"


class ProxySessions(Table[ProxySession]):
    """The sessions of one connector, and which numbers its pairs have had."""

    def __init__(self) -> None:
        super().__init__("ProxySession")
        self.by_status: dict[str, Ordered[ProxySession]] = {
            status: Ordered() for status in spec.shape("ProxySessionStatus").enum
        }
        self.numbers_of: dict[Pair, tuple[str, ...]] = {}
        self.endings = Endings()

    def add(self, id: str, session: ProxySession) -> ProxySession:
        """Keep a session, and remember its number for the pair."""
        self.by_status[session.status].add(session)
        pair, number = session.participant_phone_numbers, session.proxy_phone_number
        earlier = self.numbers_of.get(pair, ())
        self.numbers_of[pair] = (*(n for n in earlier if n != number), number)
        return super().add(id, session)

    def pop(self, id: str) -> ProxySession:
        """Take the session with this *id* out and return it."""
        session = super().pop(id)
        self.by_status[session.status].remove(session)
        return session

    def move(self, session: ProxySession, status: str) -> None:
        """Give a session another status."""
        self.by_status[session.status].remove(session)
        session.status = status
        self.by_status[status].add(session)


def create_proxy_session(
    store: Store,
    *,
    voice_connector_id: str,
    participant_phone_numbers: list[str],
    capabilities: list[str],
    name: str | None = None,
    expiry_minutes: int | None = None,
    number_selection_behavior: str | None = None,
    geo_match_level: str | None = None,
    geo_match_params: Mapping[str, str] | None = None,
) -> ProxySession:
    """Mask two people to each other behind one number. AWS: PS-01."""
    connector = store.voice_connectors[voice_connector_id]
    pair, wanted = _pair(participant_phone_numbers), _capabilities(capabilities)
    if expiry_minutes is not None:
        check_session_minutes(store, "ExpiryMinutes", expiry_minutes)
    proxy = _enabled_proxy(connector)
    minutes = expiry_minutes or _default_minutes(store, proxy)
    near = place_to_match(
        geo_match_level,
        geo_match_params or {},
        with_plus(participant_phone_numbers[0]),
        proxy["PhoneNumberCountries"],
    )
    avoid = number_selection_behavior == "AvoidSticky"
    now = store.now()
    session = ProxySession(
        capabilities=wanted,
        proxy_phone_number=_proxy_number(store, connector, pair, wanted, near, avoid),
        voice_connector_id=connector.voice_connector_id,  # the one text for all
        proxy_session_id=store.new_uuid(),
        name=name,
        status="Open",
        expiry_minutes=minutes,
        created_timestamp=now,
        updated_timestamp=now,
        ended_timestamp=None,
        participant_phone_numbers=pair,
        number_selection_behavior=number_selection_behavior,
        geo_match_level=geo_match_level,
        geo_match_params=geo_match_params,
        sequence=store.account.next_sequence(),
    )
    expires_at = session.expires_at
    connector.proxy_sessions.add(session.proxy_session_id, session)
    store.account.numbering.occupy(session)
    store.deadlines.add(expires_at, session, close)
    return session


def get_proxy_session(
    store: Store, *, voice_connector_id: str, proxy_session_id: str
) -> ProxySession:
    """Return a session, live or closed."""
    return store.voice_connectors[voice_connector_id].proxy_sessions[proxy_session_id]


def list_proxy_sessions(
    store: Store, *, voice_connector_id: str, status: str | None = None
) -> View[ProxySession]:
    """Return the sessions of a connector in the order of their creation."""
    sessions = store.voice_connectors[voice_connector_id].proxy_sessions
    return sessions if status is None else sessions.by_status[status]


def update_proxy_session(
    store: Store,
    *,
    voice_connector_id: str,
    proxy_session_id: str,
    capabilities: list[str],
    expiry_minutes: int | None = None,
) -> ProxySession:
    """Replace a live session's capabilities, and its length if one is given.

    AWS: PS-04. The length counts from the session's creation.
    """
    session = store.voice_connectors[voice_connector_id].proxy_sessions[
        proxy_session_id
    ]
    if not session.is_live:
        raise BadRequestException(f"ProxySession '{proxy_session_id}' is Closed")
    new_capabilities = _capabilities(capabilities)
    check_capabilities(store, session, new_capabilities)
    if expiry_minutes is not None:
        check_session_minutes(store, "ExpiryMinutes", expiry_minutes)
        store.deadlines.remove(session.expires_at, session, close)
        session.expiry_minutes = expiry_minutes
        store.deadlines.add(session.expires_at, session, close)
    session.capabilities = new_capabilities
    session.updated_timestamp = store.now()
    if session.expires_at <= session.updated_timestamp:
        end(store, session)
    return session


def delete_proxy_session(
    store: Store, *, voice_connector_id: str, proxy_session_id: str
) -> None:
    """End a session and forget it. AWS: PS-02."""
    sessions = store.voice_connectors[voice_connector_id].proxy_sessions
    session = sessions[proxy_session_id]
    if session.is_live:
        end(store, session)
    if store.settings.deleted_sessions == "gone":
        sessions.pop(proxy_session_id)


def end(store: Store, session: ProxySession) -> None:
    """Close a live session now, before it expires."""
    store.deadlines.remove(session.expires_at, session, close)
    close(store, session, store.now())


def close(store: Store, session: ProxySession, at: datetime) -> None:
    """Close a session that has reached its end *at* an instant, UTC."""
    sessions = store.voice_connectors[session.voice_connector_id].proxy_sessions
    sessions.move(session, "Closed")
    session.ended_timestamp = session.updated_timestamp = at
    store.account.numbering.release(session)
    sessions.endings.note(session)


def check_session_minutes(store: Store, member: str, minutes: int) -> None:
    """Raise BadRequestException unless a session may be so long. AWS: PS-08."""
    longest = store.settings.max_session_minutes
    if not 1 <= minutes <= longest:
        raise BadRequestException(
            f"{member} must be from 1 to {longest}, not {minutes}"
        )


def _enabled_proxy(connector: VoiceConnector) -> Mapping[str, Any]:
    proxy = connector.settings.get("Proxy")
    if proxy is None:
        raise BadRequestException(
            f"VoiceConnector '{connector.voice_connector_id}' has no proxy "
            "configuration"
        )
    if proxy["Disabled"]:
        raise ForbiddenException(
            "The proxy configuration of VoiceConnector "
            f"'{connector.voice_connector_id}' is disabled"
        )
    return proxy


def _default_minutes(store: Store, proxy: Mapping[str, Any]) -> int:
    """Return a connector's own length, which a later setting may have forbidden."""
    minutes: int = proxy["DefaultSessionExpiryMinutes"]
    check_session_minutes(store, "DefaultSessionExpiryMinutes", minutes)
    return minutes


def _pair(numbers: list[str]) -> Pair:
    # AWS: PS-05
    first, second = sorted(map(with_plus, numbers))
    if first == second:
        raise BadRequestException(
            "ParticipantPhoneNumbers must be two different numbers, "
            f"not twice '{first}'"
        )
    return first, second


def _capabilities(capabilities: list[str]) -> tuple[str, ...]:
    if not capabilities:
        raise BadRequestException("Capabilities must have at least 1 item, not 0")
    return _ascending(frozenset(capabilities))


@cache  # the few sets that there are, however many sessions have them
def _ascending(capabilities: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(capabilities))


def _proxy_number(
    store: Store,
    connector: VoiceConnector,
    pair: Pair,
    capabilities: tuple[str, ...],
    near: tuple[str, str],
    avoid: bool,
) -> str:
    countries = connector.settings["Proxy"]["PhoneNumberCountries"]
    earlier = connector.proxy_sessions.numbers_of.get(pair, ())
    number = store.account.numbering.choose(
        pair,
        pools=pools(store, connector.voice_connector_id, countries, capabilities),
        near=near,
        favourite=earlier[-1] if earlier and not avoid else None,
        avoided=earlier if avoid else (),
    )
    if number is None:
        raise BadRequestException(  # AWS: PS-09. A 503 would be retried by SDKs.
            "No proxy phone number is free for these participants in "
            f"{', '.join(countries)}"
        )
    return number
