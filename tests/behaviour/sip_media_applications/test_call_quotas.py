"""The quotas of calls, for those who want them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.desk import (
    ARN,
    CALLER,
    action,
    answer,
    masking,
    open_desk,
    saying,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

LATER = datetime(2100, 1, 2, 12, tzinfo=timezone.utc)
TOO_MANY = "The number of active SIP media application calls must be at most 10, not 11"
enforced = pytest.mark.settings(enforce_quotas=True)


@pytest.fixture(autouse=True)
def application_id(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


def test_no_quotas(phone: Phone, functions: Functions) -> None:
    """Without the setting there may be as many calls as anybody makes."""
    functions.bind(ARN, masking)

    calls = [phone.call(CALLER, NUMBER) for _ in range(6)]

    assert {call.outcome for call in calls} == {"Connected"}


@enforced
def test_calls_that_come_in(phone: Phone, functions: Functions) -> None:
    """Beyond ten legs a call is rejected, and one that ends makes room."""
    functions.bind(ARN, masking)
    calls = [phone.call(CALLER, NUMBER) for _ in range(5)]

    rejected = phone.call(CALLER, NUMBER)
    calls[0].hang_up()
    taken = phone.call(CALLER, NUMBER)

    assert (rejected.outcome, rejected.reason, rejected.events) == (
        "Rejected",
        TOO_MANY,
        (),
    )
    assert rejected.leg("A").sip_response_code == 480
    assert taken.outcome == "Connected"


@enforced
def test_bridges(phone: Phone, functions: Functions) -> None:
    """Beyond ten legs nobody is called, and the ladder says why."""
    hello = answer(action("Speak", Text="Hello"))
    functions.bind(ARN, saying(NEW_INBOUND_CALL=hello))
    for _ in range(9):
        phone.call(CALLER, NUMBER)
    functions.bind(ARN, masking)

    call = phone.call(CALLER, NUMBER)

    assert told(call.events)[1:] == ["2 ACTION_FAILED CallAndBridge SystemException"]
    assert [leg.tag for leg in call.legs] == ["LEG-A"]
    assert f"* {TOO_MANY}" in call.ladder()


@enforced
def test_voice_focus_a_second(phone: Phone, functions: Functions) -> None:
    """With quotas, a sixth VoiceFocus within a second is throttled."""
    focus = action("VoiceFocus", Enable=True)
    hello = action("Speak", Text="Hello")
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(hello, *[focus] * 3)))
    with time_machine.travel(LATER, tick=False):
        calls = [phone.call(CALLER, NUMBER) for _ in range(2)]
    with time_machine.travel(LATER + timedelta(seconds=1), tick=False):
        calls.append(phone.call(CALLER, NUMBER))

    assert [told(call.events)[1:] for call in calls] == [
        ["2 ACTION_SUCCESSFUL VoiceFocus"],
        ["2 ACTION_FAILED VoiceFocus ActionExecutionThrottled"],
        ["2 ACTION_SUCCESSFUL VoiceFocus"],
    ]
