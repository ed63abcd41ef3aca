"""Proxy sessions: two people, one proxy number, a time limit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from proxymock.api.errors import BadRequestException, ForbiddenException
from proxymock.api.paging import View
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.connector_pool import check_capabilities, pools
from proxymock.service.geo_match import place_to_match
from proxymock.service.numbering import Candidates, choose
from proxymock.state.ended_sessions import Pair
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnector


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
    # AWS: PS-01. Errors in the request come before those of the configuration.
    pair, wanted = _pair(participant_phone_numbers), _capabilities(capabilities)
    if expiry_minutes is not None:
        check_session_minutes(store, "ExpiryMinutes", expiry_minutes)
    proxy = _enabled_proxy(connector)
    minutes = expiry_minutes or _default_minutes(store, proxy)
    first = participant_phone_numbers[0]
    near = _near(proxy, first, geo_match_level, geo_match_params)
    avoid = number_selection_behavior == "AvoidSticky"
    found = _candidates(store, connector, pair, wanted, near, avoid)
    now = store.now()
    session = ProxySession(
        capabilities=wanted,
        proxy_phone_number=_proxy_number(store, connector, found),
        # The connector's own text, not the request's: a million sessions share it.
        voice_connector_id=connector.voice_connector_id,
        proxy_session_id=store.new_uuid(lambda region: region.proxy_sessions),
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
    return store.proxy_sessions.enter(session)


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
        store.proxy_sessions.prolong(session, expiry_minutes)
    session.capabilities = new_capabilities
    session.updated_timestamp = store.now()
    # AWS: PS-04. The new length may be over already.
    if session.expires_at <= session.updated_timestamp:
        store.proxy_sessions.close(session, session.updated_timestamp)
    return session


def delete_proxy_session(
    store: Store, *, voice_connector_id: str, proxy_session_id: str
) -> None:
    """End a session and forget it. AWS: PS-02."""
    session = get_proxy_session(
        store, voice_connector_id=voice_connector_id, proxy_session_id=proxy_session_id
    )
    # Closed first, even if it goes: calls to its number still meet its end.
    if session.is_live:
        store.proxy_sessions.close(session, store.now())
    if store.options.deleted_sessions == "gone":
        store.proxy_sessions.leave(session)


def check_session_minutes(store: Store, member: str, minutes: int) -> None:
    """Raise BadRequestException if a session may not last *minutes*. AWS: PS-08."""
    longest = store.options.max_session_minutes
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
    """Return the connector's default length; options may forbid it by now."""
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


@cache  # One tuple for each set, which all sessions share.
def _ascending(capabilities: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(capabilities))


def candidates(
    store: Store,
    *,
    voice_connector_id: str,
    participant_phone_numbers: list[str],
    capabilities: list[str],
    number_selection_behavior: str | None = None,
    geo_match_level: str | None = None,
    geo_match_params: Mapping[str, str] | None = None,
) -> Candidates:
    """Return what CreateProxySession would choose a number from, and change nothing.

    Raises what CreateProxySession answers.
    """
    connector = store.voice_connectors[voice_connector_id]
    pair, wanted = _pair(participant_phone_numbers), _capabilities(capabilities)
    first = participant_phone_numbers[0]
    near = _near(_enabled_proxy(connector), first, geo_match_level, geo_match_params)
    avoid = number_selection_behavior == "AvoidSticky"
    return _candidates(store, connector, pair, wanted, near, avoid)


def _near(
    proxy: Mapping[str, Any],
    first_participant: str,
    level: str | None,
    params: Mapping[str, str] | None,
) -> tuple[str, str]:
    """Return the country and the area code to prefer. Each may be empty."""
    countries = proxy["PhoneNumberCountries"]
    return place_to_match(level, params or {}, with_plus(first_participant), countries)


def _candidates(
    store: Store,
    connector: VoiceConnector,
    pair: Pair,
    capabilities: tuple[str, ...],
    near: tuple[str, str],
    avoid: bool,
) -> Candidates:
    countries = connector.settings["Proxy"]["PhoneNumberCountries"]
    sticky = connector.proxy_sessions.sticky_numbers
    return Candidates(
        pair,
        pools(store, connector.voice_connector_id, countries, capabilities),
        near,
        None if avoid else sticky.last(pair),
        sticky.of(pair) if avoid else (),
    )


def _proxy_number(store: Store, connector: VoiceConnector, found: Candidates) -> str:
    number = choose(store.account.numbering, found)
    if number is None:
        countries = connector.settings["Proxy"]["PhoneNumberCountries"]
        raise BadRequestException(  # AWS: PS-09. A 503 would be retried by SDKs.
            "No proxy phone number is free for these participants in "
            f"{', '.join(countries)}"
        )
    return number
