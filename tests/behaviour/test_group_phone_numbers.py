"""The phone numbers of voice connector groups."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from moto.core.models import DEFAULT_ACCOUNT_ID

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.service.phone_numbers import PhoneNumber
from proxymock.service.store import Store

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
OWN = "+12065550101"
DIAL_IN = "+12065550102"
FOREIGN = "+12065550103"


@pytest.fixture
def store(client: ChimeSDKVoiceClient) -> Store:
    """The account's state, with one number for connectors and one to dial in."""
    store = chimesdkvoice_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].store
    for number, product in (
        (OWN, "VoiceConnector"),
        (DIAL_IN, "SipMediaApplicationDialIn"),
    ):
        store.phone_numbers.add(
            number,
            PhoneNumber(
                phone_number_id=number,
                phone_number_arn=store.arn("phone-number", number),
                e164_phone_number=number,
                country="US",
                type="Local",
                product_type=product,
                status="Unassigned",
                capabilities={},
                created_timestamp=store.now(),
                updated_timestamp=store.now(),
                order_id=None,
                sequence=store.account.next_sequence(),
            ),
        )
    return store


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


def test_an_associated_number_is_assigned(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """A number that a group has is Assigned and says to which group."""
    with time_machine.travel(NOON, tick=False):
        errors = associate(client, group_id, OWN)

    assert errors == []
    assert store.phone_numbers[OWN].status == "Assigned"
    assert store.phone_numbers[OWN].associations == [
        {
            "Name": "VoiceConnectorGroupId",
            "Value": group_id,
            "AssociatedTimestamp": NOON,
        }
    ]


def test_errors_are_per_number(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """A number that a group cannot have does not stop the others."""
    errors = associate(client, group_id, FOREIGN, DIAL_IN, OWN)

    assert [(error["PhoneNumberId"], error["ErrorCode"]) for error in errors] == [
        (FOREIGN, "NotFound"),
        (DIAL_IN, "BadRequest"),
    ]
    assert store.phone_numbers[OWN].status == "Assigned"


def test_another_groups_number_is_left_alone(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """A number stays with the group that has it, unless the change is forced."""
    associate(client, group_id, OWN)
    other = create_group(client)

    errors = associate(client, other, OWN)
    before = [each["Value"] for each in store.phone_numbers[OWN].associations]
    forced = associate(client, other, OWN, force=True)
    after = [each["Value"] for each in store.phone_numbers[OWN].associations]

    assert [error["ErrorCode"] for error in errors] == ["PhoneNumberAssociationsExist"]
    assert before == [group_id]
    assert forced == []
    assert after == [other]


def test_a_disassociated_number_is_free(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """A number that was taken from a group is Unassigned."""
    associate(client, group_id, OWN)

    errors = disassociate(client, group_id, OWN)

    assert errors == []
    assert store.phone_numbers[OWN].status == "Unassigned"
    assert store.phone_numbers[OWN].associations == []


def test_disassociating_a_free_number_is_silent(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """Only a number that the account lacks is an error, not one that is not there."""
    associate(client, group_id, OWN)
    other = create_group(client)

    errors = disassociate(client, other, OWN, DIAL_IN, FOREIGN)

    assert [(error["PhoneNumberId"], error["ErrorCode"]) for error in errors] == [
        (FOREIGN, "NotFound")
    ]
    assert store.phone_numbers[OWN].status == "Assigned"


def test_numbers_block_the_deletion_of_a_group(
    client: ChimeSDKVoiceClient, store: Store, group_id: str
) -> None:
    """A group can be deleted only once its numbers are taken away."""
    associate(client, group_id, OWN)

    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_voice_connector_group(VoiceConnectorGroupId=group_id)
    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnectorGroup '{group_id}' must have no phone numbers, not '{OWN}'"
    )

    disassociate(client, group_id, OWN)
    client.delete_voice_connector_group(VoiceConnectorGroupId=group_id)

    assert client.list_voice_connector_groups()["VoiceConnectorGroups"] == []


def test_numbers_of_an_unknown_group(client: ChimeSDKVoiceClient, store: Store) -> None:
    """Both calls do not find a group that does not exist."""
    for call in (associate, disassociate):
        with pytest.raises(client.exceptions.NotFoundException) as error:
            call(client, "no-group", OWN)
        assert error.value.response["Error"]["Message"] == (
            "Could not find VoiceConnectorGroup with Id 'no-group'"
        )
