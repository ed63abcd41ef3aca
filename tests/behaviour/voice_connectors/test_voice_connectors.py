"""Voice connectors, as a user of boto3 sees them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from botocore import xform_name

from kit.oracles.answers import body, known, pages
from kit.transports.clients import Connect, Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)
UNKNOWN_ID = "abcdef1ghij2klmno3pqr4"


def test_create_answers_the_connector(client: ChimeSDKVoiceClient) -> None:
    """A new connector has the members that were given and AWS's defaults."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_voice_connector(
            Name="Rides", RequireEncryption=True, AwsRegion="us-west-2"
        )
    id = answer["VoiceConnector"]["VoiceConnectorId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    connector = {
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
    assert body(answer) == {
        "VoiceConnector": known(client, "VoiceConnector", connector)
    }


def test_ids_look_like_awss(connector_id: str) -> None:
    """An id has 22 lower-case letters and digits and begins with a letter."""
    assert re.fullmatch("[a-z][a-z0-9]{21}", connector_id)


@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_default_region_is_the_same_everywhere(connect: Connect, region: str) -> None:
    """Without AwsRegion a connector is in us-east-1; its ARN has the endpoint's."""
    connector = connect(region=region).create_voice_connector(
        Name="Rides", RequireEncryption=True
    )["VoiceConnector"]

    assert connector["AwsRegion"] == "us-east-1"
    assert connector["VoiceConnectorArn"] == (
        f"arn:aws:chime:{region}:123456789012:vc/{connector['VoiceConnectorId']}"
    )


@pytest.mark.parametrize(
    "chosen",
    [
        {"NetworkType": "DUAL_STACK", "IntegrationType": None},
        {
            "NetworkType": "IPV4_ONLY",
            "IntegrationType": "CONNECT_CALL_TRANSFER_CONNECTOR",
        },
        {
            "NetworkType": "IPV4_ONLY",
            "IntegrationType": "CONNECT_ANALYTICS_CONNECTOR",
        },
    ],
)
def test_newer_members_come_back(send: Send, chosen: Mapping[str, str | None]) -> None:
    """Network and integration type, which an older boto3 lacks, are kept."""
    given = {"Name": "Rides", "RequireEncryption": True, **chosen}

    answer = send("POST", "/voice-connectors", json.dumps(given))

    connector = answer.json()["VoiceConnector"]
    assert {name: connector[name] for name in chosen} == chosen


def test_names_need_not_be_unique(client: ChimeSDKVoiceClient) -> None:
    """Two connectors may have the same name."""
    first, second = (
        client.create_voice_connector(Name="Rides", RequireEncryption=True)
        for _ in range(2)
    )

    assert (
        first["VoiceConnector"]["VoiceConnectorId"]
        != second["VoiceConnector"]["VoiceConnectorId"]
    )


# A server cannot tell the namespaces apart, and the older one allowed any characters.
@pytest.mark.parametrize("endpoint_url", ["in process"], indirect=True)
def test_name_of_other_characters_is_refused(client: ChimeSDKVoiceClient) -> None:
    """A name is of letters, digits, and a few others."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.create_voice_connector(Name="Rides!", RequireEncryption=True)

    assert error.value.response["Error"]["Message"] == (
        'Name must match [a-zA-Z0-9 _.-]+, not "Rides!"'
    )
    assert client.list_voice_connectors()["VoiceConnectors"] == []


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"Name": "a" * 257},
            "Name must have at most 256 characters, not 257",
        ),
        (
            {"AwsRegion": "eu-west-3"},
            "AwsRegion must be one of us-east-1, us-west-2, ca-central-1, "
            "eu-central-1, eu-west-1, eu-west-2, ap-northeast-2, ap-northeast-1, "
            'ap-southeast-1, ap-southeast-2, not "eu-west-3"',
        ),
        (
            {"Tags": [{"Key": "k", "Value": "v"}] * 51},
            "Tags must have at most 50 items, not 51",
        ),
    ],
)
def test_bad_connector_is_refused(
    client: ChimeSDKVoiceClient, members: dict[str, Any], message: str
) -> None:
    """Bad input is a 400 that names member and rule, and makes no connector."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.create_voice_connector(
            **{"Name": "Rides", "RequireEncryption": True, **members}
        )

    assert error.value.response["Error"]["Message"] == message
    assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_get_answers_what_create_did(client: ChimeSDKVoiceClient) -> None:
    """Get answers the connector as Create answered it."""
    created = client.create_voice_connector(Name="Rides", RequireEncryption=False)

    answer = client.get_voice_connector(
        VoiceConnectorId=created["VoiceConnector"]["VoiceConnectorId"]
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
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

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert body(answer) == {
        "VoiceConnector": {
            **before,
            "Name": "Deliveries",
            "RequireEncryption": False,
            "UpdatedTimestamp": LATER,
        }
    }
    found = client.get_voice_connector(VoiceConnectorId=connector_id)
    assert body(found) == body(answer)


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


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("GetVoiceConnector", {}),
        ("UpdateVoiceConnector", {"Name": "Rides", "RequireEncryption": True}),
        ("DeleteVoiceConnector", {}),
    ],
)
def test_unknown_connector(
    client: ChimeSDKVoiceClient, operation: str, members: dict[str, Any]
) -> None:
    """Get, Update and Delete answer 404 for a connector that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, xform_name(operation))(VoiceConnectorId=UNKNOWN_ID, **members)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{UNKNOWN_ID}'"
    )


def test_list_answers_whole_connectors(client: ChimeSDKVoiceClient) -> None:
    """A list holds the connectors of one endpoint, whatever their AwsRegion is."""
    connectors = [
        client.create_voice_connector(
            Name="Rides", RequireEncryption=True, AwsRegion=region
        )["VoiceConnector"]
        for region in ("us-west-2", "us-east-1")
    ]

    assert body(client.list_voice_connectors()) == {"VoiceConnectors": connectors}


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


@pytest.mark.parametrize("members", [{"MaxResults": 101}, {"NextToken": "no token"}])
def test_bad_list_is_refused(
    client: ChimeSDKVoiceClient, members: dict[str, Any]
) -> None:
    """A bad page size or token is a 400."""
    with pytest.raises(client.exceptions.BadRequestException):
        client.list_voice_connectors(**members)


def test_regions_have_connectors_of_their_own(connect: Connect) -> None:
    """A connector is visible only through the endpoint that made it."""
    west = connect(region="us-west-2").create_voice_connector(
        Name="West", RequireEncryption=True
    )

    found = {
        region: body(connect(region=region).list_voice_connectors())
        for region in ("us-east-1", "us-west-2")
    }

    assert found == {
        "us-east-1": {"VoiceConnectors": []},
        "us-west-2": {"VoiceConnectors": [west["VoiceConnector"]]},
    }


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-2"])
def test_available_regions(connect: Connect, region: str) -> None:
    """The regions are the ten of the API description, at every endpoint."""
    answer = connect(region=region).list_available_voice_connector_regions()

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
