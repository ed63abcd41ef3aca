"""Voice connector groups, as a user of boto3 sees them."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.oracles.answers import body, known, pages
from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)
UNKNOWN = "abcdef1ghij2klmno3pqr4"


@pytest.fixture
def other_id(client: ChimeSDKVoiceClient) -> str:
    """A second voice connector, of another region."""
    answer = client.create_voice_connector(
        Name="Stand-in", RequireEncryption=True, AwsRegion="us-west-2"
    )
    return answer["VoiceConnector"]["VoiceConnectorId"]


@pytest.fixture
def group_id(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A group of one connector."""
    return create_group(client, connector_id)


def create_group(client: ChimeSDKVoiceClient, *connector_ids: str) -> str:
    """Return the id of a new group of these connectors."""
    answer = client.create_voice_connector_group(
        Name="Rides", VoiceConnectorItems=items(*connector_ids)
    )
    return answer["VoiceConnectorGroup"]["VoiceConnectorGroupId"]


def items(*connector_ids: str) -> list[Any]:
    """Return the items of a group, the first one preferred."""
    return [
        {"VoiceConnectorId": id, "Priority": priority}
        for priority, id in enumerate(connector_ids, start=1)
    ]


def test_create_answers_the_group(
    client: ChimeSDKVoiceClient, connector_id: str, other_id: str
) -> None:
    """A group has the connectors that were given, and weighs their priorities."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_voice_connector_group(
            Name="Rides", VoiceConnectorItems=items(connector_id, other_id)
        )
    id = answer["VoiceConnectorGroup"]["VoiceConnectorGroupId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert len(id) == 21
    assert answer["VoiceConnectorGroup"] == known(
        client,
        "VoiceConnectorGroup",
        {
            "VoiceConnectorGroupId": id,
            "Name": "Rides",
            "VoiceConnectorItems": [
                {"VoiceConnectorId": connector_id, "Priority": 1},
                {"VoiceConnectorId": other_id, "Priority": 2},
            ],
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "VoiceConnectorGroupArn": f"arn:aws:chime:us-east-1:123456789012:vcg/{id}",
            "CallDistributionType": "PriorityWeightedDistribution",
        },
    )


def test_a_group_may_be_empty(client: ChimeSDKVoiceClient) -> None:
    """A group without connectors shows an empty list of them."""
    created = client.create_voice_connector_group(Name="Rides")

    answer = client.get_voice_connector_group(
        VoiceConnectorGroupId=created["VoiceConnectorGroup"]["VoiceConnectorGroupId"]
    )

    assert body(answer) == body(created)
    assert answer["VoiceConnectorGroup"]["VoiceConnectorItems"] == []


def test_update_replaces_name_and_connectors(
    client: ChimeSDKVoiceClient, group_id: str, other_id: str
) -> None:
    """Update answers 202 with the group as it is from then on."""
    before = client.get_voice_connector_group(VoiceConnectorGroupId=group_id)

    with time_machine.travel(LATER, tick=False):
        answer = client.update_voice_connector_group(
            VoiceConnectorGroupId=group_id,
            Name="Deliveries",
            VoiceConnectorItems=items(other_id),
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert answer["VoiceConnectorGroup"] == {
        **before["VoiceConnectorGroup"],
        "Name": "Deliveries",
        "VoiceConnectorItems": [{"VoiceConnectorId": other_id, "Priority": 1}],
        "UpdatedTimestamp": LATER,
    }
    assert body(
        client.get_voice_connector_group(VoiceConnectorGroupId=group_id)
    ) == body(answer)


def test_the_distribution_stays_unless_given(send: Send) -> None:
    """Update changes how calls are distributed only where it says so."""
    distribution = '"CallDistributionType": "LoadBalancedDistribution"'
    created = send(
        "POST", "/voice-connector-groups", f'{{"Name": "a", {distribution}}}'
    )
    id = created.json()["VoiceConnectorGroup"]["VoiceConnectorGroupId"]

    kept = send(
        "PUT", f"/voice-connector-groups/{id}", '{"Name": "b","VoiceConnectorItems":[]}'
    )
    changed = send(
        "PUT",
        f"/voice-connector-groups/{id}",
        '{"Name": "b", "VoiceConnectorItems": [],'
        '"CallDistributionType": "PriorityWeightedDistribution"}',
    )

    assert [
        answer.json()["VoiceConnectorGroup"]["CallDistributionType"]
        for answer in (created, kept, changed)
    ] == [
        "LoadBalancedDistribution",
        "LoadBalancedDistribution",
        "PriorityWeightedDistribution",
    ]


def test_priority_may_be_left_out(send: Send, connector_id: str) -> None:
    """An item without a priority has none."""
    answer = send(
        "POST",
        "/voice-connector-groups",
        json.dumps(
            {"Name": "a", "VoiceConnectorItems": [{"VoiceConnectorId": connector_id}]}
        ),
    )

    assert answer.json()["VoiceConnectorGroup"]["VoiceConnectorItems"] == [
        {"VoiceConnectorId": connector_id, "Priority": None}
    ]


def test_an_unknown_connector_is_not_found(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """Neither Create nor Update takes a connector that does not exist."""
    before = client.get_voice_connector_group(VoiceConnectorGroupId=group_id)

    with pytest.raises(client.exceptions.NotFoundException):
        create_group(client, UNKNOWN)
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.update_voice_connector_group(
            VoiceConnectorGroupId=group_id,
            Name="Deliveries",
            VoiceConnectorItems=items(UNKNOWN),
        )

    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{UNKNOWN}'"
    )
    assert client.list_voice_connector_groups()["VoiceConnectorGroups"] == [
        before["VoiceConnectorGroup"]
    ]


def test_a_connector_is_in_a_group_once(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """The same connector twice is refused."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_group(client, connector_id, connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnectorItems must be different connectors, not twice '{connector_id}'"
    )


def test_three_connectors_are_the_most(client: ChimeSDKVoiceClient) -> None:
    """A group has at most three connectors."""
    ids = [
        client.create_voice_connector(Name=f"{n}", RequireEncryption=True)[
            "VoiceConnector"
        ]["VoiceConnectorId"]
        for n in range(4)
    ]
    create_group(client, *ids[:3])

    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_group(client, *ids)

    assert error.value.response["Error"]["Message"] == (
        "VoiceConnectorItems must have at most 3 items, not 4"
    )


def test_an_empty_group_can_be_deleted(client: ChimeSDKVoiceClient) -> None:
    """A deleted group is neither found nor listed, and Delete answers 204."""
    id = create_group(client)

    answer = client.delete_voice_connector_group(VoiceConnectorGroupId=id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_voice_connector_groups()["VoiceConnectorGroups"] == []
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_voice_connector_group(VoiceConnectorGroupId=id)
    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnectorGroup with Id '{id}'"
    )


def test_connectors_block_the_deletion_of_a_group(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """A group can be deleted only once its connectors are taken out."""
    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_voice_connector_group(VoiceConnectorGroupId=group_id)
    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnectorGroup '{group_id}' must have no VoiceConnectorItems, not 1"
    )

    client.update_voice_connector_group(
        VoiceConnectorGroupId=group_id, Name="Rides", VoiceConnectorItems=[]
    )
    client.delete_voice_connector_group(VoiceConnectorGroupId=group_id)

    assert client.list_voice_connector_groups()["VoiceConnectorGroups"] == []


def test_a_group_blocks_the_deletion_of_its_connectors(
    client: ChimeSDKVoiceClient, send: Send, connector_id: str, other_id: str
) -> None:
    """A connector can be deleted only once no group holds it."""
    create_group(client, other_id)
    group_id = create_group(client, other_id, connector_id)

    blocked = send("DELETE", f"/voice-connectors/{connector_id}")

    assert (blocked.status_code, blocked.json()) == (
        409,
        {
            "Code": "VoiceConnectorGroupAssociationsExist",
            "Message": f"VoiceConnector '{connector_id}' is in VoiceConnectorGroup "
            f"'{group_id}'",
        },
    )
    assert blocked.headers["x-amzn-ErrorType"] == "ConflictException"

    client.update_voice_connector_group(
        VoiceConnectorGroupId=group_id, Name="Rides", VoiceConnectorItems=[]
    )
    client.delete_voice_connector(VoiceConnectorId=connector_id)

    left = client.list_voice_connectors()["VoiceConnectors"]
    assert [connector["VoiceConnectorId"] for connector in left] == [other_id]


def test_list_pages_in_order_of_creation(client: ChimeSDKVoiceClient) -> None:
    """The pages of a list hold every group once, in the order of creation."""
    ids = [create_group(client) for _ in range(5)]

    found = pages(
        client.list_voice_connector_groups, "VoiceConnectorGroups", MaxResults=2
    )

    assert [[group["VoiceConnectorGroupId"] for group in page] for page in found] == [
        ids[0:2],
        ids[2:4],
        ids[4:5],
    ]
