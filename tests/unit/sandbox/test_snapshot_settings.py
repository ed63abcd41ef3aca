"""The settings of a connector in a state: what the API would take, and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.documents import CONNECTOR_ID, seed
from kit.builders.full_account import create_everything
from kit.builders.people import BOB
from proxymock.plugin.sandbox_client import Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

AT = "Regions.us-east-1.VoiceConnectors[0].Settings"
TERMINATION = {"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.10/32"]}
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"Origin": {}}, " has no member Origin"),
    ({"Origination": {}}, ": Origination must have Routes or Disabled"),
    ({"Origination": {"Routes": []}}, ": Origination.Routes must have from 1 to 20"),
    ({"Origination": {"Routes": [{}]}}, ": Origination.Routes[0].Host is required"),
    ({"Origination": {"Routes": [{"Host": "h"}]}}, ": Origination.Routes[0].Host must"),
    (
        {"Origination": {"Routes": [{"Host": "192.0.2.1", "Prot": "TCP"}]}},
        ".Origination.Routes[0] has no member Prot",
    ),
    (
        {"Proxy": {"DefaultSessionExpiryMinutes": 5, "PhoneNumberCountries": ["US"]}}
        | {"Termination": {**TERMINATION, "CidrAllowedList": ["192.0.2.10"]}},
        ": Termination.CidrAllowedList must hold IPv4 networks",
    ),
    (
        {
            "Proxy": {
                "DefaultSessionExpiryMinutes": 5,
                "PhoneNumberCountries": ["US"],
                "Countries": ["US"],
            }
        },
        ".Proxy has no member Countries",
    ),
    (
        {"StreamingConfiguration": {"Disabled": False}},
        ".StreamingConfiguration.DataRetentionInHours is required",
    ),
    ({"TerminationHealth": {}}, " must have Termination, or no TerminationHealth"),
    (
        {"Termination": TERMINATION, "TerminationCredentials": []},
        ".TerminationCredentials must be an object",
    ),
    (
        {"Termination": TERMINATION, "TerminationCredentials": {"me": 1}},
        ".TerminationCredentials.me must be a string",
    ),
    (
        {"Termination": TERMINATION, "TerminationHealth": {"Source": "192.0.2.10"}},
        ".TerminationHealth must have the members Timestamp, Source",
    ),
    (
        {
            "Termination": TERMINATION,
            "TerminationHealth": {"Timestamp": "2026-01-02T12:00:00Z", "Source": 1},
        },
        ".TerminationHealth.Source must be a string",
    ),
    ({"LoggingConfiguration": 1}, ".LoggingConfiguration must be an object"),
    (
        {"ExternalSystemsConfiguration": {"ContactCenterSystemTypes": ["PBX"]}},
        ".ExternalSystemsConfiguration.ContactCenterSystemTypes[0] must be one of",
    ),
]


ALEXA = "SipMediaApplications[0].AlexaSkill"
DAMAGES: list[tuple[str, dict[str, Any], str]] = [
    ("SipMediaApplications", {"AlexaSkill": {"AlexaSkillStatus": 1}}, ALEXA),
    ("SipMediaApplications", {"AlexaSkill": {"AlexaSkillIds": [[]]}}, ALEXA),
    ("SipMediaApplications", {"AlexaSkill": []}, f"{ALEXA} must be an object"),
    (
        "SipMediaApplications",
        {"Logging": {"EnableMessageLogs": True}},
        "SipMediaApplications[0].Logging has no member EnableMessageLogs",
    ),
    (
        "PhoneNumbers",
        {"Associations": [{"Name": "UserId", "Value": "a-user"}]},
        "PhoneNumbers[0].Associations[0].Name must be one of VoiceConnectorId, Voice",
    ),
]


@pytest.mark.parametrize(("table", "members", "message"), DAMAGES)
def test_wrong_block_of_another_thing_is_refused(
    client: ChimeSDKVoiceClient,
    snapshot: Snapshot,
    table: str,
    members: dict[str, Any],
    message: str,
) -> None:
    """What a thing has in blocks is checked as well as what it has by itself."""
    create_everything()
    state = snapshot.export()
    things = state["Regions"]["us-east-1"][table]
    things[0] = {**things[0], **members}

    with pytest.raises(ValueError, match=re.escape(f"Regions.us-east-1.{message}")):
        snapshot.load(state)


@pytest.mark.parametrize(("settings", "message"), REFUSED)
def test_wrong_setting_is_refused(
    snapshot: Snapshot, settings: dict[str, Any], message: str
) -> None:
    """A setting that no Put would take says where it is wrong; nothing changes."""
    with pytest.raises(ValueError, match=re.escape(f"{AT}{message}")):
        snapshot.load(seed(Settings=settings))

    assert snapshot.export() == {"FormatVersion": 2}


def test_setting_written_by_hand_is_completed(
    client: ChimeSDKVoiceClient, snapshot: Snapshot
) -> None:
    """What a Put would have added is there, as are credentials for a termination."""
    written = {
        "Origination": {"Routes": [{"Host": "192.0.2.1", "Weight": None}]},
        "Termination": {"CallingRegions": ["US"], "DefaultPhoneNumber": BOB},
        "TerminationCredentials": {"pbx": "secret"},
    }
    snapshot.load(seed(Settings=written))

    origination = client.get_voice_connector_origination(VoiceConnectorId=CONNECTOR_ID)
    termination = client.get_voice_connector_termination(VoiceConnectorId=CONNECTOR_ID)
    credentials = client.list_voice_connector_termination_credentials(
        VoiceConnectorId=CONNECTOR_ID
    )

    assert origination["Origination"] == {
        "Routes": [{"Host": "192.0.2.1", "Port": 5060}],
        "Disabled": False,
    }
    assert termination["Termination"] == {
        "CallingRegions": ["US"],
        "CpsLimit": 1,
        "DefaultPhoneNumber": BOB,
        "Disabled": False,
    }
    assert credentials["Usernames"] == ["pbx"]


def test_settings_survive(client: ChimeSDKVoiceClient, snapshot: Snapshot) -> None:
    """A state that is loaded has all settings as they were, health and secrets too."""
    create_everything()
    bare = client.create_voice_connector(Name="Bare", RequireEncryption=True)
    client.put_voice_connector_termination(
        VoiceConnectorId=bare["VoiceConnector"]["VoiceConnectorId"],
        Termination={"CallingRegions": ["US"], "CidrAllowedList": []},
    )
    state = snapshot.export()

    snapshot.load(state)

    assert snapshot.export() == state
