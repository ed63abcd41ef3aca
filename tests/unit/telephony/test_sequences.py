"""Whole calls, event for event and key for key, as AWS documents or was seen to do."""

from __future__ import annotations

from kit.builders.call_events import (
    DOWN,
    NOT_ANSWERED,
    SPOKEN,
    SYSTEM_ERROR,
    UP,
    bridged,
    callee,
    data,
    event,
    hung_up,
    leg_a,
    leg_b,
)
from kit.builders.telephones import (
    ASK,
    COURIER,
    SPEAK,
    Telephones,
    answer,
    bridge,
    do,
    script,
    texts,
)
from proxymock.telephony import network
from proxymock.telephony.people import Person


def test_spoken_to_and_hung_up() -> None:
    """A list that ends in Hangup of the only leg causes HANGUP and nothing else."""
    phones = Telephones(script([SPEAK, do("Hangup", SipResponseCode="0")]))

    call = phones.arrive()

    assert texts(call.events) == texts(
        [
            event(1, "NEW_INBOUND_CALL", leg_a()),
            event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2")),
        ]
    )


def test_digits_then_a_bot() -> None:
    """A list causes one event, for its last action, with what that one got."""
    arn = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS"
    phones = Telephones(
        script([SPEAK, ASK], [do("StartBotConversation", BotAliasArn=arn)], [])
    )
    call = phones.arrive()

    phones.do(call, network.press, "A", "4711#")

    asked = data(
        "SpeakAndGetDigits",
        SpeechParameters={"Text": "Your number?"},
        RepeatDurationInMilliseconds=5000,
        MinNumberOfDigits=0,
        MaxNumberOfDigits=128,
        TerminatorDigits=["#"],
        Repeat=1,
        InBetweenDigitsDurationInMilliseconds=5000,
        CallId="id-2",
    )
    talk = data("StartBotConversation", BotAliasArn=arn, LocaleId="en_US")
    talk["Parameters"]["CallId"] = "id-2"
    intent = {
        "Name": "FallbackIntent",
        "Slots": {},
        "State": "ReadyForFulfillment",
        "ConfirmationState": "None",
    }
    result = {
        "SessionId": "id-2",
        "SessionState": {"SessionAttributes": {}, "Intent": intent},
        "Interpretations": [{"Intent": intent}],
    }
    talked = {**talk, "IntentResult": result, "CallId": "id-2"}
    got = {**asked, "ReceivedDigits": "4711"}
    assert texts(call.events) == texts(
        [
            event(1, "NEW_INBOUND_CALL", leg_a()),
            event(2, "ACTION_SUCCESSFUL", leg_a(UP), data=got),
            event(3, "ACTION_SUCCESSFUL", leg_a(UP), data=talked),
        ]
    )


def test_masked_call_that_the_caller_ends() -> None:
    """The handler hangs up the leg that is left, and both legs have ended."""
    hang_up_b = [do("Hangup", ParticipantTag="LEG-B")]
    phones = Telephones(script([bridge()], [], hang_up_b))
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    b_ends = event(4, "HANGUP", leg_b(DOWN), leg_a(DOWN), data=hung_up("LEG-B", "id-3"))
    assert texts(call.events) == texts(
        [
            event(1, "NEW_INBOUND_CALL", leg_a()),
            event(2, "ACTION_SUCCESSFUL", leg_a(UP), leg_b(UP), data=bridged()),
            event(3, "HANGUP", leg_a(DOWN), leg_b(UP), data=hung_up("LEG-A", "id-2")),
            b_ends,
        ]
    )
    assert call.open_legs == ()


def test_masked_call_that_the_courier_ends_with_attributes() -> None:
    """The leg that hung up comes first, and attributes are in every event from then."""
    ride = answer(bridge(), TransactionAttributes={"ride": "R-9"})
    phones = Telephones(script(ride, [], [do("Hangup", ParticipantTag="LEG-A")]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "B")

    kept = {"ride": "R-9"}
    assert texts(call.events) == texts(
        [
            event(1, "NEW_INBOUND_CALL", leg_a()),
            event(
                2,
                "ACTION_SUCCESSFUL",
                *(leg_a(UP), leg_b(UP)),
                data=bridged(),
                attributes=kept,
            ),
            event(
                3,
                "HANGUP",
                *(leg_b(DOWN), leg_a(UP)),
                data=hung_up("LEG-B", "id-3"),
                attributes=kept,
            ),
            event(
                4,
                "HANGUP",
                *(leg_a(DOWN), leg_b(DOWN)),
                data=hung_up("LEG-A", "id-2"),
                attributes=kept,
            ),
        ]
    )


def test_leg_that_is_forgotten_stays_up() -> None:
    """A leg that the handler does not hang up is a leak, and nobody mends it."""
    phones = Telephones(script([bridge()]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")
    phones.advance(86400)

    assert call.open_legs == (call.leg("B"),)
    assert not call.ended


def test_courier_does_not_answer() -> None:
    """After CallTimeoutSeconds the bridge fails; leg A is as it was, and alone."""
    phones = Telephones(script([bridge()], [do("Hangup", SipResponseCode=480)]))
    phones.people[COURIER] = Person(answers="no answer")
    call = phones.arrive()

    phones.advance(30)

    assert texts(call.events) == texts(
        [
            event(1, "NEW_INBOUND_CALL", leg_a()),
            event(2, "ACTION_FAILED", leg_a(), data=bridged(**NOT_ANSWERED)),
            event(3, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2", 480)),
        ]
    )


def test_caller_gives_up_while_the_courier_rings() -> None:
    """Leg B is rung no longer; the function gets one HANGUP, of leg A."""
    phones = Telephones(script([SPEAK, bridge()]))
    phones.people[COURIER] = Person(answers="by hand")
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    assert texts(call.events[1:]) == texts(
        [event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2"))]
    )
    assert [leg.status for leg in call.legs] == [DOWN, DOWN]


def test_caller_is_refused_at_once() -> None:
    """Hangup as the first action does not answer, and the caller gets its code."""
    phones = Telephones(script([do("Hangup", SipResponseCode="486")]))

    call = phones.arrive()

    assert texts(call.events[1:]) == texts(
        [event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2", 486))]
    )
    assert (call.outcome, call.leg("A").answered_at) == ("Rejected", None)


def test_caller_hangs_up_during_an_action() -> None:
    """The action fails, with its leg Disconnected, before HANGUP comes."""
    pause = do("Pause", DurationInMilliseconds="3000")
    phones = Telephones(script([pause], [SPEAK]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    paused = data("Pause", DurationInMilliseconds="3000", CallId="id-2")
    assert texts(call.events[1:]) == texts(
        [
            event(2, "ACTION_FAILED", leg_a(DOWN), data={**paused, **SYSTEM_ERROR}),
            event(3, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2")),
        ]
    )


def test_outbound_call() -> None:
    """The function is told of the call, the ringing and the answer, then asked."""
    spoken = {**SPOKEN, "Parameters": {**SPOKEN["Parameters"], "CallId": "id-2"}}
    phones = Telephones(script([], [], [SPEAK], [do("Hangup")]))

    call = phones.place(order="A-17")

    asked = data("CallCreateRequest", Arguments={"order": "A-17"})
    assert texts(call.events) == texts(
        [
            event(1, "NEW_OUTBOUND_CALL", callee(), data=asked),
            event(2, "RINGING", callee()),
            event(3, "CALL_ANSWERED", callee(UP)),
            event(4, "ACTION_SUCCESSFUL", callee(UP), data=spoken),
            event(5, "HANGUP", callee(DOWN), data=hung_up("LEG-A", "id-2")),
        ]
    )
