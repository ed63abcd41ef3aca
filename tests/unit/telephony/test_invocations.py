"""Functions that fail, and calls that wait for them."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, event, hung_up, leg_a
from kit.builders.telephones import (
    SECOND,
    TARGET,
    Fails,
    Telephones,
    answer,
    bridge,
    do,
    script,
    texts,
    told,
)
from proxymock.telephony import invocations, network, new_calls

HANG_UP = do("Hangup")
SPEAK = do("Speak", Text="Hello")


def idle(_event: dict[str, Any]) -> Any:
    """Answer without actions."""
    return answer()


@pytest.mark.parametrize("how", ["error", "denied", "throttled", "missing"])
def test_failed_invocation_is_repeated_once(how: str) -> None:
    """The same event comes again, with its Sequence, and the call goes on."""
    seen = []
    answers = script(Fails(how), [HANG_UP])

    def handler(event: dict[str, Any]) -> Any:
        seen.append(texts([event])[0])
        event.clear()
        return answers(event)

    call = Telephones(handler).arrive()

    over = event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2"))
    first = event(1, "NEW_INBOUND_CALL", leg_a())
    assert seen == texts([first, first, over])
    assert texts(call.events) == texts([first, over])
    assert call.invocations == 3
    assert call.warnings == [f"{how} of the function: invoked again"]


@pytest.mark.parametrize(("how", "tries"), [("error", 2), ("timeout", 1)])
def test_first_event_fails_over(how: str, tries: int) -> None:
    """The next application of the rule gets a first event of its own."""
    phones = Telephones(script(*[Fails(how)] * tries, [HANG_UP]))

    call = phones.arrive(targets=[TARGET, SECOND])

    again = event(1, "NEW_INBOUND_CALL", leg_a())
    again["CallDetails"] |= {
        "AwsRegion": "us-west-2",
        "SipRuleId": "r",
        "SipMediaApplicationId": "application-2",
    }
    first = event(1, "NEW_INBOUND_CALL", leg_a())
    assert texts(call.events[:2]) == texts([first, again])
    assert [each["Sequence"] for each in call.events] == [1, 1, 2]
    assert (call.target, call.candidates, call.status) == (SECOND, [], "Ended")


def test_all_applications_fail() -> None:
    """The caller gets 480, and nobody is told."""
    phones = Telephones(script(*[Fails("error")] * 4))

    call = phones.arrive(targets=[TARGET, SECOND])

    assert told(call) == ["NEW_INBOUND_CALL"] * 2
    assert (call.status, call.leg("A").sip_response_code) == ("Ended", 480)
    assert call.warnings == [
        "error of the function: invoked again",
        "error of the function: next is application-2 in us-west-2",
        "error of the function: invoked again",
        "The call ends with 480: error of the function",
    ]


def test_later_event_does_not_fail_over() -> None:
    """A function that fails after its first event ends the call, with both legs."""
    phones = Telephones(script([bridge()], Fails("timeout")))

    call = phones.arrive(targets=[TARGET, SECOND])

    assert told(call) == ["NEW_INBOUND_CALL", "ACTION_SUCCESSFUL CallAndBridge"]
    assert [leg.sip_response_code for leg in call.legs] == [480, 480]
    assert call.candidates == [SECOND]


def test_caller_who_has_gone_is_no_reason_to_fail_over() -> None:
    """Nobody waits for another application once the caller has hung up."""
    phones = Telephones(idle)
    call = phones.arrive(targets=[TARGET, SECOND], runs=False)
    invocation = invocations.next_invocation(phones.now(call))
    assert invocation is not None
    network.hang_up(phones.now(call), "A")

    invocations.failed(phones.now(call), invocation, "timeout", "20 seconds")
    phones.run(call)

    assert told(call) == ["NEW_INBOUND_CALL"]
    assert call.warnings == ["No more events: timeout of the function: 20 seconds"]


def test_outbound_call_whose_function_fails() -> None:
    """Nobody is rung if the first event fails."""
    phones = Telephones(script(Fails("timeout")))

    call = phones.place()

    assert told(call) == ["NEW_OUTBOUND_CALL"]
    assert [effect.kind for effect in call.effects] == ["LegEnded", "CallEnded"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"Actions": {1, 2}}, "Object of type set is not JSON serializable"),
        ({"x": float("nan")}, "Out of range float values are not JSON compliant: nan"),
    ],
)
def test_answer_that_is_not_json(given: Any, why: str) -> None:
    """What Lambda cannot pass on is an error of the function."""
    call = Telephones(script(given, given)).arrive()

    said = "error of the function: the answer is not JSON: " + why
    # Older versions of Python do not say which number it is.
    shown = [text.replace(": nan", "") for text in call.warnings]
    assert shown == [
        f"{said}: invoked again".replace(": nan", ""),
        f"The call ends with 480: {said}".replace(": nan", ""),
    ]


def test_thousand_invocations() -> None:
    """The 1,001st event of a call ends it with 480."""
    phones = Telephones(lambda _event: answer(SPEAK))

    call = phones.arrive()

    assert (call.invocations, len(call.events), call.status) == (1000, 1000, "Ended")
    assert call.warnings == [
        "The call ends with 480: a call has at most 1000 invocations"
    ]


def test_events_never_overlap() -> None:
    """Nothing is invoked while an invocation is under way, and what happens waits."""
    phones = Telephones(idle)
    call = phones.arrive(runs=False)
    invocation = invocations.next_invocation(phones.now(call))
    assert invocation is not None
    network.update(phones.now(call), {"n": "1"})

    second = invocations.next_invocation(phones.now(call))
    invocations.answered(phones.now(call), invocation, answer(SPEAK))
    phones.run(call)

    assert second is None
    assert told(call) == [
        "NEW_INBOUND_CALL",
        "ACTION_SUCCESSFUL Speak",
        "CALL_UPDATE_REQUESTED CallUpdateRequest",
    ]


def test_hang_up_while_the_function_works() -> None:
    """The answer comes too late for the caller, and HANGUP is what is told next."""
    phones = Telephones(idle)
    call = phones.arrive(runs=False)
    invocation = invocations.next_invocation(phones.now(call))
    assert invocation is not None
    network.hang_up(phones.now(call), "A")

    invocations.answered(phones.now(call), invocation, answer(SPEAK))
    phones.run(call)

    over = event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2", 480))
    assert texts(call.events[1:]) == texts([over])
    assert call.leg("A").heard == []


def test_update_waits_for_a_retry() -> None:
    """An update between two tries of an event comes after it."""
    phones = Telephones(idle)
    call = phones.arrive(runs=False)
    invocation = invocations.next_invocation(phones.now(call))
    assert invocation is not None
    invocations.failed(phones.now(call), invocation, "error")

    phones.do(call, network.update, {"n": "1"})

    assert told(call) == ["NEW_INBOUND_CALL", "CALL_UPDATE_REQUESTED CallUpdateRequest"]


def test_invocation_that_was_lost_begins_anew() -> None:
    """After a load, the function gets the event whose answer never came."""
    phones = Telephones(idle)
    call = phones.arrive(runs=False)
    lost = invocations.next_invocation(phones.now(call))
    assert lost is not None
    lost.event.clear()

    invocations.invoke_again(call)
    invocations.invoke_again(call)
    again = invocations.next_invocation(phones.now(call))

    assert again is not None
    first = event(1, "NEW_INBOUND_CALL", leg_a())
    assert texts([again.event]) == texts([first])


def test_strange_answers_are_refused() -> None:
    """Only the invocation that is under way can be answered, or fail, in known ways."""
    phones = Telephones(idle)
    call = phones.arrive(runs=False)
    invocation = invocations.next_invocation(phones.now(call))
    assert invocation is not None

    with pytest.raises(ValueError, match=r"^how must be one of error, timeout, denied"):
        invocations.failed(phones.now(call), invocation, "boredom")
    invocations.answered(phones.now(call), invocation, answer())
    with pytest.raises(ValueError, match=r"^The invocation is not under way$"):
        invocations.answered(phones.now(call), invocation, answer())
    with pytest.raises(ValueError, match=r"^The invocation is not under way$"):
        invocations.failed(phones.now(call), invocation, "error")


def test_application_without_a_function() -> None:
    """It has its calls all the same: they are answered, and nobody is told."""
    phones = Telephones(idle)
    inbound, outbound = phones.arrive(runs=False), phones.place(runs=False)

    for call in (inbound, outbound):
        new_calls.unattended(phones.now(call))
        while network.run_first_due(call, phones.at, phones) is not None:
            new_calls.unattended(phones.now(call))

    assert [(c.outcome, c.connected_to, c.events) for c in (inbound, outbound)] == [
        ("Connected", "application-1", [])
    ] * 2
    assert inbound.leg("A").status == UP
    assert inbound.caller_id == "+12065550111"
