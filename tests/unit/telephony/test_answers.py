"""How the answers of functions are read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, event, hung_up, leg_a
from kit.builders.telephones import Telephones, answer, do, script, texts, told
from proxymock.telephony import network
from proxymock.telephony.description import action_types

HANG_UP = do("Hangup")
KNOWN = ", ".join(action_types())

UNUSABLE: list[tuple[Any, str, str]] = [
    (None, "InvalidResponse", "The answer must be an object, not null"),
    ("", "InvalidResponse", 'The answer must be an object, not ""'),
    ((), "InvalidResponse", "The answer must be an object, not []"),
    ({}, "SchemaVersionMismatch", 'SchemaVersion must be "1.0", not null'),
    (
        {"statusCode": 200, "body": "{}"},
        "SchemaVersionMismatch",
        'SchemaVersion must be "1.0", not null',
    ),
    (
        answer(SchemaVersion=1.0),
        "SchemaVersionMismatch",
        'SchemaVersion must be "1.0", not 1.0',
    ),
    (
        answer(Actions="Hangup"),
        "InvalidActionList",
        'Actions must be a list, not "Hangup"',
    ),
    (
        answer(Actions={"Type": "Hangup"}),
        "InvalidActionList",
        'Actions must be a list, not {"Type": "Hangup"}',
    ),
    (answer(Actions=0), "InvalidActionList", "Actions must be a list, not 0"),
    (
        answer(*[HANG_UP] * 11),
        "TooManyActions",
        "Actions must have at most 10 items, not 11",
    ),
    (
        answer(Actions=["x" * 100]),
        "InvalidActionList",
        f'Actions[0] must be an object, not "{"x" * 76}...',
    ),
    (
        answer(HANG_UP, do("HangUp")),
        "UnsupportedActionName",
        f'Actions[1].Type must be one of {KNOWN}, not "HangUp"',
    ),
    (
        answer({"Type": ["Hangup"]}),
        "UnsupportedActionName",
        f'Actions[0].Type must be one of {KNOWN}, not ["Hangup"]',
    ),
    (
        answer({"Type": "Hangup", "Parameters": []}),
        "InvalidActionList",
        "Actions[0].Parameters must be an object, not []",
    ),
    (
        answer(TransactionAttributes=[]),
        "TransactionAttributesInvalid",
        "TransactionAttributes must be an object, not []",
    ),
    (
        answer(TransactionAttributes={str(n): n for n in range(101)}),
        "TransactionAttributesInvalidMapSize",
        "TransactionAttributes must have at most 100 pairs, not 101",
    ),
    (
        answer(TransactionAttributes={"é": "x" * 20480}),
        "TransactionAttributesInvalidPayloadSize",
        "TransactionAttributes must have at most 20480 bytes, not 20490",
    ),
]


@pytest.mark.parametrize(("given", "error", "message"), UNUSABLE)
def test_unusable_answer_is_told(given: Any, error: str, message: str) -> None:
    """The function is told what is wrong, and where; people are warned of the same."""
    phones = Telephones(script(given, [HANG_UP]))

    call = phones.arrive()

    invalid = event(
        2,
        "INVALID_LAMBDA_RESPONSE",
        leg_a(),
        ErrorType=error,
        ErrorMessage=message,
    )
    over = event(3, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2"))
    assert texts(call.events[1:]) == texts([invalid, over])
    assert call.warnings == [message]


def test_second_unusable_answer_ends_the_call() -> None:
    """An answer to INVALID_LAMBDA_RESPONSE must be usable, or all is over with 480."""
    phones = Telephones(script(None, None))

    call = phones.arrive()

    assert told(call) == ["NEW_INBOUND_CALL", "INVALID_LAMBDA_RESPONSE"]
    assert (call.status, call.leg("A").sip_response_code) == ("Ended", 480)
    assert call.warnings[-1] == (
        "The call ends with 480: The answer must be an object, not null"
    )


@pytest.mark.parametrize(
    "given",
    [
        answer(),
        answer(Actions=None),
        answer(Actions={}),
        answer(Actions=()),
        {"SchemaVersion": "1.0"},
    ],
)
def test_no_actions_let_a_caller_ring(given: Any) -> None:
    """Nobody answers a caller for whom no action comes, and 30 seconds end it."""
    phones = Telephones(script(given))
    call = phones.arrive()

    phones.advance(29.9)
    before = call.status
    phones.advance(0.1)

    over = event(2, "HANGUP", leg_a(DOWN), data=hung_up("LEG-A", "id-2", 480))
    assert before == "Ringing"
    assert texts(call.events[1:]) == texts([over])
    assert call.warnings == ["Actions is empty: nobody answers the caller"]


def test_parameters_may_be_left_out() -> None:
    """An action that requires none needs no Parameters."""
    phones = Telephones(script([{"Type": "Hangup"}]))

    call = phones.arrive()

    assert (told(call), call.warnings) == (["NEW_INBOUND_CALL", "HANGUP Hangup"], [])


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        ({}, {"a": 1, "b": {"c": [None]}}),
        ({"TransactionAttributes": None}, {"a": 1, "b": {"c": [None]}}),
        ({"TransactionAttributes": {"d": 2}}, {"d": 2}),
        ({"TransactionAttributes": {}}, None),
    ],
)
def test_attributes(second: dict[str, Any], kept: Any) -> None:
    """Attributes are kept if none come, replaced as a whole, and cleared by {}."""
    first = {"a": 1, "b": {"c": [None]}}
    speak = do("Speak", Text="Hello")
    answers = answer(speak, TransactionAttributes=first), answer(speak, **second)
    phones = Telephones(script(*answers))

    call = phones.arrive()

    details = [each["CallDetails"] for each in call.events]
    assert [each.get("TransactionAttributes") for each in details] == [
        None,
        first,
        kept,
    ]


def test_attributes_of_unheeded_answers_are_kept() -> None:
    """Before the callee answers, actions are not taken, but attributes are."""
    unheeded = answer(HANG_UP, TransactionAttributes={"order": "A-17"})
    phones = Telephones(script(unheeded, [HANG_UP]))

    call = phones.place()

    details = [each["CallDetails"] for each in call.events]
    orders = [each.get("TransactionAttributes") for each in details]
    assert orders == [None, {"order": "A-17"}, {"order": "A-17"}]
    why = "nobody has answered yet"
    assert call.warnings == [
        f"Actions[0] not run, in answer to NEW_OUTBOUND_CALL: {why}",
        f"Actions[0] not run, in answer to RINGING: {why}",
    ]


def test_largest_answer() -> None:
    """Ten actions, a hundred pairs and twenty kilobytes are taken."""
    attributes: dict[str, Any] = {str(n): n for n in range(99)}
    attributes["rest"] = ""
    attributes["rest"] = "x" * (20480 - len(json.dumps(attributes)))
    speak = do("Speak", Text="Hello")
    phones = Telephones(script(answer(*[speak] * 10, TransactionAttributes=attributes)))

    call = phones.arrive()

    assert call.leg("A").heard == ["Hello"] * 10
    assert call.attributes == attributes
    assert call.warnings == []


def test_answer_after_the_end() -> None:
    """When no leg is left, the actions of an answer and its mistakes change nothing."""
    phones = Telephones(script([HANG_UP, do("Speak", Text="Bye")], [HANG_UP]))
    call = phones.arrive()
    broken = Telephones(script([HANG_UP], {}))
    other = broken.arrive()

    assert told(call) == told(other) == ["NEW_INBOUND_CALL", "HANGUP Hangup"]
    assert call.warnings == [
        "Actions[1] not run: the call is over",
        "Actions[0] not run, in answer to HANGUP: the call is over",
    ]
    assert other.warnings == ['SchemaVersion must be "1.0", not null']


def test_unusable_answer_keeps_what_is_running() -> None:
    """A bridge stands although the answer to an event on it cannot be used."""
    pause = do("Pause", DurationInMilliseconds=5000)
    phones = Telephones(script([pause], {}))
    call = phones.arrive()

    phones.do(call, network.update, {})
    phones.advance(5)

    assert told(call)[2:] == ["INVALID_LAMBDA_RESPONSE", "ACTION_SUCCESSFUL Pause"]
    assert call.events[3]["CallDetails"]["Participants"] == [leg_a(UP)]
