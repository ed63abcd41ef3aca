"""The phone numbers of voice connector groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import NOT_FOR_SALE, SEATTLE, acquire, phone_number
from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2028, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
OWN, DIAL_IN = SEATTLE[:2]
FOREIGN = NOT_FOR_SALE


@pytest.fixture(autouse=True)
def numbers(client: ChimeSDKVoiceClient) -> None:
    """One number for connectors and one to dial in."""
    acquire(client, OWN)
    acquire(client, DIAL_IN, product_type="SipMediaApplicationDialIn")


@pytest.fixture
def group_id(client: ChimeSDKVoiceClient) -> str:
    """An empty group."""
    return create_group(client)


def create_group(client: ChimeSDKVoiceClient) -> str:
    """Return the id of a new group without connectors."""
    answer = client.create_voice_connector_group(Name="Rides")
    return answer["VoiceConnectorGroup"]["VoiceConnectorGroupId"]


def associate(
    client: ChimeSDKVoiceClient, group_id: str, *numbers: str, force: bool = False
) -> list[Any]:
    """Associate numbers with a group and return the errors."""
    return client.associate_phone_numbers_with_voice_connector_group(
        VoiceConnectorGroupId=group_id,
        E164PhoneNumbers=numbers,
        ForceAssociate=force,
    )["PhoneNumberErrors"]


def disassociate(
    client: ChimeSDKVoiceClient, group_id: str, *numbers: str
) -> list[Any]:
    """Disassociate numbers from a group and return the errors."""
    return client.disassociate_phone_numbers_from_voice_connector_group(
        VoiceConnectorGroupId=group_id, E164PhoneNumbers=numbers
    )["PhoneNumberErrors"]


def holders(client: ChimeSDKVoiceClient) -> list[str]:
    """Return what the number for connectors is associated with."""
    return [made["Value"] for made in phone_number(client, OWN)["Associations"]]


def test_an_associated_number_is_assigned(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """A number that a group has is Assigned and says to which group."""
    free = phone_number(client, OWN)

    with time_machine.travel(NOON, tick=False):
        errors = associate(client, group_id, OWN)

    assert errors == []
    assert phone_number(client, OWN) == {
        **free,
        "Status": "Assigned",
        "UpdatedTimestamp": NOON,
        "Associations": [
            {
                "Name": "VoiceConnectorGroupId",
                "Value": group_id,
                "AssociatedTimestamp": NOON,
            }
        ],
    }


def test_errors_are_per_number(client: ChimeSDKVoiceClient, group_id: str) -> None:
    """A number that a group cannot have does not stop the others."""
    errors = associate(client, group_id, FOREIGN, DIAL_IN, OWN)

    assert errors == [
        {
            "PhoneNumberId": FOREIGN,
            "ErrorCode": "NotFound",
            "ErrorMessage": f"Could not find PhoneNumber with Id '{FOREIGN}'",
        },
        {
            "PhoneNumberId": DIAL_IN,
            "ErrorCode": "BadRequest",
            "ErrorMessage": f"Phone number '{DIAL_IN}' must have the product type "
            "VoiceConnector, not SipMediaApplicationDialIn",
        },
    ]
    assert holders(client) == [group_id]


def test_another_groups_number_is_left_alone(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """A number stays with the group that has it, unless the change is forced."""
    associate(client, group_id, OWN)
    other = create_group(client)

    errors = associate(client, other, OWN)
    before = holders(client)
    forced = associate(client, other, OWN, force=True)

    assert [error["ErrorCode"] for error in errors] == ["PhoneNumberAssociationsExist"]
    assert before == [group_id]
    assert forced == []
    assert holders(client) == [other]


def test_a_disassociated_number_is_free(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """A number that was taken from a group is Unassigned."""
    associate(client, group_id, OWN)

    errors = disassociate(client, group_id, OWN)

    assert errors == []
    assert phone_number(client, OWN)["Status"] == "Unassigned"
    assert holders(client) == []


def test_disassociating_a_free_number_is_silent(
    client: ChimeSDKVoiceClient, group_id: str
) -> None:
    """Only a number that the account lacks is an error, not one that is not there."""
    associate(client, group_id, OWN)
    other = create_group(client)

    errors = disassociate(client, other, OWN, DIAL_IN, FOREIGN)

    assert [(error["PhoneNumberId"], error["ErrorCode"]) for error in errors] == [
        (FOREIGN, "NotFound")
    ]
    assert holders(client) == [group_id]


def test_numbers_block_the_deletion_of_a_group(
    client: ChimeSDKVoiceClient, send: Send, group_id: str
) -> None:
    """A group can be deleted only once its numbers are taken away."""
    associate(client, group_id, OWN)

    blocked = send("DELETE", f"/voice-connector-groups/{group_id}")

    assert (blocked.status_code, blocked.json()) == (
        409,
        {
            "Code": "PhoneNumberAssociationsExist",
            "Message": f"VoiceConnectorGroup '{group_id}' must have no phone numbers, "
            f"not '{OWN}'",
        },
    )
    assert blocked.headers["x-amzn-ErrorType"] == "ConflictException"

    disassociate(client, group_id, OWN)
    client.delete_voice_connector_group(VoiceConnectorGroupId=group_id)

    assert client.list_voice_connector_groups()["VoiceConnectorGroups"] == []


@pytest.mark.parametrize("call", [associate, disassociate])
def test_numbers_of_an_unknown_group(
    client: ChimeSDKVoiceClient, call: Callable[..., object]
) -> None:
    """Both calls do not find a group that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        call(client, "no-group", OWN)

    assert error.value.response["Error"]["Message"] == (
        "Could not find VoiceConnectorGroup with Id 'no-group'"
    )
