"""Orders of phone numbers, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import LONDON, SEATTLE, acquire, order, phone_number
from kit.oracles.answers import body, pages
from kit.transports.clients import Steer
from proxymock.state.progress import PHONE_NUMBER_ORDER

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 280000, tzinfo=timezone.utc)
LATER = NOON + timedelta(seconds=11)


def status_of(client: ChimeSDKVoiceClient, made: dict[str, Any]) -> str:
    """Read an order and return its status."""
    answer = client.get_phone_number_order(
        PhoneNumberOrderId=made["PhoneNumberOrderId"]
    )
    return answer["PhoneNumberOrder"]["Status"]


def test_create_answers_the_order(client: ChimeSDKVoiceClient) -> None:
    """A new order is Processing, and so are its numbers."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_phone_number_order(
            ProductType="VoiceConnector", E164PhoneNumbers=[SEATTLE[1], SEATTLE[0]]
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "PhoneNumberOrder": {
            "PhoneNumberOrderId": answer["PhoneNumberOrder"]["PhoneNumberOrderId"],
            "ProductType": "VoiceConnector",
            "Status": "Processing",
            "OrderType": "New",
            "OrderedPhoneNumbers": [
                {"E164PhoneNumber": SEATTLE[1], "Status": "Processing"},
                {"E164PhoneNumber": SEATTLE[0], "Status": "Processing"},
            ],
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
        }
    }


def test_order_settles_on_the_next_read(client: ChimeSDKVoiceClient) -> None:
    """The order that is read is Successful, its numbers are Acquired."""
    with time_machine.travel(NOON, tick=False):
        made = order(client, SEATTLE[0])

    with time_machine.travel(LATER, tick=False):
        answer = client.get_phone_number_order(
            PhoneNumberOrderId=made["PhoneNumberOrderId"]
        )

    assert body(answer) == {
        "PhoneNumberOrder": {
            **made,
            "Status": "Successful",
            "OrderedPhoneNumbers": [
                {"E164PhoneNumber": SEATTLE[0], "Status": "Acquired"}
            ],
            "UpdatedTimestamp": LATER,
        }
    }


def test_list_settles_orders_too(client: ChimeSDKVoiceClient) -> None:
    """A list is a read of all orders, and pages in the order of their creation."""
    made = [order(client, number) for number in SEATTLE[:3]]

    found = pages(client.list_phone_number_orders, "PhoneNumberOrders", MaxResults=2)

    ids = [one["PhoneNumberOrderId"] for one in made]
    assert [[one["PhoneNumberOrderId"] for one in page] for page in found] == [
        ids[:2],
        ids[2:],
    ]
    assert [one["Status"] for page in found for one in page] == ["Successful"] * 3


def test_unknown_order(client: ChimeSDKVoiceClient) -> None:
    """An order that nobody made is NotFound."""
    id = "abcdefab-abcd-abcd-abcd-abcdefabcdef"

    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_phone_number_order(PhoneNumberOrderId=id)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find PhoneNumberOrder with Id '{id}'"
    )


def test_order_immediate(client: ChimeSDKVoiceClient, steer: Steer) -> None:
    """With the immediate transition an order is settled from the beginning."""
    steer(PHONE_NUMBER_ORDER, progression="immediate")

    made = order(client, SEATTLE[0])

    assert (made["Status"], made["OrderedPhoneNumbers"]) == (
        "Successful",
        [{"E164PhoneNumber": SEATTLE[0], "Status": "Acquired"}],
    )


def test_order_by_reads(client: ChimeSDKVoiceClient, steer: Steer) -> None:
    """With a manual transition an order is settled at the read of that number."""
    steer(PHONE_NUMBER_ORDER, progression="manual", times=3)
    made = order(client, SEATTLE[0])

    assert [status_of(client, made) for _ in range(4)] == [
        "Processing",
        "Processing",
        "Successful",
        "Successful",
    ]


def test_reads_of_a_number_count(client: ChimeSDKVoiceClient, steer: Steer) -> None:
    """Whoever polls a number, or the list of numbers, reads its order."""
    steer(PHONE_NUMBER_ORDER, progression="manual", times=3)
    made = order(client, *SEATTLE[:3])

    assert phone_number(client, SEATTLE[0])["Status"] == "AcquireInProgress"
    assert [
        number["Status"] for number in client.list_phone_numbers()["PhoneNumbers"]
    ] == ["AcquireInProgress"] * 3
    assert phone_number(client, SEATTLE[1])["Status"] == "Unassigned"
    assert status_of(client, made) == "Successful"


def test_order_by_time(client: ChimeSDKVoiceClient, steer: Steer) -> None:
    """With a transition by time an order is settled then, however often it is read."""
    steer(PHONE_NUMBER_ORDER, progression="time", seconds=11)
    with time_machine.travel(NOON, tick=False):
        made = order(client, SEATTLE[0])
        early = [status_of(client, made) for _ in range(3)]
    with time_machine.travel(LATER + timedelta(minutes=1), tick=False):
        answer = client.get_phone_number_order(
            PhoneNumberOrderId=made["PhoneNumberOrderId"]
        )

    assert early == ["Processing"] * 3
    assert (
        answer["PhoneNumberOrder"]["Status"],
        answer["PhoneNumberOrder"]["UpdatedTimestamp"],
    ) == ("Successful", LATER)
    assert phone_number(client, SEATTLE[0])["UpdatedTimestamp"] == LATER


def test_time_settles_without_a_read(
    client: ChimeSDKVoiceClient, connector_id: str, steer: Steer
) -> None:
    """Once its time has come a number can be used, even if nobody has looked."""
    steer(PHONE_NUMBER_ORDER, progression="time", seconds=11)
    with time_machine.travel(NOON, tick=False):
        order(client, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
        )

    assert body(answer) == {"PhoneNumberErrors": []}


def test_number_that_is_not_acquired_yet_cannot_be_used(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """To use a number is not to read its order, so it is too early."""
    order(client, SEATTLE[0])

    answer = client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
    )

    assert body(answer) == {
        "PhoneNumberErrors": [
            {
                "PhoneNumberId": SEATTLE[0],
                "ErrorCode": "BadRequest",
                "ErrorMessage": f"Phone number '{SEATTLE[0]}' must be Assigned or "
                "Unassigned, not AcquireInProgress",
            }
        ]
    }


def test_order_names_its_numbers(client: ChimeSDKVoiceClient) -> None:
    """The Name of an order is that of each of its numbers."""
    client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=SEATTLE[:2], Name="Front desk"
    )

    names = [number["Name"] for number in client.list_phone_numbers()["PhoneNumbers"]]
    assert names == ["Front desk"] * 2


@pytest.mark.parametrize(
    ("product_type", "numbers", "message"),
    [
        ("VoiceConnector", [], "E164PhoneNumbers must have at least 1 item, not 0"),
        (
            "VoiceConnector",
            [SEATTLE[1], SEATTLE[0]],
            "E164PhoneNumbers must be numbers that the account does not have, "
            f"not '{SEATTLE[0]}'",
        ),
        (
            "VoiceConnector",
            [SEATTLE[1], SEATTLE[1][1:]],
            f"E164PhoneNumbers must have each number once, not '{SEATTLE[1]}' twice",
        ),
        (
            "VoiceConnector",
            [SEATTLE[1], LONDON],
            "E164PhoneNumbers must be numbers of US for VoiceConnector, "
            f"not '{LONDON}'",
        ),
        (
            "SipMediaApplicationDialIn",
            ["+33199000000"],
            "E164PhoneNumbers must be numbers of AT, AU, CA, CH, DE, DK, FI, GB, IE, "
            "IT, KR, NG, NZ, PR, SE, US for SipMediaApplicationDialIn, "
            "not '+33199000000'",
        ),
        (
            "SipMediaApplicationDialIn",
            ["+999"],
            "E164PhoneNumbers must be numbers of AT, AU, CA, CH, DE, DK, FI, GB, IE, "
            "IT, KR, NG, NZ, PR, SE, US for SipMediaApplicationDialIn, not '+999'",
        ),
        (
            "SipMediaApplicationDialIn",
            ["+390612345678"],
            "E164PhoneNumbers must be TollFree numbers in IT, not '+390612345678'",
        ),
        *(
            (
                "VoiceConnector",
                [SEATTLE[1], number],
                "E164PhoneNumbers must be as long as numbers of US are, "
                f"not '{number}'",
            )
            for number in ("+12065551", "+15551234", "+120655512345")
        ),
    ],
)
def test_bad_order_is_refused(
    client: ChimeSDKVoiceClient, product_type: Any, numbers: list[str], message: str
) -> None:
    """An order that cannot be is BadRequest, and none of its numbers is ordered."""
    acquire(client, SEATTLE[0])

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.create_phone_number_order(
            ProductType=product_type, E164PhoneNumbers=numbers
        )

    assert error.value.response["Error"]["Message"] == message
    assert len(client.list_phone_number_orders()["PhoneNumberOrders"]) == 1
    assert len(client.list_phone_numbers()["PhoneNumbers"]) == 1
