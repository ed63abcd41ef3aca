"""The settings of a voice connector: each a mapping that Get answers as Put took it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api.errors import BadRequestException, NotFoundException
from proxymock.service.fictional_numbers import COUNTRIES
from proxymock.service.proxy_sessions import e164, session_minutes
from proxymock.service.store import Store

Setting = Mapping[str, Any]


def put_voice_connector_proxy(
    store: Store,
    *,
    voice_connector_id: str,
    default_session_expiry_minutes: int,
    phone_number_pool_countries: list[str],
    fall_back_phone_number: str | None = None,
    disabled: bool = False,
) -> Setting:
    """Set, or replace as a whole, how a connector makes proxy sessions.

    Live sessions stay as they are. AWS: PC-01, PC-03.
    """
    session_minutes(
        store, "DefaultSessionExpiryMinutes", default_session_expiry_minutes
    )
    for country in phone_number_pool_countries:
        if country not in COUNTRIES:
            raise BadRequestException(
                f"PhoneNumberPoolCountries must be among {', '.join(COUNTRIES)}, "
                f"not '{country}'"
            )
    proxy = {
        "DefaultSessionExpiryMinutes": default_session_expiry_minutes,
        "Disabled": disabled,
        "FallBackPhoneNumber": fall_back_phone_number and e164(fall_back_phone_number),
        "PhoneNumberCountries": phone_number_pool_countries,
    }
    return _put(store, voice_connector_id, "Proxy", proxy)


def get_voice_connector_proxy(store: Store, *, voice_connector_id: str) -> Setting:
    """Return a connector's proxy configuration."""
    return _get(store, voice_connector_id, "Proxy")


def delete_voice_connector_proxy(store: Store, *, voice_connector_id: str) -> None:
    """Stop new proxy sessions of a connector; live ones stay. AWS: PC-02."""
    _delete(store, voice_connector_id, "Proxy")


def _put(store: Store, voice_connector_id: str, name: str, setting: Setting) -> Setting:
    store.voice_connectors[voice_connector_id].settings[name] = setting
    return setting


def _get(store: Store, voice_connector_id: str, name: str) -> Setting:
    settings = store.voice_connectors[voice_connector_id].settings
    if name not in settings:
        raise NotFoundException(f"VoiceConnector '{voice_connector_id}' has no {name}")
    return settings[name]


def _delete(store: Store, voice_connector_id: str, name: str) -> None:
    _get(store, voice_connector_id, name)
    del store.voice_connectors[voice_connector_id].settings[name]
