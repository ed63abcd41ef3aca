"""Bridges: to people, to telephone systems, and what leg A hears of them."""

from __future__ import annotations

import pytest

from kit.builders.call_events import DOWN, UP, event, hung_up, leg_a
from kit.builders.telephones import (
    CALLER,
    CONNECTOR,
    COURIER,
    NUMBER,
    Telephones,
    bridge,
    do,
    script,
    texts,
    told,
)
from proxymock.telephony import network
from proxymock.telephony.people import Person

HANG_UP = do("Hangup")
HOSTS = ["pbx-1.example.com", "pbx-2.example.com"]


@pytest.mark.parametrize(
    ("person", "seconds", "codes"),
    [
        (Person(answers="busy"), 0, [None, 486]),
        (Person(answers="rejects"), 0, [None, 486]),
        (Person(answers="rejects", after=12), 12, [None, 486]),
        (Person(answers="unreachable"), 0, [None, 480]),
        (Person(answers="no answer"), 30, [None, 480]),
        (Person(answers="by hand"), 30, [None, 480]),
        (Person(answers="at once", after=31), 30, [None, 480]),
    ],
)
def test_nobody_takes_the_call(
    person: Person, seconds: float, codes: list[int | None]
) -> None:
    """Whatever the reason, the bridge fails with CallNotAnswered when it is known."""
    phones = Telephones(script([bridge(), HANG_UP]))
    phones.people[COURIER] = person
    call = phones.arrive()
    phones.advance(seconds - 0.001 if seconds else 0)
    before = told(call)[1:]

    phones.advance(0.001)

    assert before == ([] if seconds else ["ACTION_FAILED CallAndBridge"])
    assert told(call)[1:] == ["ACTION_FAILED CallAndBridge"]
    assert call.events[1]["ActionData"]["ErrorType"] == "CallNotAnswered"
    assert [leg.sip_response_code for leg in call.legs] == codes


@pytest.mark.parametrize(
    ("person", "seconds"),
    [
        (Person(), 0),
        (Person(answers="at once", after=5), 5),
        (Person(answers="voicemail", after=20), 20),
    ],
)
def test_somebody_takes_the_call(person: Person, seconds: float) -> None:
    """The caller is answered when leg B is; voicemail is an answer."""
    phones = Telephones(script([bridge()]))
    phones.people[COURIER] = person
    call = phones.arrive()
    phones.advance(max(seconds - 0.001, 0))
    before = call.status

    phones.advance(0.001)

    assert before == ("Ringing" if seconds else "InProgress")
    answered = [leg.answered_at for leg in call.legs]
    assert [round((a - call.started_at).total_seconds()) for a in answered if a] == [
        seconds,
        seconds,
    ]


def test_answer_by_hand() -> None:
    """Who takes calls by hand answers when the test says so."""
    phones = Telephones(script([bridge()]))
    phones.people[COURIER] = Person(answers="by hand")
    call = phones.arrive()

    phones.do(call, network.answer, "B")

    assert told(call)[1:] == ["ACTION_SUCCESSFUL CallAndBridge"]
    seen = (call.outcome, call.connected_to, call.caller_id)
    assert seen == ("Connected", COURIER, NUMBER)


def test_reject_by_hand() -> None:
    """Who takes calls by hand can refuse them."""
    phones = Telephones(script([bridge()]))
    phones.people[COURIER] = Person(answers="by hand")
    call = phones.arrive()

    phones.do(call, network.reject, "B", 480)

    assert told(call)[1:] == ["ACTION_FAILED CallAndBridge"]
    assert call.leg("B").sip_response_code == 480


def test_callee_hangs_up_after_a_while() -> None:
    """A person may hang up by themselves, so many seconds after the answer."""
    hang_up_a = do("Hangup", ParticipantTag="LEG-A")
    phones = Telephones(script([bridge()], [], [hang_up_a]))
    phones.people[COURIER] = Person(answers="at once", after=2, hangs_up_after=60)
    call = phones.arrive()

    phones.advance(61.9)
    before = call.open_legs
    phones.advance(0.1)

    assert (before, call.open_legs) == (tuple(call.legs), ())


@pytest.mark.parametrize(
    ("seconds", "status"), [("1", "InProgress"), (45, "InProgress"), (120, "Ringing")]
)
def test_timeout(seconds: int | str, status: str) -> None:
    """CallTimeoutSeconds is how long leg B rings, longer than a caller else would."""
    speak = do("Speak", Text="Sorry")
    phones = Telephones(script([bridge(CallTimeoutSeconds=seconds)], [speak]))
    phones.people[COURIER] = Person(answers="no answer")
    call = phones.arrive()

    phones.advance(46)

    assert call.status == status


def test_caller_rings_out_after_the_bridge_failed() -> None:
    """A caller whom nobody answers is not left ringing for ever."""
    phones = Telephones(script([bridge(CallTimeoutSeconds=45)]))
    phones.people[COURIER] = Person(answers="no answer")
    call = phones.arrive()

    phones.advance(60)

    over = event(3, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2", 480))
    assert texts(call.events[2:]) == texts([over])


def test_caller_id_of_leg_a() -> None:
    """The caller's own number may be shown, as any number of the account may."""
    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": COURIER}]
    action = do("CallAndBridge", CallerIdNumber=CALLER, Endpoints=endpoints)
    phones = Telephones(script([action]))

    call = phones.arrive()

    assert call.leg("B").from_number == CALLER


def test_ringback_tone() -> None:
    """Leg A hears the tone that was asked for."""
    tone = {"Type": "S3", "BucketName": "b", "Key": "tone.wav"}
    phones = Telephones(script([bridge(RingbackTone=tone)]))

    call = phones.arrive()

    assert call.leg("A").heard == ["ringback:s3://b/tone.wav"]


def test_second_bridge_while_bridged() -> None:
    """There is one leg B at a time."""
    phones = Telephones(script([bridge()], [bridge("+12065550133")]))

    call = phones.arrive()

    assert told(call)[2:] == ["ACTION_FAILED CallAndBridge"]
    assert call.warnings == ["Actions[0] needs LEG-A alone, but LEG-B is connected"]


def test_bridge_of_leg_b() -> None:
    """Only leg A can be bridged."""
    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": COURIER}]
    target = {"CallerIdNumber": NUMBER, "Endpoints": endpoints}
    again = do("CallAndBridge", ParticipantTag="LEG-B", **target)
    phones = Telephones(script([bridge(), again]))

    call = phones.arrive()

    assert call.warnings == [
        "Actions[1].Parameters.ParticipantTag must name LEG-A, not LEG-B"
    ]


def test_failed_bridge_is_not_shown() -> None:
    """Leg B is in events once it was answered, and not before; the list is dropped."""
    phones = Telephones(script([bridge(), HANG_UP]))
    phones.people[COURIER] = Person(answers="busy")

    call = phones.arrive()

    assert call.events[1]["CallDetails"]["Participants"] == [leg_a()]
    assert call.status == "Ringing"


def to_host(**more: object) -> dict[str, object]:
    """Return a bridge to a telephone system."""
    endpoint = {"BridgeEndpointType": "AWS", "Uri": "desk&7", "Arn": CONNECTOR}
    return do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=[endpoint], **more)


def test_telephone_system() -> None:
    """A voice connector's first host answers; To is the user as it was given."""
    phones = Telephones(script([to_host(SipHeaders={"x-ride": "R-9"})]))
    phones.routes[CONNECTOR] = [*HOSTS]

    call = phones.arrive()

    leg = call.leg("B")
    assert (leg.kind, leg.to_number, leg.status) == ("AWS", "desk&7", UP)
    dialled = next(effect for effect in call.effects if effect.kind == "Dialled")
    assert dialled.details == {
        "CallId": leg.call_id,
        "To": "desk&7",
        "From": NUMBER,
        "Host": HOSTS[0],
        "SipHeaders": {"x-ride": "R-9"},
        "Rings": True,
        "Reached": True,
    }
    assert "SipHeaders" not in call.events[1]["CallDetails"]["Participants"][1]


def test_dead_host() -> None:
    """If a host cannot be reached, the next is called; the last one decides."""
    phones = Telephones(script([to_host()]))
    phones.routes[CONNECTOR] = [*HOSTS]
    phones.people[HOSTS[0]] = Person(answers="unreachable")
    reached = phones.arrive()
    phones.people[HOSTS[1]] = Person(answers="unreachable")
    phones.handler = script([to_host()])
    failed = phones.arrive()

    assert told(reached)[1:] == ["ACTION_SUCCESSFUL CallAndBridge"]
    assert told(failed)[1:] == ["ACTION_FAILED CallAndBridge"]
    assert [e.details["Host"] for e in reached.effects if e.kind == "Dialled"] == HOSTS


def test_busy_host_is_an_answer() -> None:
    """A host that says something is not passed over."""
    phones = Telephones(script([to_host()]))
    phones.routes[CONNECTOR] = [*HOSTS]
    phones.people[HOSTS[0]] = Person(answers="busy")

    call = phones.arrive()

    assert told(call)[1:] == ["ACTION_FAILED CallAndBridge"]


def test_answer_by_hand_before_a_person_acts() -> None:
    """Who has answered by hand does not answer again when their time has come."""
    phones = Telephones(script([bridge()]))
    phones.people[COURIER] = Person(answers="rejects", after=10)
    call = phones.arrive()
    phones.advance(5)
    phones.do(call, network.answer, "B")

    phones.advance(10)

    assert [leg.status for leg in call.legs] == [UP, UP]
