"""Proxy sessions, and the connectors that make them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kit.builders.people import ALICE, BOB

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def create_proxy_connector(
    client: ChimeSDKVoiceClient, countries: Sequence[str] = ("US",)
) -> str:
    """Return the id of a new connector that makes sessions of an hour."""
    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    id = answer["VoiceConnector"]["VoiceConnectorId"]
    client.put_voice_connector_proxy(
        VoiceConnectorId=id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=countries,
    )
    return id


def create_session(
    client: ChimeSDKVoiceClient, voice_connector_id: str, **members: Any
) -> dict[str, Any]:
    """Return a new proxy session, by default of Alice and Bob for all they can do."""
    given = {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "Capabilities": ["Voice", "SMS"],
        **members,
    }
    answer = client.create_proxy_session(VoiceConnectorId=voice_connector_id, **given)
    return {**answer["ProxySession"]}
