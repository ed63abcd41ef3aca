"""The calls of AWS's CDK constructs and samples, in their order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def test_cdk_voice_connector(send: Send) -> None:
    """The constructs' slips are taken: a null limit, booleans spelled as texts."""
    created = send(
        "POST",
        "/voice-connectors",
        json.dumps({"Name": "vc", "AwsRegion": "us-east-1", "RequireEncryption": True}),
    )
    path = f"/voice-connectors/{created.json()['VoiceConnector']['VoiceConnectorId']}"
    route = {
        "Host": "198.51.100.9",
        "Port": 5061,
        "Protocol": "TCP",
        "Priority": 1,
        "Weight": 1,
    }
    termination = {
        "CallingRegions": ["US"],
        "CidrAllowedList": ["198.51.100.9/32"],
        "CpsLimit": None,
        "Disabled": False,
    }

    def put(name: str, setting: dict[str, Any]) -> Any:
        member = "".join(word.capitalize() for word in name.split("-"))
        answer = send("PUT", f"{path}/{name}", json.dumps({member: setting}))
        assert answer.status_code == 200
        return answer.json()[member]

    for _ in range(2):  # an update is the same four calls
        assert put("origination", {"Routes": [route], "Disabled": False}) == {
            "Routes": [route],
            "Disabled": False,
        }
        assert put("termination", termination) == {
            **termination,
            "CpsLimit": 1,
            "DefaultPhoneNumber": None,
        }
        assert put(
            "streaming-configuration", {"DataRetentionInHours": 0, "Disabled": False}
        ) == {
            "DataRetentionInHours": 0,
            "Disabled": False,
            "StreamingNotificationTargets": None,
            "MediaInsightsConfiguration": None,
        }
        assert put(
            "logging-configuration",
            {"EnableSIPLogs": "true", "EnableMediaMetricLogs": "false"},
        ) == {"EnableSIPLogs": True, "EnableMediaMetricLogs": False}

    assert send("DELETE", path).status_code == 204
    assert send("GET", path).status_code == 404


@pytest.mark.parametrize("protocol", ["UDP", "TCP"])
def test_call_analytics_with_a_telephone_system(
    client: ChimeSDKVoiceClient, connector_id: str, protocol: Any
) -> None:
    """A connector is deleted with all that it was told still in place."""
    id = {"VoiceConnectorId": connector_id}
    client.put_voice_connector_streaming_configuration(
        **id,
        StreamingConfiguration={
            "DataRetentionInHours": 1,
            "Disabled": False,
            "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
        },
    )
    client.put_voice_connector_origination(
        **id,
        Origination={
            "Routes": [
                {
                    "Host": "198.51.100.9",
                    "Port": 5060,
                    "Protocol": protocol,
                    "Priority": 1,
                    "Weight": 1,
                }
            ],
            "Disabled": False,
        },
    )
    client.put_voice_connector_termination(
        **id,
        Termination={
            "CpsLimit": 1,
            "CallingRegions": ["US"],
            "CidrAllowedList": ["198.51.100.9/32"],
            "Disabled": False,
        },
    )

    client.delete_voice_connector(**id)

    assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_call_analytics_is_taken_off(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """What Get answered can be put back, less the part that shall go."""
    id = {"VoiceConnectorId": connector_id}
    client.put_voice_connector_streaming_configuration(
        **id,
        StreamingConfiguration={
            "DataRetentionInHours": 1,
            "Disabled": False,
            "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
            "MediaInsightsConfiguration": {
                "Disabled": False,
                "ConfigurationArn": "arn:aws:chime:us-east-1:123456789012:"
                "media-insights-pipeline-configuration/calls",
            },
        },
    )

    def read() -> Any:
        answer = client.get_voice_connector_streaming_configuration(**id)
        return answer["StreamingConfiguration"]

    streaming = read()
    del streaming["MediaInsightsConfiguration"]
    client.put_voice_connector_streaming_configuration(
        **id, StreamingConfiguration=streaming
    )

    assert read() == {
        "DataRetentionInHours": 1,
        "Disabled": False,
        "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
    }
