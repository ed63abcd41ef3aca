"""Lists of actions that another one replaces, and actions that are cut short."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, data, event, hung_up, leg_a, leg_b
from kit.builders.telephones import (
    COURIER,
    SPEAK,
    Telephones,
    answer,
    bridge,
    do,
    script,
    texts,
    told,
)
from proxymock.telephony import network
from proxymock.telephony.people import Person

PAUSE = do("Pause", DurationInMilliseconds=5000)
HANG_UP = do("Hangup")
TONES = do("SendDigits", Digits="12,,")
UPDATED = "CALL_UPDATE_REQUESTED CallUpdateRequest"


def test_update_interrupts() -> None:
    """An action that can be interrupted stops at once; the rest of its list is gone."""
    phones = Telephones(script([PAUSE, HANG_UP], [SPEAK]))
    call = phones.arrive()

    phones.do(call, network.update, {})
    phones.advance(60)

    assert told(call) == [
        "NEW_INBOUND_CALL",
        UPDATED,
        "ACTION_INTERRUPTED Pause",
        "ACTION_SUCCESSFUL Speak",
    ]
    paused = data("Pause", DurationInMilliseconds=5000, CallId="id-2")
    interrupted = event(3, "ACTION_INTERRUPTED", leg_a(UP), data=paused)
    assert texts(call.events[2:3]) == texts([interrupted])


@pytest.mark.parametrize(
    "action",
    [
        PAUSE,
        SPEAK,
        do("PlayAudio", AudioSource={"Type": "S3", "BucketName": "b", "Key": "k"}),
        do(
            "RecordAudio",
            RecordingTerminators=["#"],
            RecordingDestination={"Type": "S3", "BucketName": "b"},
        ),
    ],
)
def test_interruptible_actions(action: dict[str, Any]) -> None:
    """PlayAudio, Speak, Pause and RecordAudio can be interrupted."""
    phones = Telephones(script([action], [HANG_UP]))
    phones.lengths = {"Hello": 10, "s3://b/k": 10}
    call = phones.arrive()

    phones.do(call, network.update, {})

    type = action["Type"]
    assert told(call)[1:] == [UPDATED, f"ACTION_INTERRUPTED {type}", "HANGUP Hangup"]


def test_answer_to_an_interruption_is_not_heeded() -> None:
    """ACTION_INTERRUPTED is for information; the new list goes on."""
    phones = Telephones(script([PAUSE], [SPEAK], [HANG_UP]))
    call = phones.arrive()

    phones.do(call, network.update, {})

    assert told(call)[-1] == "ACTION_SUCCESSFUL Speak"
    why = "the event is for information"
    assert call.warnings == [
        f"Actions[0] not run, in answer to ACTION_INTERRUPTED: {why}"
    ]


def test_update_waits_for_what_cannot_be_interrupted() -> None:
    """The running action finishes, and the new list follows without an event for it."""
    phones = Telephones(script([TONES, HANG_UP], [SPEAK]))
    call = phones.arrive()

    phones.do(call, network.update, {})
    before = told(call)
    phones.advance(1.5)

    assert before == ["NEW_INBOUND_CALL", UPDATED]
    assert told(call)[2:] == ["ACTION_SUCCESSFUL Speak"]


def test_update_follows_a_failure_without_an_event() -> None:
    """A bridge that fails when a new list waits is not told of."""
    phones = Telephones(script([bridge()], [SPEAK]))
    phones.people[COURIER] = Person(answers="rejects", after=5)
    call = phones.arrive()

    phones.do(call, network.update, {})
    phones.advance(5)

    assert told(call)[1:] == [UPDATED, "ACTION_SUCCESSFUL Speak"]


def test_later_list_wins() -> None:
    """Of two updates in quick succession both are told; the later list is taken."""
    phones = Telephones(script([TONES], [HANG_UP], [SPEAK]))
    call = phones.arrive()

    phones.do(call, network.update, {"n": "1"})
    phones.do(call, network.update, {"n": "2"})
    phones.advance(1.5)

    assert told(call)[1:] == [UPDATED, UPDATED, "ACTION_SUCCESSFUL Speak"]
    assert call.leg("A").is_open


def test_update_without_actions_changes_nothing() -> None:
    """An empty list keeps what is running."""
    phones = Telephones(script([PAUSE], []))
    call = phones.arrive()

    phones.do(call, network.update, {})
    phones.advance(5)

    assert told(call)[1:] == [UPDATED, "ACTION_SUCCESSFUL Pause"]


def test_update_of_a_ringing_call() -> None:
    """It is told before the callee answers; Hangup then ends the ringing."""
    phones = Telephones(script([], [], [SPEAK], [HANG_UP]))
    phones.people["+12065550111"] = Person(answers="by hand")
    call = phones.place()

    phones.do(call, network.update, {})

    wrong = "Actions[0] needs LEG-A, which has not answered yet"
    failed = call.events[3]["ActionData"]
    assert (failed["ErrorType"], failed["ErrorMessage"]) == (
        "InvalidActionParameter",
        wrong,
    )
    assert (call.warnings, call.status) == ([wrong], "Ended")
    assert told(call)[-1] == "HANGUP Hangup"


def test_hang_up_during_an_action_without_its_failure() -> None:
    """By a switch, HANGUP is the only event of a caller who hangs up."""
    phones = Telephones(script([PAUSE, SPEAK]), hang_up_fails_action=False)
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    assert told(call) == ["NEW_INBOUND_CALL", "HANGUP Hangup"]


def test_leg_a_first_by_a_switch() -> None:
    """By a switch, leg A comes first in every event."""
    phones = Telephones(script([bridge()]), leg_of_event_first=False)
    call = phones.arrive()

    phones.do(call, network.hang_up, "B")

    b_ends = hung_up("LEG-B", "id-3")
    over = event(3, "HANGUP", leg_a(UP), leg_b(DOWN), data=b_ends)
    assert texts(call.events[2:]) == texts([over])


def test_action_on_the_other_leg_goes_on() -> None:
    """When leg B hangs up, what leg A hears is not cut short."""
    pause = do("Pause", DurationInMilliseconds=5000, CallId="id-2")
    phones = Telephones(script([bridge(), pause]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "B")
    phones.advance(5)

    assert told(call)[1:] == ["HANGUP Hangup", "ACTION_SUCCESSFUL Pause"]


def test_hang_up_in_a_list_waits_for_its_event() -> None:
    """What follows Hangup in a list runs if HANGUP is answered without actions."""
    hang_up_b = do("Hangup", ParticipantTag="LEG-B")
    phones = Telephones(script([bridge(), hang_up_b, SPEAK]))

    call = phones.arrive()

    assert told(call)[1:] == ["HANGUP Hangup", "ACTION_SUCCESSFUL Speak"]


def test_answer_to_hang_up_replaces_the_list() -> None:
    """What follows Hangup in a list is dropped if HANGUP is answered with actions."""
    hang_up_b = do("Hangup", ParticipantTag="LEG-B")
    hang_up_a = do("Hangup", ParticipantTag="LEG-A")
    phones = Telephones(script([bridge(), hang_up_b, SPEAK], [hang_up_a]))

    call = phones.arrive()

    assert told(call)[1:] == ["HANGUP Hangup", "HANGUP Hangup"]
    assert call.leg("A").heard == []


def test_unusable_answer_to_hang_up() -> None:
    """The list goes on all the same."""
    hang_up_b = do("Hangup", ParticipantTag="LEG-B")
    phones = Telephones(script([bridge(), hang_up_b], {}, answer()))

    call = phones.arrive()

    assert told(call)[1:] == [
        "HANGUP Hangup",
        "INVALID_LAMBDA_RESPONSE",
        "ACTION_SUCCESSFUL Hangup",
    ]


def test_hang_up_of_the_leg_that_is_gone() -> None:
    """Hangup without a target, answered to HANGUP, is on a leg that is gone."""
    phones = Telephones(script([bridge()], [], [HANG_UP]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "B")

    failed = call.events[3]["ActionData"]
    assert failed == {
        "Type": "Hangup",
        "Parameters": {"SipResponseCode": 0, "CallId": call.leg("B").call_id},
        "ErrorType": "InvalidActionParameter",
        "ErrorMessage": "CallId or ParticipantTag parameter for action is invalid",
    }
    assert call.warnings == [
        "Actions[0].Parameters.CallId names LEG-B, which has hung up"
    ]


def test_hang_up_of_b_lets_a_waiting_list_begin() -> None:
    """A list that waits for an action begins when a hang-up ends that action."""
    tones = do("SendDigits", Digits="12,,", ParticipantTag="LEG-B")
    speak = do("Speak", Text="Hello", ParticipantTag="LEG-A")
    phones = Telephones(script([bridge(), tones], [speak]))
    call = phones.arrive()
    phones.do(call, network.update, {})

    phones.do(call, network.hang_up, "B")

    assert call.leg("A").heard == ["Hello"]


def test_hang_up_drops_the_rest_of_the_list() -> None:
    """When the leg of the running action hangs up, no other action of its list runs."""
    pause = do("Pause", DurationInMilliseconds=5000, ParticipantTag="LEG-A")
    speak = do("Speak", Text="Hello", ParticipantTag="LEG-B")
    phones = Telephones(script([bridge(), pause, speak]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    assert call.leg("B").heard == []
