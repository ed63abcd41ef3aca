"""The calls of AWS's CDK constructs and samples, in their order."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import SEATTLE, acquire, phone_number
from kit.oracles.answers import body
from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

Numbers = Any  # a connector and its number, as association takes them

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
NUMBER = SEATTLE[0]
STREAMING: Any = {
    "DataRetentionInHours": 1,
    "Disabled": False,
    "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
}
TERMINATION: Any = {
    "CpsLimit": 1,
    "CallingRegions": ["US"],
    "CidrAllowedList": ["198.51.100.9/32"],
    "Disabled": False,
}


@pytest.fixture
def numbers(client: ChimeSDKVoiceClient, connector_id: str) -> Numbers:
    """A connector and a number of the account, which it does not have yet."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, NUMBER)
    return {"VoiceConnectorId": connector_id, "E164PhoneNumbers": [NUMBER]}


def held(free: dict[str, Any], connector_id: str) -> dict[str, Any]:
    """Return how a *free* number looks once a connector has it."""
    association = {
        "Name": "VoiceConnectorId",
        "Value": connector_id,
        "AssociatedTimestamp": NOON,
    }
    return {**free, "Status": "Assigned", "Associations": [association]}


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


@time_machine.travel(NOON, tick=False)
def test_cdk_voice_connector_with_a_number(
    client: ChimeSDKVoiceClient, connector_id: str, numbers: Numbers
) -> None:
    """The construct asks which numbers a connector has, frees them and deletes it."""
    free = phone_number(client, NUMBER)
    client.associate_phone_numbers_with_voice_connector(**numbers)

    listed = client.list_phone_numbers(
        FilterName="VoiceConnectorId", FilterValue=connector_id
    )
    assert body(listed) == {"PhoneNumbers": [held(free, connector_id)]}
    freed = client.disassociate_phone_numbers_from_voice_connector(**numbers)
    assert body(freed) == {"PhoneNumberErrors": []}
    client.delete_voice_connector(VoiceConnectorId=connector_id)

    assert client.list_voice_connectors()["VoiceConnectors"] == []
    assert phone_number(client, NUMBER) == free


@time_machine.travel(NOON, tick=False)
def test_cdk_phone_association(
    client: ChimeSDKVoiceClient, connector_id: str, numbers: Numbers
) -> None:
    """An association is forced when it is made and again when it is updated."""
    free = phone_number(client, NUMBER)
    other = client.create_voice_connector(Name="Other", RequireEncryption=True)
    other_id = other["VoiceConnector"]["VoiceConnectorId"]
    associate = client.associate_phone_numbers_with_voice_connector

    for id in (other_id, connector_id, connector_id):
        answer = associate(
            VoiceConnectorId=id, E164PhoneNumbers=[NUMBER], ForceAssociate=True
        )
        assert body(answer) == {"PhoneNumberErrors": []}
        assert phone_number(client, NUMBER) == held(free, id)

    freed = client.disassociate_phone_numbers_from_voice_connector(**numbers)
    assert body(freed) == {"PhoneNumberErrors": []}
    assert phone_number(client, NUMBER) == free


def test_cdk_voice_profile_domain(client: ChimeSDKVoiceClient) -> None:
    """Every answer is the whole domain, of which the construct hands on all."""
    members: Any = {
        "Name": "vpd",
        "Description": "Made by a stack",
        "ServerSideEncryptionConfiguration": {
            "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/voices"
        },
    }
    with time_machine.travel(NOON, tick=False):
        created = client.create_voice_profile_domain(**members)["VoiceProfileDomain"]
    id = created["VoiceProfileDomainId"]
    assert created == {
        **members,
        "VoiceProfileDomainId": id,
        "VoiceProfileDomainArn": "arn:aws:chime:us-east-1:123456789012:"
        f"voice-profile-domain/{id}",
        "CreatedTimestamp": NOON,
        "UpdatedTimestamp": NOON,
    }

    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        updated = client.update_voice_profile_domain(
            VoiceProfileDomainId=id, Name="new", Description="Updated by a stack"
        )
    assert updated["VoiceProfileDomain"] == {
        **created,
        "Name": "new",
        "Description": "Updated by a stack",
        "UpdatedTimestamp": NOON + timedelta(hours=1),
    }

    client.delete_voice_profile_domain(VoiceProfileDomainId=id)
    assert client.list_voice_profile_domains()["VoiceProfileDomains"] == []


@time_machine.travel(NOON, tick=False)
def test_call_analytics_with_a_telephone_system(
    client: ChimeSDKVoiceClient, connector_id: str, numbers: Numbers
) -> None:
    """The number leaves the connector, which goes with all its settings in place."""
    free = phone_number(client, NUMBER)
    id = {"VoiceConnectorId": connector_id}
    origination: Any = {
        "Routes": [
            {
                "Host": "198.51.100.9",
                "Port": 5060,
                "Protocol": "UDP",
                "Priority": 1,
                "Weight": 1,
            }
        ],
        "Disabled": False,
    }

    answers = [
        client.associate_phone_numbers_with_voice_connector(
            **numbers, ForceAssociate=True
        ),
        client.put_voice_connector_streaming_configuration(
            **id, StreamingConfiguration=STREAMING
        ),
        client.put_voice_connector_origination(**id, Origination=origination),
        client.put_voice_connector_termination(**id, Termination=TERMINATION),
    ]
    assert [body(answer) for answer in answers] == [
        {"PhoneNumberErrors": []},
        {"StreamingConfiguration": STREAMING},
        {"Origination": origination},
        {"Termination": TERMINATION},
    ]
    assert phone_number(client, NUMBER) == held(free, connector_id)

    freed = client.disassociate_phone_numbers_from_voice_connector(**numbers)
    assert body(freed) == {"PhoneNumberErrors": []}
    client.delete_voice_connector(**id)
    client.delete_phone_number(PhoneNumberId=NUMBER)

    assert client.list_voice_connectors()["VoiceConnectors"] == []
    assert phone_number(client, NUMBER) == {
        **free,
        "Status": "DeleteInProgress",
        "DeletionTimestamp": NOON + timedelta(days=7),
    }


def test_call_analytics_of_recorded_calls(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A connector that only streams takes a list of callers and is deleted as it is."""
    id = {"VoiceConnectorId": connector_id}
    callers: Any = {
        **TERMINATION,
        "CidrAllowedList": ["198.51.100.0/27", "203.0.113.9/32"],
    }

    answers = [
        client.put_voice_connector_streaming_configuration(
            **id, StreamingConfiguration=STREAMING
        ),
        client.put_voice_connector_termination(**id, Termination=callers),
    ]
    client.delete_voice_connector(**id)

    assert [body(answer) for answer in answers] == [
        {"StreamingConfiguration": STREAMING},
        {"Termination": callers},
    ]
    assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_call_analytics_is_taken_off(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """What Get answered can be put back, less the part that shall go."""
    id = {"VoiceConnectorId": connector_id}
    insights = {
        "Disabled": False,
        "ConfigurationArn": "arn:aws:chime:us-east-1:123456789012:"
        "media-insights-pipeline-configuration/calls",
    }
    analysed: Any = {**STREAMING, "MediaInsightsConfiguration": insights}
    client.put_voice_connector_streaming_configuration(
        **id, StreamingConfiguration=analysed
    )

    def read() -> Any:
        answer = client.get_voice_connector_streaming_configuration(**id)
        return answer["StreamingConfiguration"]

    streaming = read()
    assert streaming == analysed
    del streaming["MediaInsightsConfiguration"]
    client.put_voice_connector_streaming_configuration(
        **id, StreamingConfiguration=streaming
    )

    assert read() == STREAMING
