"""The numbers of an account, as a user of boto3 sees them."""

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
from kit.oracles.answers import body, known, pages
from kit.transports.clients import Connect, Send, Steer
from proxymock.state.progress import PHONE_NUMBER_ORDER

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 521000, tzinfo=timezone.utc)
LATER = NOON + timedelta(hours=1)
ALL = ("Call", "MMS", "SMS")


def capabilities(*able: str) -> dict[str, bool]:
    """Return what a number can do, both in and out."""
    return {
        f"{way}{what}": what in able for way in ("Inbound", "Outbound") for what in ALL
    }


def test_get_answers_the_number(client: ChimeSDKVoiceClient) -> None:
    """A number has all that the API documents, and its id is percent-encoded."""
    with time_machine.travel(NOON, tick=False):
        made = order(client, "+12065550100")
    with time_machine.travel(LATER, tick=False):
        answer = client.get_phone_number(PhoneNumberId="+12065550100")

    assert body(answer) == {
        "PhoneNumber": known(
            client,
            "PhoneNumber",
            {
                "PhoneNumberId": "%2B12065550100",
                "PhoneNumberArn": (
                    "arn:aws:chime:us-east-1:123456789012:phone-number/+12065550100"
                ),
                "E164PhoneNumber": "+12065550100",
                "Country": "US",
                "Type": "Local",
                "ProductType": "VoiceConnector",
                "Status": "Unassigned",
                "Capabilities": capabilities("Call", "SMS", "MMS"),
                "Associations": [],
                "CallingNameStatus": "Unassigned",
                "CreatedTimestamp": NOON,
                "UpdatedTimestamp": LATER,
                "OrderId": made["PhoneNumberOrderId"],
            },
        )
    }


@pytest.mark.parametrize(
    ("number", "country", "type"),
    [(TOLL_FREE[0], "US", "TollFree"), (LONDON, "GB", "Local")],
)
def test_other_numbers_only_make_calls(
    client: ChimeSDKVoiceClient, number: str, country: str, type: str
) -> None:
    """Toll-free numbers and those of most countries have no messages."""
    acquire(client, number, product_type="SipMediaApplicationDialIn")

    found = phone_number(client, number)

    assert (found["Country"], found["Type"], found["Capabilities"]) == (
        country,
        type,
        capabilities("Call"),
    )


@pytest.mark.parametrize(
    "id",
    ["+12065550100", "%2B12065550100", "%2b12065550100", "%252B12065550100"],
)
def test_ids_of_one_number(client: ChimeSDKVoiceClient, id: str) -> None:
    """Every spelling of an id addresses the number, in a path and in a body."""
    acquire(client, "+12065550100")

    renamed = client.update_phone_number(PhoneNumberId=id, Name="Front desk")
    errors = client.batch_delete_phone_number(PhoneNumberIds=[id])

    assert renamed["PhoneNumber"]["PhoneNumberId"] == "%2B12065550100"
    assert body(errors) == {"PhoneNumberErrors": []}


def test_plus_may_be_missing_from_an_id(
    send: Send, client: ChimeSDKVoiceClient
) -> None:
    """A plus sign that nobody has encoded, or that is lost, does no harm."""
    acquire(client, "+12065550100")

    answers = [send("GET", f"/phone-numbers/{plus}12065550100") for plus in ("+", "")]

    assert [answer.json()["PhoneNumber"]["PhoneNumberId"] for answer in answers] == [
        "%2B12065550100"
    ] * 2


@pytest.mark.parametrize("id", ["+12065550101", "Front desk", "%2B", "+0"])
def test_unknown_number(client: ChimeSDKVoiceClient, id: str) -> None:
    """A number that the account does not have is NotFound."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_phone_number(PhoneNumberId=id)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find PhoneNumber with Id '{id}'"
    )


@pytest.fixture
def stock(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Six numbers: two associated, one queued for deletion, one for an application."""
    acquire(client, *SEATTLE[:5])
    acquire(client, LONDON, product_type="SipMediaApplicationDialIn")
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[3], SEATTLE[1]]
    )
    client.delete_phone_number(PhoneNumberId=SEATTLE[0])


@pytest.mark.usefixtures("stock")
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [*SEATTLE[:5], LONDON]),
        ({"Status": "Unassigned"}, [SEATTLE[2], SEATTLE[4], LONDON]),
        ({"Status": "DeleteInProgress"}, [SEATTLE[0]]),
        ({"Status": "Lost"}, []),
        ({"ProductType": "SipMediaApplicationDialIn"}, [LONDON]),
        (
            {"ProductType": "VoiceConnector", "Status": "Unassigned"},
            [SEATTLE[2], SEATTLE[4]],
        ),
        (
            {"FilterName": "VoiceConnectorId", "FilterValue": "a" * 22},
            [],
        ),
    ],
)
def test_list_filters(
    client: ChimeSDKVoiceClient, filters: dict[str, Any], expected: list[str]
) -> None:
    """A list has the numbers that fit all filters, in the order of their orders."""
    found = pages(client.list_phone_numbers, "PhoneNumbers", MaxResults=2, **filters)

    assert [number["E164PhoneNumber"] for page in found for number in page] == expected


@pytest.mark.usefixtures("stock")
def test_list_of_a_connector(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """The numbers of a connector can be listed, alone or with other filters."""
    of_connector = {"FilterName": "VoiceConnectorId", "FilterValue": connector_id}
    filters: list[Any] = [of_connector, {**of_connector, "Status": "Unassigned"}]

    found = [client.list_phone_numbers(**each)["PhoneNumbers"] for each in filters]

    assert [[number["E164PhoneNumber"] for number in page] for page in found] == [
        [SEATTLE[1], SEATTLE[3]],
        [],
    ]


@pytest.mark.parametrize(
    "filters", [{"FilterName": "VoiceConnectorId"}, {"FilterValue": "x"}]
)
def test_half_a_filter_is_refused(client: ChimeSDKVoiceClient, filters: Any) -> None:
    """The name of a filter without its value is BadRequest, and the reverse."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.list_phone_numbers(**filters)

    assert error.value.response["Error"]["Message"] == (
        "FilterName and FilterValue must come together"
    )


def test_number_of_another_region(connect: Connect) -> None:
    """A number is known in its own region, and cannot be ordered in a second one."""
    west, east = connect(region="us-west-2"), connect()
    acquire(west, SEATTLE[0])

    assert east.list_phone_numbers()["PhoneNumbers"] == []
    with pytest.raises(east.exceptions.BadRequestException):
        order(east, SEATTLE[0])
    with pytest.raises(east.exceptions.NotFoundException):
        east.get_phone_number(PhoneNumberId=SEATTLE[0])


@pytest.mark.parametrize(
    "operation", ["list_phone_numbers", "list_phone_number_orders"]
)
def test_refused_list_reads_nothing(
    client: ChimeSDKVoiceClient, steer: Steer, operation: str
) -> None:
    """A list with a token that is none does not move an order on."""
    steer(PHONE_NUMBER_ORDER, progression="manual", times=2)
    made = order(client, SEATTLE[0])

    with pytest.raises(client.exceptions.BadRequestException):
        getattr(client, operation)(NextToken="nonsense")

    id = made["PhoneNumberOrderId"]
    reads = [client.get_phone_number_order(PhoneNumberOrderId=id) for _ in range(2)]
    assert [read["PhoneNumberOrder"]["Status"] for read in reads] == [
        "Processing",
        "Successful",
    ]
