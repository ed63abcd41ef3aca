"""Which numbers can be had, and that those without a search do all that others do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from owned_numbers import NOT_FOR_SALE, SEATTLE, acquire, order, phone_number
from proxymock.plugin.sandbox_client import Phone
from rides import RIDER
from sip import create_application, create_rule
from support import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

LOCAL = "+12062345678"
DIAL_IN: Any = "SipMediaApplicationDialIn"


@pytest.mark.parametrize(
    ("number", "product_type", "country", "type"),
    [
        (LOCAL, "VoiceConnector", "US", "Local"),
        ("+18662345678", "VoiceConnector", "US", "TollFree"),
        ("+15551234567", "VoiceConnector", "US", "Local"),  # no area has it
        ("+12065550200", "VoiceConnector", "US", "Local"),  # next to those set aside
        ("+442071234567", DIAL_IN, "GB", "Local"),
        ("+448001234567", DIAL_IN, "GB", "TollFree"),
        ("+39800123456", DIAL_IN, "IT", "TollFree"),
        ("+14165551234", DIAL_IN, "CA", "Local"),
    ],
)
def test_possible_number_is_acquired(
    client: ChimeSDKVoiceClient,
    number: str,
    product_type: Any,
    country: str,
    type: str,
) -> None:
    """A possible number of the product's countries can be ordered without a search."""
    made = order(client, number, product_type=product_type)

    settled = client.get_phone_number_order(
        PhoneNumberOrderId=made["PhoneNumberOrderId"]
    )["PhoneNumberOrder"]
    owned = phone_number(client, number)

    assert (settled["Status"], settled["OrderedPhoneNumbers"]) == (
        "Successful",
        [{"E164PhoneNumber": number, "Status": "Acquired"}],
    )
    assert (owned["Status"], owned["Country"], owned["Type"]) == (
        "Unassigned",
        country,
        type,
    )


@pytest.mark.parametrize(
    ("numbers", "status", "outcomes"),
    [
        ([SEATTLE[0]], "Successful", ["Acquired"]),
        ([SEATTLE[0], NOT_FOR_SALE], "Partial", ["Acquired", "Failed"]),
        ([NOT_FOR_SALE], "Failed", ["Failed"]),
    ],
)
def test_numbers_that_are_set_aside_fail(
    client: ChimeSDKVoiceClient, numbers: list[str], status: str, outcomes: list[str]
) -> None:
    """A number that is set aside for proxy sessions is not acquired; others are."""
    made = order(client, *numbers)

    settled = client.get_phone_number_order(
        PhoneNumberOrderId=made["PhoneNumberOrderId"]
    )["PhoneNumberOrder"]

    assert (
        settled["Status"],
        [number["Status"] for number in settled["OrderedPhoneNumbers"]],
    ) == (status, outcomes)


def test_failed_number_says_so(client: ChimeSDKVoiceClient) -> None:
    """A number that was not acquired is AcquireFailed."""
    acquire(client, NOT_FOR_SALE)

    assert phone_number(client, NOT_FOR_SALE)["Status"] == "AcquireFailed"


def test_number_of_a_connector_is_reached(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
) -> None:
    """A connector takes the number, and calls to it reach its telephone system."""
    acquire(client, LOCAL)
    answer = client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[LOCAL]
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={
            "Routes": [{"Host": "sip.example.com", "Protocol": "TCP", "Priority": 1}],
            "Disabled": False,
        },
    )

    assert body(answer) == {"PhoneNumberErrors": []}
    assert phone.call(RIDER, LOCAL).connected_to == "sip.example.com"


def test_number_of_an_application(client: ChimeSDKVoiceClient, phone: Phone) -> None:
    """A number is a rule's trigger and the caller id of the application's own calls."""
    acquire(client, LOCAL, product_type=DIAL_IN)
    application_id = create_application(client)
    create_rule(client, LOCAL, application_id)

    answer = client.create_sip_media_application_call(
        FromPhoneNumber=LOCAL,
        ToPhoneNumber=RIDER,
        SipMediaApplicationId=application_id,
    )

    assert list(answer["SipMediaApplicationCall"]) == ["TransactionId"]
    assert phone.call(RIDER, LOCAL).connected_to == application_id


def test_number_of_a_termination(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A number is the default of a connector's termination."""
    acquire(client, LOCAL)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[LOCAL]
    )

    answer = client.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={"DefaultPhoneNumber": LOCAL, "CallingRegions": ["US"]},
    )

    assert answer["Termination"]["DefaultPhoneNumber"] == LOCAL


@pytest.mark.settings(proxy_numbers="connector")
def test_number_of_a_proxy_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A number masks the participants where connectors bring their own numbers."""
    acquire(client, LOCAL)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=proxy_connector_id, E164PhoneNumbers=[LOCAL]
    )

    session = client.create_proxy_session(
        VoiceConnectorId=proxy_connector_id,
        ParticipantPhoneNumbers=[RIDER, "+14015550101"],
        Capabilities=["Voice"],
    )["ProxySession"]

    assert [one["ProxyPhoneNumber"] for one in session["Participants"]] == [LOCAL] * 2


def test_deleted_number_is_restored(client: ChimeSDKVoiceClient) -> None:
    """A number in the deletion queue is taken out of it."""
    acquire(client, LOCAL)
    client.delete_phone_number(PhoneNumberId=LOCAL)

    restored = client.restore_phone_number(PhoneNumberId=LOCAL)["PhoneNumber"]

    assert restored["Status"] == "Unassigned"
