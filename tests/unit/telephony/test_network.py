"""Calls that begin, what parties can do and cannot, and calls without a function."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, callee, event, hung_up
from kit.builders.telephones import (
    CALLER,
    COURIER,
    NUMBER,
    SECOND,
    START,
    Telephones,
    bridge,
    do,
    script,
    texts,
    told,
)
from proxymock.state.calls import Call
from proxymock.telephony import network, new_calls
from proxymock.telephony.people import Person

HOSTS = ["pbx-1.example.com", "pbx-2.example.com"]


def test_headers_of_an_inbound_call() -> None:
    """Headers that pass are shown on leg A as the sender wrote them; others are not."""
    headers = {"X-Ride": "R-9", "User-To-User": "00", "diversion": "d", "Via": "v"}
    phones = Telephones(script([do("Hangup")]))

    call = phones.arrive(sip_headers=headers)

    shown = call.events[0]["CallDetails"]["Participants"][0]["SipHeaders"]
    assert texts([shown]) == texts(
        [{"X-Ride": "R-9", "User-To-User": "00", "diversion": "d"}]
    )


def test_call_to_a_user_of_a_host() -> None:
    """The user of a SIP address is To, and need not be a number."""
    phones = Telephones(script([do("Hangup")]))

    call = phones.arrive(to_number="desk-7")

    assert call.events[0]["CallDetails"]["Participants"][0]["To"] == "desk-7"


@pytest.mark.parametrize(
    ("person", "seconds", "code", "rings"),
    [
        (Person(answers="busy"), 0, 486, False),
        (Person(answers="unreachable"), 0, 480, False),
        (Person(answers="rejects", after=3), 3, 486, True),
        (Person(answers="no answer"), 30, 480, True),
    ],
)
def test_outbound_call_that_nobody_takes(
    person: Person, seconds: float, code: int, rings: bool
) -> None:
    """HANGUP says 486 of who was busy or refused, and 480 of the others."""
    phones = Telephones(script())
    phones.people[CALLER] = person
    call = phones.place()

    phones.advance(seconds)

    over = hung_up("LEG-A", "id-2", code)
    ringing = [event(2, "RINGING", callee())] if rings else []
    hang_up = event(len(ringing) + 2, "HANGUP", callee(DOWN), data=over)
    assert texts(call.events[1:]) == texts([*ringing, hang_up])
    assert (call.outcome, call.connected_to) == ("Rejected", None)
    assert call.caller_id is None


def test_outbound_call_is_bridged() -> None:
    """The callee is leg A, and its number is who sees the caller id."""
    phones = Telephones(script([], [], [bridge()]))

    call = phones.place()

    assert told(call)[3:] == ["ACTION_SUCCESSFUL CallAndBridge"]
    assert [leg.direction for leg in call.legs] == ["Outbound", "Outbound"]


def test_steps_that_are_not_possible() -> None:
    """Who cannot do something is told so, and nothing has changed."""
    phones = Telephones(script([bridge()]))
    phones.people[COURIER] = Person(answers="by hand")
    call = phones.arrive()
    before = repr(call)
    steps: list[tuple[Any, list[Any], str]] = [
        (network.press, ["A", "1"], "LEG-A cannot press keys: it is Ringing"),
        (network.press, ["A", "x"], "digits must be of 0123456789*#, not 'x'"),
        (network.press, ["A", ""], "digits must be of 0123456789*#, not ''"),
        (network.answer, ["A"], "LEG-A cannot answer: it is Ringing"),
        (network.reject, ["A"], "LEG-A cannot reject: it is Ringing"),
        (network.reject, ["B", 200], "sip_response_code must be 480 or 486, not 200"),
        (network.hang_up, ["B"], "LEG-B cannot hang up: it is Ringing"),
    ]

    said = [refused(phones, call, step, arguments) for step, arguments, _ in steps]

    assert said == [expected for _, _, expected in steps]
    assert repr(call) == before


def test_steps_after_the_end() -> None:
    """Who has hung up can do nothing more, and the call takes no update."""
    phones = Telephones(script([do("Hangup")]))
    call = phones.arrive()

    said = [
        refused(phones, call, network.press, ["A", "1"]),
        refused(phones, call, network.hang_up, ["A"]),
    ]

    assert said == [
        "LEG-A cannot press keys: it is Disconnected",
        "LEG-A cannot hang up: it is Disconnected",
    ]
    with pytest.raises(
        LookupError, match=r"^Call 'id-1' is not in progress at an application$"
    ):
        network.update(phones.now(call), {})


def test_leg_that_never_was() -> None:
    """A leg is asked for by its name or its id; others are not found."""
    phones = Telephones(script())
    call = phones.arrive()

    assert call.leg("A") is call.leg("LEG-A") is call.leg_with("id-2")
    with pytest.raises(LookupError, match=r"^Call 'id-1' has no leg 'B'$"):
        call.leg("B")
    with pytest.raises(LookupError, match=r"^Call 'id-1' has no leg 'id-9'$"):
        call.leg_with("id-9")


def refused(phones: Telephones, call: Call, step: Any, arguments: list[Any]) -> str:
    """Return what is said of a step that is not possible."""
    with pytest.raises(network.NotPossible) as caught:
        step(phones.now(call), *arguments)
    return str(caught.value)


def relayed(phones: Telephones, *hosts: str) -> Call:
    """Return a call that no application has, put through to the courier."""
    call = phones.arrive(targets=())
    new_calls.put_through(phones.now(call), COURIER, NUMBER, hosts or [COURIER])
    phones.run(call)
    return call


@pytest.mark.parametrize("name", ["A", "B"])
def test_call_without_an_application(name: str) -> None:
    """It is answered when leg B answers, ends with either leg, and nobody is told."""
    phones = Telephones(script())
    call = relayed(phones)
    connected = (call.outcome, call.connected_to, [leg.status for leg in call.legs])

    phones.do(call, network.hang_up, name)

    assert connected == ("Connected", COURIER, [UP, UP])
    assert (call.open_legs, call.events) == ((), [])


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Person(answers="busy"), 486),
        (Person(answers="no answer"), 480),
        (Person(answers="by hand"), 480),
    ],
)
def test_call_without_an_application_is_not_taken(person: Person, code: int) -> None:
    """The caller hears what leg B said, or 480 after thirty seconds."""
    phones = Telephones(script())
    phones.people[COURIER] = person
    call = relayed(phones)

    phones.advance(30)

    assert [leg.sip_response_code for leg in call.legs] == [code, code]
    assert call.outcome == "Rejected"


def test_call_without_an_application_finds_a_host() -> None:
    """A host that cannot be reached is passed over."""
    phones = Telephones(script())
    phones.people[HOSTS[0]] = Person(answers="unreachable")

    call = relayed(phones, *HOSTS)

    assert (call.outcome, call.leg("B").hosts) == ("Connected", HOSTS[1:])
    with pytest.raises(LookupError, match=r"^Call 'id-1' is not in progress"):
        network.update(phones.now(call), {})


def test_caller_gives_up_before_an_answer() -> None:
    """A call that no application has and nobody has answered ends with the caller."""
    phones = Telephones(script())
    phones.people[COURIER] = Person(answers="by hand")
    call = relayed(phones)

    phones.do(call, network.hang_up, "A")

    assert [leg.status for leg in call.legs] == [DOWN, DOWN]


def test_what_others_are_told() -> None:
    """Effects say who has called whom, what was answered, and what has ended."""
    phones = Telephones(script())

    call = relayed(phones)
    phones.do(call, network.hang_up, "A")

    assert [(each.kind, each.details.get("CallId")) for each in call.effects] == [
        ("Arrived", "id-2"),
        ("Dialled", "id-3"),
        ("Answered", "id-3"),
        ("Answered", "id-2"),
        ("LegEnded", "id-2"),
        ("LegEnded", "id-3"),
        ("CallEnded", None),
    ]
    assert {each.at for each in call.effects} == {START}


def test_application_that_calls_another_number_of_the_account() -> None:
    """Effects and steps join two calls: what one leg does, the other is told to do."""
    own, headers = "+12065550144", {"x-ride": "R-9"}
    hang_up_a = do("Hangup", ParticipantTag="LEG-A")
    phones = Telephones(script([bridge(own, SipHeaders=headers)]))
    phones.people[own] = Person(answers="by hand")
    first = phones.arrive()
    dialled = next(each.details for each in first.effects if each.kind == "Dialled")

    phones.handler = script([do("Speak", Text="Hello")])
    second = phones.arrive(dialled["From"], dialled["To"], (SECOND,), headers)
    phones.do(first, network.answer, "B")
    phones.do(second, network.hang_up, "A")
    phones.handler = script([hang_up_a])
    phones.do(first, network.hang_up, "B")

    shown = second.events[0]["CallDetails"]["Participants"][0]
    assert (shown["From"], shown["SipHeaders"]) == (NUMBER, headers)
    assert (first.open_legs, second.open_legs) == ((), ())


@pytest.mark.parametrize(
    ("habits", "said"),
    [
        (
            {"answers": "never"},
            "answers must be one of at once, voicemail, no answer, by hand, rejects, "
            "busy, unreachable, not 'never'",
        ),
        ({"after": -1}, "after must be at least 0, not -1"),
        ({"after": float("nan")}, "after must be at least 0, not nan"),
        ({"after": float("inf")}, "after must be at least 0, not inf"),
        ({"hangs_up_after": -0.5}, "hangs_up_after must be at least 0, not -0.5"),
    ],
)
def test_person_that_cannot_be(habits: dict[str, Any], said: str) -> None:
    """A way to take calls that makes no sense is refused with its name."""
    with pytest.raises(ValueError, match=f"^{said}$"):
        Person(**habits)
