"""Calls that legs join, and the one ladder of them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    OTHER_ARN,
    SECOND,
    action,
    answer,
    bridge,
    open_desk,
    open_second_desk,
    saying,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.control import simulation_of
from proxymock.plugin.sandbox_client import Call, Clock, Functions, Phone, Snapshot
from proxymock.sandbox.reads.conversations import Conversation, conversation

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
WHOLE = """\
              +12065550111                Chime SDK 1                      ivr       Chime SDK 2                     other     +12065550122
                    |                          |                            |             |                            |             |
   0.000 s          |-- INVITE +12065550100 -->|                            |             |                            |             |
   0.000 s          |                          |---- 1 NEW_INBOUND_CALL --->|             |                            |             |
   0.000 s          |                          |<----- CallAndBridge -------|             |                            |             |
   0.000 s          |                          |-- INVITE +12065550101 from +120655501… ->|                            |             |
   0.000 s          |                          |<------------- 180 Ringing ---------------|                            |             |
   0.000 s          |                          |                            |             |---- 1 NEW_INBOUND_CALL --->|             |
   0.000 s          |                          |                            |             |<----- CallAndBridge -------|             |
   0.000 s          |                          |                            |             |-- INVITE +12065550122 from +120655501… ->|
   0.000 s          |                          |                            |             |<------------- 180 Ringing ---------------|
   3.000 s          |                          |                            |             |<---------------- 200 OK -----------------|
   3.000 s          |                          |<---------------- 200 OK -----------------|                            |             |
   3.000 s          |<-------- 200 OK ---------|                            |             |                            |             |
   3.000 s          |                          |-- 2 ACTION_SUCCESSFUL C… ->|             |                            |             |
   3.000 s          |                          |<------- no actions --------|             |                            |             |
   3.000 s          |                          |                            |             |-- 2 ACTION_SUCCESSFUL C… ->|             |
   3.000 s          |                          |                            |             |<------ Speak, Speak -------|             |
   3.000 s          |                          |<--------------- "Hello" -----------------|                            |             |
   3.000 s          | ! Call 2: Actions[1].Parameters.Text is required
   3.000 s          |                          |                            |             |-- 3 ACTION_FAILED Speak… ->|             |
   3.000 s          |                          |                            |             |<------- no actions --------|             |
   5.000 s          |--------- key 1 --------->|                            |             |                            |             |
   5.000 s          | * Call 1: no action waits for keys on LEG-A
   5.000 s          |--------- key 2 --------->|                            |             |                            |             |
   5.000 s          | * Call 1: no action waits for keys on LEG-A
   5.000 s          |                          |---------------- tones 12 --------------->|                            |             |
   5.000 s          | * Call 2: no action waits for keys on LEG-A
   5.000 s          | * Call 2: no action waits for keys on LEG-A
   5.000 s          |                          |                            |             |---------------- tones 12 --------------->|
   6.000 s          |---------- BYE ---------->|                            |             |                            |             |
   6.000 s          |                          |----- 3 HANGUP LEG-A 0 ---->|             |                            |             |
   6.000 s          |                          |<------- no actions --------|             |                            |             |"""  # noqa: E501 - twenty characters more for each party after the fourth


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def second_application(client: ChimeSDKVoiceClient, functions: Functions) -> str:
    """NUMBER puts through to SECOND, whose application puts through to the courier."""
    open_desk(client)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(SECOND))))
    ahead = answer(bridge(COURIER, SECOND))
    wrong = answer(action("Speak", Text="Hello"), action("Speak"))
    functions.bind(OTHER_ARN, saying(NEW_INBOUND_CALL=ahead, ACTION_SUCCESSFUL=wrong))
    return open_second_desk(client)


def test_whole_ladder(phone: Phone, clock: Clock) -> None:
    """All parties stand side by side; what both calls have of a leg is one line."""
    phone.person(COURIER, answers="at once", after=3)
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=5)
    call.press("12")
    clock.advance(seconds=1)
    call.hang_up("A")

    assert call.ladder(whole=True) == WHOLE


def read(call: Call) -> Conversation:
    """Return the conversation of a call."""
    return conversation.run(simulation_of("123456789012"), {"id": call.id})


def lines(call: Call) -> list[str]:
    """Return who has said what to whom in a conversation, by their names."""
    found = read(call)
    names: dict[str | None, str] = {c.party: c.name for c in found.columns}
    return [
        f"{names[e.sender]} > {names.get(e.receiver, '')}: {e.text}"
        for e in found.entries
    ]


def test_conversation_of_any_of_its_calls(phone: Phone) -> None:
    """Whichever call is asked for, the conversation is the same, in order."""
    first = phone.call(CALLER, NUMBER)
    _, second = phone.calls()
    alone = phone.call(CALLER, COURIER)

    assert read(first) == read(second)
    assert [each.id for each in read(first).calls] == [first.id, second.id]
    assert read(first).total == 2
    assert [each.id for each in read(alone).calls] == [alone.id]


def test_call_of_its_own(phone: Phone) -> None:
    """A call that no leg joins to another is a conversation, whose service is one."""
    call = phone.call(CALLER, COURIER)

    assert [each.name for each in read(call).columns] == [CALLER, "Chime SDK 1"]
    assert lines(call) == [
        f"{CALLER} > Chime SDK 1: INVITE {COURIER}",
        f"Chime SDK 1 > {CALLER}: 480 Temporarily Unavailable",
    ]


def test_call_that_an_application_makes(
    client: ChimeSDKVoiceClient,
    second_application: str,
    phone: Phone,
    functions: Functions,
) -> None:
    """An application that calls a number of the account joins it to another call."""
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(action("Hangup"))))
    made = client.create_sip_media_application_call(
        FromPhoneNumber=SECOND,
        ToPhoneNumber=NUMBER,
        SipMediaApplicationId=second_application,
    )["SipMediaApplicationCall"]
    [first, second] = phone.calls()

    assert first.id == made["TransactionId"]
    assert [each.name for each in read(second).columns] == [
        *("Chime SDK 1", "other", "Chime SDK 2", "ivr"),
    ]
    assert [line for line in lines(second) if "Chime SDK 2" in line][:3] == [
        f"Chime SDK 1 > Chime SDK 2: INVITE {NUMBER} from {SECOND}",
        "Chime SDK 2 > Chime SDK 1: 180 Ringing",
        "Chime SDK 2 > ivr: 1 NEW_INBOUND_CALL",
    ]


def test_call_that_a_function_makes(
    client: ChimeSDKVoiceClient,
    second_application: str,
    phone: Phone,
    functions: Functions,
) -> None:
    """A call that a function makes is no part of the call that it was told of.

    AWS says of neither that the other one has led to it.
    """

    def calls_somebody(event: Any, context: Any) -> Any:
        client.create_sip_media_application_call(
            FromPhoneNumber=SECOND,
            ToPhoneNumber=COURIER,
            SipMediaApplicationId=second_application,
        )
        return answer()

    functions.bind(ARN, calls_somebody)

    call = phone.call(CALLER, NUMBER)

    assert len([*phone.calls()]) == 2
    assert [each.id for each in read(call).calls] == [call.id]


def test_what_a_test_does_by_hand(phone: Phone, clock: Clock) -> None:
    """An answer by hand on the leg between two calls is drawn: no call has sent it."""
    phone.person(COURIER, answers="by hand")
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=1)

    call.answer()
    clock.advance(seconds=1)
    [_, second] = phone.calls()
    second.answer()

    answers = [line for line in lines(call) if line.endswith("200 OK")]
    assert answers == [
        "Chime SDK 2 > Chime SDK 1: 200 OK",
        f"Chime SDK 1 > {CALLER}: 200 OK",
        f"{COURIER} > Chime SDK 2: 200 OK",
        "Chime SDK 2 > Chime SDK 1: 200 OK",
    ]


@pytest.mark.parametrize("code", [480, 486])
def test_refusal(phone: Phone, functions: Functions, code: int) -> None:
    """The refusal of a call is one line, whatever the call before makes of it."""
    refuse = answer(action("Hangup", SipResponseCode=code))
    functions.bind(OTHER_ARN, saying(NEW_INBOUND_CALL=refuse))

    call = phone.call(CALLER, NUMBER)

    refusals = [line for line in lines(call) if f": {code} " in line]
    assert len(refusals) == 1
    assert refusals[0].startswith(f"Chime SDK 2 > Chime SDK 1: {code}")


def test_call_round_in_circles(phone: Phone, functions: Functions) -> None:
    """A conversation of many calls is one ladder, too."""
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(NUMBER, CALLER))))

    call = phone.call(CALLER, NUMBER)

    found = read(call)
    assert found.total == 71
    assert [each.name for each in found.columns] == [
        *(CALLER, "Chime SDK 1", "ivr"),
        *(f"Chime SDK {number}" for number in range(2, 72)),
        NUMBER,
    ]
    assert found.entries[-1].at == NOON
    assert "Call 71: 70 calls led here" in [each.text for each in found.entries]


def test_saved_earlier(phone: Phone, snapshot: Snapshot) -> None:
    """In a state of before, messages do not name their legs; the ladder is the same."""
    call = phone.call(CALLER, NUMBER)
    before = lines(call)
    state = snapshot.export()
    for saved in state["Account"]["Calls"]:
        for entry in saved["Entries"]:
            entry.pop("CallId", None)

    snapshot.load(state)

    assert lines(call) == before
