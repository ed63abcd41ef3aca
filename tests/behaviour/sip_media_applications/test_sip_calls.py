"""Calls of SIP media applications, as a user of boto3 sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.sip import NUMBER, UNKNOWN_ID, create_application, own
from kit.oracles.answers import body
from kit.transports.clients import Connect
from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.sandbox_client import Phone
from proxymock.state.calls import Call, Request

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SOMEBODY = "+12065550199"


@pytest.fixture(autouse=True)
def number(client: ChimeSDKVoiceClient) -> None:
    """A number to call from."""
    own(client)


def call(
    client: ChimeSDKVoiceClient,
    application_id: str,
    from_number: str = NUMBER,
    headers: dict[str, str] | None = None,
) -> str:
    """Have an application call somebody; return the id of the transaction."""
    answer = client.create_sip_media_application_call(
        FromPhoneNumber=from_number,
        ToPhoneNumber=SOMEBODY,
        SipMediaApplicationId=application_id,
        SipHeaders=headers or {},
    )
    return answer["SipMediaApplicationCall"]["TransactionId"]


def kept(application_id: str) -> list[Call]:
    """Return the calls that an application has made, which no operation lists."""
    store = chimesdkvoice_backends["123456789012"]["us-east-1"].store
    calls = store.account.calls.of_application("us-east-1")
    return [
        call
        for call in calls
        if call.target and call.target.sip_media_application_id == application_id
    ]


def test_create_answers_a_transaction(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A call is made with 201, and answered with the id of its transaction."""
    answer = client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER,
        ToPhoneNumber=SOMEBODY,
        SipMediaApplicationId=application_id,
        SipHeaders={"X-Order": "7"},
        ArgumentsMap={"language": "nl"},
    )
    (made,) = kept(application_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "SipMediaApplicationCall": {"TransactionId": made.transaction_id}
    }
    [leg] = made.legs
    assert (leg.from_number, leg.to_number) == (NUMBER, SOMEBODY)
    assert leg.sip_headers == {"X-Order": "7"}
    assert made.requests == [Request("Create", {"language": "nl"})]


def test_update_sends_arguments(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Update answers the call with 202, and its function gets these arguments only."""
    transaction_id = call(client, application_id)
    client.update_sip_media_application_call(
        SipMediaApplicationId=application_id,
        TransactionId=transaction_id,
        Arguments={"language": "nl"},
    )

    answer = client.update_sip_media_application_call(
        SipMediaApplicationId=application_id,
        TransactionId=transaction_id,
        Arguments={"action": "hang up"},
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert body(answer) == {
        "SipMediaApplicationCall": {"TransactionId": transaction_id}
    }
    [made] = kept(application_id)
    assert made.requests == [Request("Update", {"action": "hang up"})]


@pytest.mark.settings(enforce_quotas=True)
def test_ten_calls_at_a_time(client: ChimeSDKVoiceClient, application_id: str) -> None:
    """With quotas an eleventh call fails, since none of the others has ended."""
    for _ in range(10):
        call(client, application_id)

    with pytest.raises(client.exceptions.ResourceLimitExceededException) as error:
        call(client, application_id)

    assert error.value.response["Error"]["Message"] == (
        "The number of active SIP media application calls must be at most 10, not 11"
    )
    assert len(kept(application_id)) == 10


@pytest.mark.settings(enforce_quotas=True)
def test_call_that_is_over_does_not_count(
    client: ChimeSDKVoiceClient, application_id: str, phone: Phone
) -> None:
    """Who hangs up makes room for another call, and ends all updates of this one."""
    ids = [call(client, application_id) for _ in range(10)]
    phone.calls()[0].hang_up()

    call(client, application_id)

    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id, TransactionId=ids[0], Arguments={}
        )
    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipMediaApplicationCall with Id '{ids[0]}'"
    )


def test_update_of_an_unknown_transaction(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A transaction that an application never had is not found."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id,
            TransactionId=UNKNOWN_ID,
            Arguments={},
        )

    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipMediaApplicationCall with Id '{UNKNOWN_ID}'"
    )


def test_update_of_another_applications_call(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A call is found only through the application that made it."""
    transaction_id = call(client, application_id)

    with pytest.raises(client.exceptions.NotFoundException):
        client.update_sip_media_application_call(
            SipMediaApplicationId=create_application(client),
            TransactionId=transaction_id,
            Arguments={},
        )


def test_update_through_an_unknown_application(client: ChimeSDKVoiceClient) -> None:
    """An application that does not exist is not found."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.update_sip_media_application_call(
            SipMediaApplicationId=UNKNOWN_ID, TransactionId=UNKNOWN_ID, Arguments={}
        )

    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipMediaApplication with Id '{UNKNOWN_ID}'"
    )


def test_create_through_an_unknown_application(client: ChimeSDKVoiceClient) -> None:
    """Create declares no NotFoundException, so an unknown application is bad input."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, UNKNOWN_ID)

    assert error.value.response["Error"]["Message"] == (
        "SipMediaApplicationId must refer to an existing SipMediaApplication, not "
        f"'{UNKNOWN_ID}'"
    )


def test_number_without_plus_is_the_same(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Both numbers may be given without their plus signs."""
    client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER.removeprefix("+"),
        ToPhoneNumber=SOMEBODY.removeprefix("+"),
        SipMediaApplicationId=application_id,
    )

    (made,) = kept(application_id)
    assert (made.legs[0].from_number, made.legs[0].to_number) == (NUMBER, SOMEBODY)


def test_caller_must_be_in_the_inventory(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A call can be made only from a number that the account owns."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, application_id, SOMEBODY)

    assert error.value.response["Error"]["Message"] == (
        f"FromPhoneNumber must refer to an existing PhoneNumber, not '{SOMEBODY}'"
    )
    assert kept(application_id) == []


def test_caller_must_be_in_the_inventory_of_the_region(
    connect: Connect, application_id: str
) -> None:
    """A number that the account owns in another region is not in the inventory."""
    own(connect(region="us-west-2"), SOMEBODY)

    with pytest.raises(connect().exceptions.BadRequestException):
        call(connect(), application_id, SOMEBODY)


def test_caller_must_be_for_applications(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A call needs a number with the product type of SIP media applications."""
    own(client, SOMEBODY, product_type="VoiceConnector")

    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, application_id, SOMEBODY)

    assert error.value.response["Error"]["Message"] == (
        "FromPhoneNumber must be a number with the product type "
        "SipMediaApplicationDialIn, not VoiceConnector"
    )


def test_caller_must_not_be_deleted(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A number in the deletion queue is not in the inventory any more."""
    client.delete_phone_number(PhoneNumberId=NUMBER)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, application_id)

    assert error.value.response["Error"]["Message"] == (
        "FromPhoneNumber must be a number that is ready for use, not DeleteInProgress"
    )


@pytest.mark.parametrize(
    "header", ["x-order", "X-Order", "User-to-User", "user-to-user", "Diversion"]
)
def test_sip_header_is_allowed(
    client: ChimeSDKVoiceClient, application_id: str, header: str
) -> None:
    """A SIP header is an extension or one of two others, in any case."""
    call(client, application_id, headers={header: "value"})

    assert [made.legs[0].sip_headers for made in kept(application_id)] == [
        {header: "value"}
    ]


@pytest.mark.parametrize(
    "header", ["From", "x-", "x-amzn-trace", "X-Amzn-Trace", "Diversions"]
)
def test_sip_header_is_refused(
    client: ChimeSDKVoiceClient, application_id: str, header: str
) -> None:
    """Other headers, and those that AWS keeps for itself, are refused."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, application_id, headers={header: "value"})

    assert error.value.response["Error"]["Message"] == (
        "SipHeaders must be User-to-User, Diversion, or begin with x- but not with "
        f"x-amzn, not '{header}'"
    )


def test_sip_headers_have_a_limit(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """All SIP headers together have at most 2,048 characters."""
    call(client, application_id, headers={"x-a": "v" * 1021, "x-b": "v" * 1021})

    with pytest.raises(client.exceptions.BadRequestException) as error:
        call(client, application_id, headers={"x-a": "v" * 1021, "x-b": "v" * 1022})

    assert error.value.response["Error"]["Message"] == (
        "SipHeaders must have at most 2048 characters, not 2049"
    )
