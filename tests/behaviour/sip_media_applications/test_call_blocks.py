"""A call in a ``with`` block: leaving the block hangs up, and does no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import ARN, CALLER, COURIER, open_desk, saying, told
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Functions, Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture(autouse=True)
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


@pytest.fixture
def ringing(client: ChimeSDKVoiceClient, phone: Phone, desk: str) -> None:
    """A call by the application that nobody has answered yet."""
    phone.person(COURIER, answers="by hand")
    client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER, ToPhoneNumber=COURIER, SipMediaApplicationId=desk
    )


@pytest.mark.usefixtures("ringing")
class TestOutboundCall:
    """An application calls somebody, who is leg A."""

    def test_call_that_rings_goes_on(self, phone: Phone) -> None:
        """Who has not answered has nothing to hang up."""
        [call] = phone.calls("Ringing")

        with call:
            pass

        assert (call.status, call.leg("A").status) == ("Ringing", "Ringing")

    def test_call_that_was_answered_ends(
        self, phone: Phone, functions: Functions
    ) -> None:
        """Who has answered hangs up."""
        functions.bind(ARN, saying())
        [call] = phone.calls("Ringing")

        with call:
            call.answer("A")

        assert (call.status, told(call.events)) == (
            "Ended",
            ["1 CALL_ANSWERED", "2 HANGUP LEG-A 0"],
        )


def test_caller_gives_up(phone: Phone, functions: Functions) -> None:
    """A caller whom nobody answers yet hangs up."""
    functions.bind(ARN, saying())

    with phone.call(CALLER, NUMBER) as call:
        before = call.leg("A").status

    assert (before, call.status, call.leg("A").sip_response_code) == (
        "Ringing",
        "Ended",
        480,
    )


def test_call_that_is_over(phone: Phone, functions: Functions) -> None:
    """A call that has ended in the block stays as it is."""
    functions.bind(ARN, saying())

    with phone.call(CALLER, NUMBER) as call:
        call.hang_up()

    assert told(call.events) == ["1 NEW_INBOUND_CALL", "2 HANGUP LEG-A 480"]


def test_call_that_is_no_more(phone: Phone, snapshot: Snapshot) -> None:
    """A state from before the call was loaded: there is nothing to hang up."""
    before = snapshot.export()

    with phone.call(CALLER, NUMBER):
        other = phone.call(COURIER, NUMBER)
        snapshot.load(before)

    assert phone.calls() == []
    with pytest.raises(SandboxError, match=f"There is no call '{other.id}'"):
        other.hang_up()


def test_exception_of_the_block(phone: Phone, snapshot: Snapshot) -> None:
    """What the block raises comes out of it, even if the call is no more."""
    before = snapshot.export()

    def fail() -> None:
        with phone.call(CALLER, NUMBER):
            snapshot.load(before)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
