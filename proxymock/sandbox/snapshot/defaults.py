"""Defaults for members that a person may leave out of a state.

AWS: SB-09. A person who writes a state by hand names a voice connector, its proxy
configuration and its sessions. The rest is as the API would have made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proxymock.api import spec
from proxymock.api.rendering import timestamp
from proxymock.numbering_plan.countries import COUNTRIES
from proxymock.numbering_plan.e164 import id_of
from proxymock.numbering_plan.fictional_ranges import kind_of
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.snapshot.memory import MEMORY
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.schema import an, check_block, shape_of
from proxymock.service.phone_number_inventory import capabilities_of
from proxymock.state.store import Store
from proxymock.state.voice_connectors import outbound_host

Members = dict[str, Any]
CAPABILITIES = ("SMS", "Voice")


def complete(kind: str, members: Members, store: Store, at: Place) -> None:
    """Add to the *members* of a thing what the API would have added."""
    if kind in _COMPLETIONS:
        _COMPLETIONS[kind](members, store, at)


def set_aside(kind: str, members: Members) -> Members:
    """Take the members out that must wait until everything else is there.

    These are the memory of deleted sessions, and the sessions without a number.
    """
    if kind != "VoiceConnector":
        return {}
    aside = {name: members.pop(name) for name in MEMORY if name in members}
    sessions = members["ProxySessions"]
    if isinstance(sessions, list):
        waiting = [one for one in sessions if "ProxyPhoneNumber" not in one]
        if waiting:
            aside["ProxySessions"] = waiting
            members["ProxySessions"] = [s for s in sessions if "ProxyPhoneNumber" in s]
    return aside


def _default(members: Members, name: str, make: Callable[[], Any]) -> Any:
    """Give a missing member the value that *make* returns; return the member."""
    if name not in members:
        members[name] = make()
    return members[name]


def _spell(members: Members, name: str, at: Place) -> None:
    """Replace a phone number in any usual spelling by its E.164 form."""
    if isinstance(members.get(name), str):
        members[name] = phone_number(members[name], Place(at, name))


def _born(members: Members, store: Store) -> None:
    # As a text, since all that is completed is read like the rest.
    created = _default(members, "CreatedTimestamp", lambda: timestamp(store.now()))
    _default(members, "UpdatedTimestamp", lambda: created)


def _voice_connector(members: Members, store: Store, at: Place) -> None:
    # ARN and host name are made of it, so it comes first.
    id = members.get("VoiceConnectorId") or store.new_id(
        lambda region: region.voice_connectors, 22
    )
    members["VoiceConnectorId"] = id
    for name, value in {
        "AwsRegion": "us-east-1",
        "OutboundHostName": outbound_host(id),
        "RequireEncryption": True,
        "VoiceConnectorArn": store.arn("vc", id),
        "NetworkType": "IPV4_ONLY",
        "ProxySessions": [],
    }.items():
        members.setdefault(name, value)
    _born(members, store)
    settings = _settings(members.get("Settings", {}), at)
    members["Settings"] = settings
    if isinstance(sessions := members["ProxySessions"], list):
        here = Place(at, "ProxySessions")
        members["ProxySessions"] = [
            _of_connector(session, id, settings, here, index)
            for index, session in enumerate(sessions)
        ]


def _settings(given: Any, above: Place) -> Members:
    """Complete the proxy configuration, which sessions need at once."""
    settings = dict(an(dict, given, above, "Settings"))
    at = Place(above, "Settings")
    if "Proxy" in settings:
        settings["Proxy"] = _proxy(settings["Proxy"], at)
    for name, block in settings.items():
        if (shape := shape_of(name)) is not None:
            check_block(shape, block, at, name)
    return settings


def _proxy(given: Any, above: Place) -> Members:
    proxy = {
        "Disabled": False,
        "FallBackPhoneNumber": None,
        **an(dict, given, above, "Proxy"),
    }
    at = Place(above, "Proxy")
    for name in ("DefaultSessionExpiryMinutes", "PhoneNumberCountries"):
        if proxy.get(name) is None:
            raise wrong(at, name, "is required")
    _spell(proxy, "FallBackPhoneNumber", at)
    countries = proxy["PhoneNumberCountries"]
    if not isinstance(countries, list) or any(c not in COUNTRIES for c in countries):
        listed = ", ".join(COUNTRIES)
        raise wrong(at, "PhoneNumberCountries", f"must be among {listed}")
    # The order of a Put, so that a state is the same once it is loaded and saved.
    return dict(sorted(proxy.items()))


def _of_connector(
    session: Any, id: str, settings: Members, above: Place, index: int
) -> Members:
    """Return a copy of what is written of a *session*, completed by its connector."""
    given = dict(an(dict, session, above, index))
    numbers = given.get("ParticipantPhoneNumbers")
    if isinstance(numbers, list) and all(isinstance(n, str) for n in numbers):
        here = Place(Place(above, index), "ParticipantPhoneNumbers")
        given["ParticipantPhoneNumbers"] = sorted(
            [phone_number(n, Place(here, i)) for i, n in enumerate(numbers)]
        )
    # As the operation does: the connector decides unless the session says.
    if "ExpiryMinutes" not in given and "Proxy" in settings:
        given["ExpiryMinutes"] = settings["Proxy"]["DefaultSessionExpiryMinutes"]
    if given.setdefault("VoiceConnectorId", id) != id:
        raise wrong(Place(above, index), "VoiceConnectorId", f"must be '{id}'")
    return given


def _proxy_session(members: Members, store: Store, at: Place) -> None:
    _spell(members, "ProxyPhoneNumber", at)
    _default(members, "ProxySessionId", lambda: _session_id(store))
    _default(members, "Status", lambda: "Open")
    _default(members, "Capabilities", lambda: [*CAPABILITIES])
    _born(members, store)


def _session_id(store: Store) -> str:
    return store.new_uuid(lambda region: region.proxy_sessions)


def _phone_number(members: Members, store: Store, at: Place) -> None:
    _spell(members, "E164PhoneNumber", at)
    number = members.get("E164PhoneNumber")
    if not isinstance(number, str):
        return
    country, type = kind_of(number)
    for name, value in {
        "PhoneNumberId": id_of(number),
        "PhoneNumberArn": store.arn("phone-number", number),
        "Country": country,
        "Type": type,
        "ProductType": "VoiceConnector",
        "Status": "Assigned" if members.get("Associations") else "Unassigned",
        "Capabilities": capabilities_of(country, type),
    }.items():
        members.setdefault(name, value)
    _born(members, store)


def _sip_media_application(members: Members, store: Store, at: Place) -> None:
    for name, shape in _OF_APPLICATION.items():
        if members.get(name) is not None:
            check_block(spec.shape(shape), members[name], at, name)


# The shapes of the API that the settings of a SIP media application have.
_OF_APPLICATION = {
    "Logging": "SipMediaApplicationLoggingConfiguration",
    "AlexaSkill": "SipMediaApplicationAlexaSkillConfiguration",
}
_COMPLETIONS: Mapping[str, Callable[[Members, Store, Place], None]] = {
    "PhoneNumber": _phone_number,
    "ProxySession": _proxy_session,
    "SipMediaApplication": _sip_media_application,
    "VoiceConnector": _voice_connector,
}
