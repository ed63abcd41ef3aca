"""Updates of phone numbers and of the account's calling name, through boto3."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import (
    LONDON,
    SEATTLE,
    TOLL_FREE,
    acquire,
    order,
    phone_number,
)
from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 911000, tzinfo=timezone.utc)
LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        ({"Name": "Front desk"}, {"Name": "Front desk"}),
        (
            {"CallingName": "Rides"},
            {"CallingName": "Rides", "CallingNameStatus": "UpdateSucceeded"},
        ),
        (
            {"ProductType": "SipMediaApplicationDialIn"},
            {"ProductType": "SipMediaApplicationDialIn"},
        ),
    ],
)
def test_update_changes_one_attribute(
    client: ChimeSDKVoiceClient, change: Any, changed: dict[str, str]
) -> None:
    """The attribute is set at once, and nothing else but the timestamp."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.update_phone_number(PhoneNumberId=SEATTLE[0], **change)

    expected = {**before, **changed, "UpdatedTimestamp": LATER}
    assert body(answer) == {"PhoneNumber": expected}
    assert phone_number(client, SEATTLE[0]) == expected


@pytest.mark.parametrize("attribute", ["Name", "CallingName"])
def test_empty_text_takes_away(client: ChimeSDKVoiceClient, attribute: str) -> None:
    """An empty name or calling name is none."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
        given: Any = {attribute: "Rides"}
        client.update_phone_number(PhoneNumberId=SEATTLE[0], **given)

        answer = client.update_phone_number(PhoneNumberId=SEATTLE[0], **{attribute: ""})  # type: ignore[arg-type]

    assert body(answer) == {"PhoneNumber": before}


def test_update_of_nothing(client: ChimeSDKVoiceClient) -> None:
    """An update without an attribute changes nothing."""
    acquire(client, SEATTLE[0])
    before = phone_number(client, SEATTLE[0])

    answer = client.update_phone_number(PhoneNumberId=SEATTLE[0])

    assert body(answer) == {"PhoneNumber": before}


@pytest.mark.parametrize(
    ("number", "changes", "message"),
    [
        (
            SEATTLE[0],
            {"Name": "Front desk", "CallingName": "Rides"},
            "CallingName and Name must be updated one at a time, not together",
        ),
        (
            TOLL_FREE[0],
            {"CallingName": "Rides"},
            f"CallingName must be left out for the toll-free number '{TOLL_FREE[0]}'",
        ),
        (
            LONDON,
            {"ProductType": "VoiceConnector"},
            "ProductType must be one for numbers of GB, not VoiceConnector",
        ),
        (
            SEATTLE[1],
            {"ProductType": "SipMediaApplicationDialIn"},
            f"Phone number '{SEATTLE[1]}' must be Unassigned, not Assigned",
        ),
        (
            SEATTLE[2],
            {"Name": "Front desk"},
            f"Phone number '{SEATTLE[2]}' must be Assigned or Unassigned, "
            "not DeleteInProgress",
        ),
    ],
)
def test_bad_update_is_refused(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    number: str,
    changes: Any,
    message: str,
) -> None:
    """An update that a number cannot take is BadRequest and changes nothing."""
    acquire(client, *SEATTLE[:3], TOLL_FREE[0])
    acquire(client, LONDON, product_type="SipMediaApplicationDialIn")
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[1]]
    )
    client.delete_phone_number(PhoneNumberId=SEATTLE[2])
    before = phone_number(client, number)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.update_phone_number(PhoneNumberId=number, **changes)

    assert error.value.response["Error"]["Message"] == message
    assert phone_number(client, number) == before


def test_assigned_number_keeps_its_product_type(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """The product type that a number has already is no change, and no error."""
    acquire(client, SEATTLE[0])
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
    )

    answer = client.update_phone_number(
        PhoneNumberId=SEATTLE[0], ProductType="VoiceConnector"
    )

    assert answer["PhoneNumber"]["ProductType"] == "VoiceConnector"


def test_list_follows_a_product_type(client: ChimeSDKVoiceClient) -> None:
    """A number is listed by the product type that it has got."""
    acquire(client, SEATTLE[0])

    client.update_phone_number(
        PhoneNumberId=SEATTLE[0], ProductType="SipMediaApplicationDialIn"
    )

    assert client.list_phone_numbers(ProductType="VoiceConnector")["PhoneNumbers"] == []
    assert [
        number["E164PhoneNumber"]
        for number in client.list_phone_numbers(
            ProductType="SipMediaApplicationDialIn"
        )["PhoneNumbers"]
    ] == [SEATTLE[0]]


def test_batch_update_reports_per_number(client: ChimeSDKVoiceClient) -> None:
    """Numbers that cannot be updated are named as they were sent; the others are."""
    acquire(client, *SEATTLE[:2])
    order(client, SEATTLE[2])

    answer = client.batch_update_phone_number(
        UpdatePhoneNumberRequestItems=[
            {"PhoneNumberId": SEATTLE[0], "Name": "Front desk"},
            {"PhoneNumberId": SEATTLE[1], "Name": "Back", "CallingName": "Back"},
            {"PhoneNumberId": "%2B12065550102", "CallingName": "Rides"},
            {"PhoneNumberId": "+12065550149", "Name": "Nobody"},
        ]
    )

    assert body(answer) == {
        "PhoneNumberErrors": [
            {
                "PhoneNumberId": SEATTLE[1],
                "ErrorCode": "BadRequest",
                "ErrorMessage": "CallingName and Name must be updated one at a time, "
                "not together",
            },
            {
                "PhoneNumberId": "%2B12065550102",
                "ErrorCode": "BadRequest",
                "ErrorMessage": f"Phone number '{SEATTLE[2]}' must be Assigned or "
                "Unassigned, not AcquireInProgress",
            },
            {
                "PhoneNumberId": "+12065550149",
                "ErrorCode": "NotFound",
                "ErrorMessage": "Could not find PhoneNumber with Id '+12065550149'",
            },
        ]
    }
    assert phone_number(client, SEATTLE[0])["Name"] == "Front desk"


def test_batch_update_takes_a_number_once(client: ChimeSDKVoiceClient) -> None:
    """A batch that names a number twice is BadRequest as a whole."""
    acquire(client, *SEATTLE[:2])
    before = client.list_phone_numbers()["PhoneNumbers"]

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.batch_update_phone_number(
            UpdatePhoneNumberRequestItems=[
                {"PhoneNumberId": SEATTLE[1], "Name": "Back"},
                {"PhoneNumberId": SEATTLE[0], "Name": "Front desk"},
                {"PhoneNumberId": "%2B12065550100", "CallingName": "Rides"},
            ]
        )

    assert error.value.response["Error"]["Message"] == (
        "UpdatePhoneNumberRequestItems must have each PhoneNumberId once, "
        f"not '{SEATTLE[0]}' twice"
    )
    assert client.list_phone_numbers()["PhoneNumbers"] == before


def test_account_has_no_calling_name_at_first(client: ChimeSDKVoiceClient) -> None:
    """Before the first update there is neither a name nor a time."""
    assert body(client.get_phone_number_settings()) == {}


def test_calling_name_of_the_account(client: ChimeSDKVoiceClient) -> None:
    """The account's calling name can be set, again within seven days too."""
    with time_machine.travel(NOON, tick=False):
        client.update_phone_number_settings(CallingName="Rides")
    with time_machine.travel(LATER, tick=False):
        answer = client.update_phone_number_settings(CallingName="Deliveries")

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert body(client.get_phone_number_settings()) == {
        "CallingName": "Deliveries",
        "CallingNameUpdatedTimestamp": LATER,
    }
