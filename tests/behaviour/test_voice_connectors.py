"""Voice connectors, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from support import Connect, body, pages

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)


def test_create_answers_the_connector(client: ChimeSDKVoiceClient) -> None:
    """A new connector has the members that were given and AWS's defaults."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_voice_connector(
            Name="Rides", RequireEncryption=True, AwsRegion="us-west-2"
        )
    id = answer["VoiceConnector"]["VoiceConnectorId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "VoiceConnector": {
            "VoiceConnectorId": id,
            "AwsRegion": "us-west-2",
            "Name": "Rides",
            "OutboundHostName": f"{id}.voiceconnector.chime.aws",
            "RequireEncryption": True,
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "VoiceConnectorArn": f"arn:aws:chime:us-east-1:123456789012:vc/{id}",
            "NetworkType": "IPV4_ONLY",
        }
    }


def test_get_answers_what_create_did(client: ChimeSDKVoiceClient) -> None:
    """Get answers the connector as Create answered it."""
    created = client.create_voice_connector(Name="Rides", RequireEncryption=False)

    answer = client.get_voice_connector(
        VoiceConnectorId=created["VoiceConnector"]["VoiceConnectorId"]
    )

    assert body(answer) == body(created)


def test_update_renames_in_place(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Update sets name and encryption and bumps the update timestamp alone."""
    before = client.get_voice_connector(VoiceConnectorId=connector_id)["VoiceConnector"]

    with time_machine.travel(LATER, tick=False):
        answer = client.update_voice_connector(
            VoiceConnectorId=connector_id, Name="Deliveries", RequireEncryption=False
        )

    assert body(answer) == {
        "VoiceConnector": {
            **before,
            "Name": "Deliveries",
            "RequireEncryption": False,
            "UpdatedTimestamp": LATER,
        }
    }


def test_deleted_connector_is_gone(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A deleted connector is neither found nor listed, and Delete answers 204."""
    answer = client.delete_voice_connector(VoiceConnectorId=connector_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_voice_connectors()["VoiceConnectors"] == []
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_voice_connector(VoiceConnectorId=connector_id)
    assert error.value.response["Error"] == {
        "Code": "NotFoundException",
        "Message": f"Could not find VoiceConnector with Id '{connector_id}'",
    }


def test_list_pages_in_order_of_creation(client: ChimeSDKVoiceClient) -> None:
    """The pages of a list hold everything once, in the order of creation."""
    names = [f"Connector {n}" for n in range(5)]
    for name in names:
        client.create_voice_connector(Name=name, RequireEncryption=True)

    found = pages(client.list_voice_connectors, "VoiceConnectors", MaxResults=2)

    assert [[connector["Name"] for connector in page] for page in found] == [
        names[0:2],
        names[2:4],
        names[4:5],
    ]


def test_regions_have_connectors_of_their_own(connect: Connect) -> None:
    """A connector is visible only through the endpoint that made it."""
    connect(region="us-west-2").create_voice_connector(
        Name="West", RequireEncryption=True
    )

    assert connect(region="us-east-1").list_voice_connectors()["VoiceConnectors"] == []
    assert (
        len(connect(region="us-west-2").list_voice_connectors()["VoiceConnectors"]) == 1
    )


def test_available_regions(client: ChimeSDKVoiceClient) -> None:
    """The regions are the ten of the API description."""
    answer = client.list_available_voice_connector_regions()

    assert body(answer) == {
        "VoiceConnectorRegions": [
            "us-east-1",
            "us-west-2",
            "ca-central-1",
            "eu-central-1",
            "eu-west-1",
            "eu-west-2",
            "ap-northeast-2",
            "ap-northeast-1",
            "ap-southeast-1",
            "ap-southeast-2",
        ]
    }
