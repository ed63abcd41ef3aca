"""The deletion queue of phone numbers, as a user of boto3 sees it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import time_machine

from kit.builders.numbers import NOT_FOR_SALE, SEATTLE, acquire, order, phone_number
from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 521000, tzinfo=timezone.utc)
LATER = NOON + timedelta(hours=1)
A_WEEK = timedelta(days=7)


def test_deleted_number_waits_seven_days(client: ChimeSDKVoiceClient) -> None:
    """A deleted number stays in the queue, and in the account, for a week."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.delete_phone_number(PhoneNumberId=SEATTLE[0])
        queued = phone_number(client, SEATTLE[0])
    with time_machine.travel(LATER + A_WEEK - timedelta(milliseconds=1), tick=False):
        last = phone_number(client, SEATTLE[0])

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert queued == {
        **before,
        "Status": "DeleteInProgress",
        "UpdatedTimestamp": LATER,
        "DeletionTimestamp": LATER + A_WEEK,
    }
    assert last == queued


def test_released_number_can_be_ordered_again(client: ChimeSDKVoiceClient) -> None:
    """After the week a number is gone, and is offered like any other."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        client.delete_phone_number(PhoneNumberId=SEATTLE[0])
    with time_machine.travel(NOON + A_WEEK, tick=False):
        with pytest.raises(client.exceptions.NotFoundException):
            client.get_phone_number(PhoneNumberId=SEATTLE[0])
        offered = client.search_available_phone_numbers(AreaCode="206", MaxResults=1)
        again = order(client, SEATTLE[0])

        assert offered["E164PhoneNumbers"] == [SEATTLE[0]]
        assert (
            phone_number(client, SEATTLE[0])["OrderId"] == again["PhoneNumberOrderId"]
        )


def test_restored_number_stays(client: ChimeSDKVoiceClient) -> None:
    """A number that is restored in time is as it was, but for its update."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
        client.delete_phone_number(PhoneNumberId=SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.restore_phone_number(PhoneNumberId=SEATTLE[0])

    assert body(answer) == {"PhoneNumber": {**before, "UpdatedTimestamp": LATER}}
    with time_machine.travel(NOON + A_WEEK, tick=False):
        assert phone_number(client, SEATTLE[0])["Status"] == "Unassigned"


def test_only_queued_numbers_are_restored(client: ChimeSDKVoiceClient) -> None:
    """To restore a number that is not in the queue is BadRequest."""
    acquire(client, SEATTLE[0])

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.restore_phone_number(PhoneNumberId=SEATTLE[0])

    assert error.value.response["Error"]["Message"] == (
        f"Phone number '{SEATTLE[0]}' must be DeleteInProgress, not Unassigned"
    )


def test_batch_delete_reports_per_number(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Numbers that cannot be deleted are named as they were sent; the others are."""
    associated, queued, free = SEATTLE[:3]
    acquire(client, associated, queued, free)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[associated]
    )
    client.delete_phone_number(PhoneNumberId=queued)

    answer = client.batch_delete_phone_number(
        PhoneNumberIds=[quote(associated), free, queued, "nobody"]
    )

    assert body(answer) == {
        "PhoneNumberErrors": [
            {
                "PhoneNumberId": quote(associated),
                "ErrorCode": "PhoneNumberAssociationsExist",
                "ErrorMessage": f"Phone number '{associated}' is associated; "
                "disassociate it first",
            },
            {
                "PhoneNumberId": queued,
                "ErrorCode": "BadRequest",
                "ErrorMessage": f"Phone number '{queued}' must be Unassigned, "
                "not DeleteInProgress",
            },
            {
                "PhoneNumberId": "nobody",
                "ErrorCode": "NotFound",
                "ErrorMessage": "Could not find PhoneNumber with Id 'nobody'",
            },
        ]
    }
    assert phone_number(client, free)["Status"] == "DeleteInProgress"


def test_associated_number_is_not_deleted(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """To delete a number that is associated is BadRequest and changes nothing."""
    acquire(client, SEATTLE[0])
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
    )
    before = phone_number(client, SEATTLE[0])

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.delete_phone_number(PhoneNumberId=SEATTLE[0])

    assert error.value.response["Error"]["Message"] == (
        f"Phone number '{SEATTLE[0]}' is associated; disassociate it first"
    )
    assert phone_number(client, SEATTLE[0]) == before


def test_number_that_was_never_acquired_leaves_at_once(
    client: ChimeSDKVoiceClient,
) -> None:
    """A failed number does not wait in the queue."""
    acquire(client, NOT_FOR_SALE)

    client.delete_phone_number(PhoneNumberId=NOT_FOR_SALE)

    assert client.list_phone_numbers()["PhoneNumbers"] == []


@pytest.mark.settings(enforce_quotas=True)
def test_queued_numbers_are_outside_the_quota(client: ChimeSDKVoiceClient) -> None:
    """Five numbers may be owned; one in the queue leaves room, and needs it back."""
    acquire(client, *SEATTLE[:5])
    client.delete_phone_number(PhoneNumberId=SEATTLE[0])
    acquire(client, SEATTLE[5])

    with pytest.raises(client.exceptions.ResourceLimitExceededException) as error:
        client.restore_phone_number(PhoneNumberId=SEATTLE[0])
    with pytest.raises(client.exceptions.ResourceLimitExceededException):
        order(client, SEATTLE[6])

    assert error.value.response["Error"]["Message"] == (
        "The number of phone numbers per account must be at most 5, not 6"
    )
    assert phone_number(client, SEATTLE[0])["Status"] == "DeleteInProgress"
