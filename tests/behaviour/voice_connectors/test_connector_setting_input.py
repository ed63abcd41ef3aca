"""What the settings of a voice connector refuse, and what they read in a good sense."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

COUNTRY = {"CallingCountry": "US"}
TERMINATION = {
    "CpsLimit": 1,
    "CallingRegions": ["US"],
    "CidrAllowedList": ["192.0.2.0/27"],
    "Disabled": False,
}


def test_streaming_targets_differ(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """The same notification target twice is refused, and nothing is stored."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_streaming_configuration(
            VoiceConnectorId=connector_id,
            StreamingConfiguration={
                "DataRetentionInHours": 1,
                "Disabled": False,
                "StreamingNotificationTargets": [
                    {"NotificationTarget": "SNS"},
                    {"NotificationTarget": "SQS"},
                    {"NotificationTarget": "SNS"},
                ],
            },
        )
    assert error.value.response["Error"]["Message"] == (
        "StreamingConfiguration.StreamingNotificationTargets must differ, "
        "not be SNS, SQS, SNS"
    )
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_voice_connector_streaming_configuration(
            VoiceConnectorId=connector_id
        )


@pytest.mark.parametrize("targets", [[{}], [{}, {}]], ids=["one", "two"])
def test_streaming_target_has_a_name(
    client: ChimeSDKVoiceClient, connector_id: str, targets: Any
) -> None:
    """A notification target that names none is refused."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_streaming_configuration(
            VoiceConnectorId=connector_id,
            StreamingConfiguration={
                "DataRetentionInHours": 1,
                "Disabled": False,
                "StreamingNotificationTargets": targets,
            },
        )

    assert error.value.response["Error"]["Message"] == (
        "StreamingConfiguration.StreamingNotificationTargets[0].NotificationTarget "
        "is required"
    )


@pytest.mark.parametrize(
    ("setting", "name", "sent", "kept"),
    [
        (
            "emergency-calling-configuration",
            "EmergencyCallingConfiguration",
            {"DNIS": [{**COUNTRY, "EmergencyPhoneNumber": "12065550101"}]},
            {
                "DNIS": [
                    {
                        **COUNTRY,
                        "EmergencyPhoneNumber": "+12065550101",
                        "TestPhoneNumber": None,
                    }
                ]
            },
        ),
        (
            "emergency-calling-configuration",
            "EmergencyCallingConfiguration",
            {
                "DNIS": [
                    {
                        **COUNTRY,
                        "EmergencyPhoneNumber": "+12065550101",
                        "TestPhoneNumber": "12065550102",
                    }
                ]
            },
            {
                "DNIS": [
                    {
                        **COUNTRY,
                        "EmergencyPhoneNumber": "+12065550101",
                        "TestPhoneNumber": "+12065550102",
                    }
                ]
            },
        ),
        (
            "termination",
            "Termination",
            {**TERMINATION, "DefaultPhoneNumber": "12065550100"},
            {**TERMINATION, "DefaultPhoneNumber": "+12065550100"},
        ),
    ],
    ids=["emergency number", "test number", "default number"],
)
def test_numbers_get_their_plus_sign(
    send: Send, connector_id: str, setting: str, name: str, sent: Any, kept: Any
) -> None:
    """A number may be given without its plus sign, and is answered with it."""
    path = f"/voice-connectors/{connector_id}/{setting}"

    put = send("PUT", path, json.dumps({name: sent}))

    assert put.json() == {name: kept}
    assert send("GET", path).json() == {name: kept}
