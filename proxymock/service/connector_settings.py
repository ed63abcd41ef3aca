"""The settings of a voice connector. Get answers each as Put took it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from ipaddress import IPv4Address

from proxymock.api.errors import BadRequestException, NotFoundException
from proxymock.numbering_plan.countries import COUNTRIES
from proxymock.numbering_plan.e164 import with_plus
from proxymock.service.proxy_sessions import check_session_minutes
from proxymock.state.store import Store
from proxymock.state.voice_connectors import Setting, VoiceConnector

MAX_ROUTES = 20  # AWS: CS-02
DEFAULT_SIP_PORT = 5060  # DOCUMENTED
_DOMAIN_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z](?:[a-z\d-]*[a-z\d])",
    re.ASCII | re.I,
)
EMERGENCY_CALLING = "EmergencyCallingConfiguration"
LOGGING_OFF = {"EnableSIPLogs": False, "EnableMediaMetricLogs": False}


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
    store.voice_connectors[voice_connector_id]  # An unknown connector comes first.
    check_session_minutes(
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
        "FallBackPhoneNumber": fall_back_phone_number
        and with_plus(fall_back_phone_number),
        "PhoneNumberCountries": phone_number_pool_countries,
    }
    return put_setting(store, voice_connector_id, "Proxy", proxy)


def get_voice_connector_proxy(store: Store, *, voice_connector_id: str) -> Setting:
    """Return a connector's proxy configuration."""
    return get_setting(store, voice_connector_id, "Proxy")


def delete_voice_connector_proxy(store: Store, *, voice_connector_id: str) -> None:
    """Stop new proxy sessions of a connector; live ones stay. AWS: PC-02."""
    delete_setting(store, voice_connector_id, "Proxy")


def put_voice_connector_origination(
    store: Store, *, voice_connector_id: str, origination: Setting
) -> Setting:
    """Set, or replace as a whole, where a connector sends inbound calls."""
    connector = store.voice_connectors[voice_connector_id]
    check_origination(origination)
    given = {"Disabled": False, **origination}
    if "Routes" in given:
        # AWS: CS-03. UDP is taken on an encrypted connector.
        given["Routes"] = [
            {"Port": DEFAULT_SIP_PORT, **route} for route in given["Routes"]
        ]
    check_disabling(connector, "Origination", given)
    return put_setting(store, voice_connector_id, "Origination", given)


def get_voice_connector_origination(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return where a connector sends inbound calls."""
    return get_setting(store, voice_connector_id, "Origination")


def delete_voice_connector_origination(
    store: Store, *, voice_connector_id: str
) -> None:
    """Stop the inbound calls of a connector."""
    get_setting(store, voice_connector_id, "Origination")  # NotFound before refusal
    refuse_if_emergency_calling(
        store.voice_connectors[voice_connector_id], "Origination"
    )
    delete_setting(store, voice_connector_id, "Origination")


def put_voice_connector_streaming_configuration(
    store: Store, *, voice_connector_id: str, streaming_configuration: Setting
) -> Setting:
    """Set, or replace as a whole, where a connector streams its calls' audio.

    AWS: CS-04. Whether the media insights configuration exists is not looked up.
    """
    check_streaming(streaming_configuration)
    return put_setting(
        store, voice_connector_id, "StreamingConfiguration", streaming_configuration
    )


def get_voice_connector_streaming_configuration(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return where a connector streams its calls' audio."""
    return get_setting(store, voice_connector_id, "StreamingConfiguration")


def delete_voice_connector_streaming_configuration(
    store: Store, *, voice_connector_id: str
) -> None:
    """Stop the streaming of a connector."""
    delete_setting(store, voice_connector_id, "StreamingConfiguration")


def put_voice_connector_logging_configuration(
    store: Store, *, voice_connector_id: str, logging_configuration: Setting
) -> Setting:
    """Set, or replace as a whole, what a connector logs."""
    # AWS: CS-05. What is left out is off, and nothing need permit the delivery.
    logging = {**LOGGING_OFF, **logging_configuration}
    return put_setting(store, voice_connector_id, "LoggingConfiguration", logging)


def get_voice_connector_logging_configuration(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return what a connector logs, by default nothing."""
    settings = store.voice_connectors[voice_connector_id].settings
    return settings.get("LoggingConfiguration", LOGGING_OFF)  # AWS: CS-05


def put_voice_connector_emergency_calling_configuration(
    store: Store, *, voice_connector_id: str, emergency_calling_configuration: Setting
) -> Setting:
    """Set, or replace as a whole, a connector's numbers for emergency calls.

    AWS: CS-06. It needs neither origination nor termination.
    """
    given = {**emergency_calling_configuration}
    if "DNIS" in given:
        given["DNIS"] = [_with_plus_signs(number) for number in given["DNIS"]]
    return put_setting(store, voice_connector_id, EMERGENCY_CALLING, given)


def get_voice_connector_emergency_calling_configuration(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return a connector's numbers for emergency calls."""
    return get_setting(store, voice_connector_id, EMERGENCY_CALLING)


def delete_voice_connector_emergency_calling_configuration(
    store: Store, *, voice_connector_id: str
) -> None:
    """Remove a connector's numbers for emergency calls."""
    delete_setting(store, voice_connector_id, EMERGENCY_CALLING)


def put_voice_connector_external_systems_configuration(
    store: Store,
    *,
    voice_connector_id: str,
    session_border_controller_types: list[str] | None = None,
    contact_center_system_types: list[str] | None = None,
) -> Setting:
    """Set, or replace as a whole, a connector's external systems. AWS: CS-07."""
    systems = {
        "SessionBorderControllerTypes": session_border_controller_types or [],
        "ContactCenterSystemTypes": contact_center_system_types or [],
    }
    return put_setting(
        store, voice_connector_id, "ExternalSystemsConfiguration", systems
    )


def get_voice_connector_external_systems_configuration(
    store: Store, *, voice_connector_id: str
) -> Setting:
    """Return a connector's external systems."""
    return get_setting(store, voice_connector_id, "ExternalSystemsConfiguration")


def delete_voice_connector_external_systems_configuration(
    store: Store, *, voice_connector_id: str
) -> None:
    """Remove a connector's external systems."""
    delete_setting(store, voice_connector_id, "ExternalSystemsConfiguration")


def check_origination(origination: Setting) -> None:
    """Raise BadRequestException if no connector has such an origination."""
    if not origination:
        raise BadRequestException("Origination must have Routes or Disabled")
    if "Routes" in origination:
        count = len(origination["Routes"])
        if not 1 <= count <= MAX_ROUTES:
            rule = f"must have from 1 to {MAX_ROUTES} items, not {count}"
            raise BadRequestException(f"Origination.Routes {rule}")
        _check_hosts(origination["Routes"])


def check_streaming(streaming_configuration: Setting) -> None:
    """Raise BadRequestException if no connector streams in such a way."""
    targets = streaming_configuration.get("StreamingNotificationTargets", ())
    member = "StreamingConfiguration.StreamingNotificationTargets"
    names = _required(targets, member, "NotificationTarget")
    if len(set(names)) < len(names):
        raise BadRequestException(f"{member} must differ, not be {', '.join(names)}")


def check_disabling(connector: VoiceConnector, name: str, given: Setting) -> None:
    """Raise BadRequestException if emergency calls need *name* and *given* disables it.

    AWS: CS-08. A setting that is disabled already may stay so.
    """
    present = connector.settings.get(name, given)
    if given["Disabled"] and not present["Disabled"]:
        refuse_if_emergency_calling(connector, name)


def refuse_if_emergency_calling(connector: VoiceConnector, name: str) -> None:
    """Raise BadRequestException if emergency calls need the setting *name*."""
    # AWS: CS-08. The order is documented, the error is not.
    if EMERGENCY_CALLING in connector.settings:
        raise BadRequestException(
            f"VoiceConnector '{connector.voice_connector_id}' must have no "
            f"{EMERGENCY_CALLING} before its {name} is turned off"
        )


def put_setting(
    store: Store, voice_connector_id: str, name: str, setting: Setting
) -> Setting:
    """Replace a setting of a connector, and return the new one."""
    connector = store.voice_connectors[voice_connector_id]
    connector.settings[name] = setting
    store.account.on_setting(store, connector, name, setting)
    return setting


def get_setting(store: Store, voice_connector_id: str, name: str) -> Setting:
    """Return a setting of a connector.

    Raises NotFoundException if it has none. AWS: CS-01.
    """
    settings = store.voice_connectors[voice_connector_id].settings
    if name not in settings:
        raise NotFoundException(f"VoiceConnector '{voice_connector_id}' has no {name}")
    return settings[name]


def delete_setting(store: Store, voice_connector_id: str, name: str) -> None:
    """Remove a setting of a connector. Raises like get_setting."""
    get_setting(store, voice_connector_id, name)
    del store.voice_connectors[voice_connector_id].settings[name]


def _check_hosts(routes: Iterable[Setting]) -> None:
    """Refuse routes without a valid host. AWS: CS-03. A private host is valid."""
    member = "Origination.Routes"
    for index, host in enumerate(_required(routes, member, "Host")):
        with suppress(ValueError):
            IPv4Address(host)
            continue
        if not _DOMAIN_NAME.fullmatch(host):
            raise BadRequestException(
                f"{member}[{index}].Host must be an IPv4 address or a domain name such "
                f"as sip.example.com, not '{host}'"
            )


def _required(items: Iterable[Setting], member: str, name: str) -> list[str]:
    """Return a member of each item that the API calls optional but that is needed."""
    for index, item in enumerate(items):
        if name not in item:
            raise BadRequestException(f"{member}[{index}].{name} is required")
    return [item[name] for item in items]


def _with_plus_signs(numbers: Setting) -> Setting:
    return {
        name: with_plus(value) if name.endswith("PhoneNumber") else value
        for name, value in numbers.items()
    }
