"""What a person need not write: defaults for the things that seeds are made of.

AWS: SB-09. A state that somebody has written by hand names a voice connector, its proxy
configuration and its sessions; the rest is as the API would have made it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proxymock.api import spec
from proxymock.api.rendering import timestamp
from proxymock.sandbox import SandboxError
from proxymock.sandbox.kinds import check_block, has_shape
from proxymock.sandbox.spelling import e164_of
from proxymock.service.fictional_numbers import COUNTRIES, place_of
from proxymock.state.store import Store

Members = dict[str, Any]
MEMORY = ("StickyNumbers", "DeletedProxySessions")
CAPABILITIES = ["SMS", "Voice"]


def an_object(value: Any, at: str) -> Members:
    """Return a copy of *value* if it is a JSON object."""
    if not isinstance(value, dict):
        raise SandboxError(f"{at} must be an object")
    return dict(value)


def completed(kind: str, members: Members, store: Store, at: str) -> Members:
    """Return *members* of a thing with what the API would have added."""
    complete = _COMPLETIONS.get(kind)
    return members if complete is None else complete(members, store, at)


def set_aside(kind: str, members: Members) -> Members:
    """Take out of *members* what has to wait until everything else is there.

    That is the memory of deleted sessions, and the sessions that want a number.
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


def _voice_connector(members: Members, store: Store, at: str) -> Members:
    id = members.get("VoiceConnectorId") or store.new_id(
        lambda region: region.voice_connectors, 22
    )
    settings = _settings(members.get("Settings", {}), f"{at}.Settings")
    sessions = members.get("ProxySessions", [])
    return {
        "VoiceConnectorId": id,
        "AwsRegion": "us-east-1",
        "OutboundHostName": f"{id}.voiceconnector.chime.aws",
        "RequireEncryption": True,
        "VoiceConnectorArn": store.arn("vc", id),
        "NetworkType": "IPV4_ONLY",
        **_born(members, store),
        **members,
        "Settings": settings,
        "ProxySessions": [
            _of_connector(session, id, settings, f"{at}.ProxySessions[{index}]")
            for index, session in enumerate(sessions)
        ]
        if isinstance(sessions, list)
        else sessions,
    }


def _settings(given: Any, at: str) -> Members:
    """Complete the proxy configuration, which sessions need at once."""
    settings = an_object(given, at)
    if "Proxy" in settings:
        settings["Proxy"] = _proxy(settings["Proxy"], f"{at}.Proxy")
    for name, block in settings.items():
        if has_shape(name):
            check_block(spec.shape(name), block, f"{at}.{name}")
    return settings


def _proxy(given: Any, at: str) -> Members:
    proxy = {"Disabled": False, "FallBackPhoneNumber": None, **an_object(given, at)}
    for name in ("DefaultSessionExpiryMinutes", "PhoneNumberCountries"):
        if proxy.get(name) is None:
            raise SandboxError(f"{at}.{name} is required")
    if isinstance(proxy["FallBackPhoneNumber"], str):
        proxy["FallBackPhoneNumber"] = e164_of(proxy["FallBackPhoneNumber"])
    countries = proxy["PhoneNumberCountries"]
    if not isinstance(countries, list) or any(c not in COUNTRIES for c in countries):
        listed = ", ".join(COUNTRIES)
        raise SandboxError(f"{at}.PhoneNumberCountries must be among {listed}")
    return dict(sorted(proxy.items()))


def _of_connector(session: Any, id: str, settings: Members, at: str) -> Members:
    given = {"VoiceConnectorId": id, **an_object(session, at)}
    numbers = given.get("ParticipantPhoneNumbers")
    if isinstance(numbers, list) and all(isinstance(n, str) for n in numbers):
        given["ParticipantPhoneNumbers"] = sorted(map(e164_of, numbers))
    if "Proxy" in settings:
        minutes = settings["Proxy"]["DefaultSessionExpiryMinutes"]
        given.setdefault("ExpiryMinutes", minutes)
    if given["VoiceConnectorId"] != id:
        raise SandboxError(f"{at}.VoiceConnectorId must be '{id}'")
    return given


def _proxy_session(members: Members, store: Store, at: str) -> Members:
    if isinstance(members.get("ProxyPhoneNumber"), str):
        members["ProxyPhoneNumber"] = e164_of(members["ProxyPhoneNumber"])
    return {
        "ProxySessionId": store.new_uuid(lambda region: region.proxy_sessions),
        "Status": "Open",
        "Capabilities": CAPABILITIES,
        **_born(members, store),
        **members,
    }


def _phone_number(members: Members, store: Store, at: str) -> Members:
    number = members.get("E164PhoneNumber")
    if not isinstance(number, str):
        return members
    number = e164_of(number)
    return {
        "PhoneNumberId": number.replace("+", "%2B"),
        "PhoneNumberArn": store.arn("phone-number", number),
        "Country": place_of(number)[0],
        "Type": "Local",
        "ProductType": "VoiceConnector",
        "Status": "Assigned" if members.get("Associations") else "Unassigned",
        "Capabilities": dict.fromkeys(_PHONE_CAPABILITIES, True),
        **_born(members, store),
        **members,
        "E164PhoneNumber": number,
    }


def _sip_media_application(members: Members, store: Store, at: str) -> Members:
    for name, shape in _OF_APPLICATION.items():
        if members.get(name) is not None:
            check_block(spec.shape(shape), members[name], f"{at}.{name}")
    return members


def _born(members: Members, store: Store) -> Mapping[str, Any]:
    now = timestamp(store.now())
    created = members.get("CreatedTimestamp", now)
    return {"CreatedTimestamp": created, "UpdatedTimestamp": created}


_PHONE_CAPABILITIES = tuple(spec.shape("PhoneNumberCapabilities").members)
# The shapes of the API that the settings of a SIP media application have.
_OF_APPLICATION = {
    "Logging": "SipMediaApplicationLoggingConfiguration",
    "AlexaSkill": "SipMediaApplicationAlexaSkillConfiguration",
}
_COMPLETIONS: Mapping[str, Callable[[Members, Store, str], Members]] = {
    "PhoneNumber": _phone_number,
    "ProxySession": _proxy_session,
    "SipMediaApplication": _sip_media_application,
    "VoiceConnector": _voice_connector,
}
