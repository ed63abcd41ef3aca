"""Answers that nobody would write: each is told of, and none breaks a call."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.builders.telephones import Telephones, answer, do, script, told
from proxymock.telephony import network
from proxymock.telephony.description import action_types, described

NAMES = sorted(
    {name for type in action_types() for name in described(type).shape.members}
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.sampled_from(["PSTN", "AWS", "S3", "+12065550122", "LEG-B", "id-2", "[", "1"]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES) | st.text(max_size=3), inside, max_size=4
        )
    ),
    max_leaves=8,
)
PARAMETERS = st.dictionaries(
    st.sampled_from([*NAMES, "CallId", "ParticipantTag"]), JSON, max_size=8
)
ACTIONS = st.fixed_dictionaries(
    {"Type": st.sampled_from(action_types()), "Parameters": PARAMETERS}
)


@pytest.mark.sampled(10)
@settings(max_examples=150)
@given(
    first=st.lists(ACTIONS, max_size=3),
    second=JSON,
    attributes=st.none() | st.dictionaries(st.text(max_size=3), JSON, max_size=3),
)
def test_any_answer(first: list[Any], second: Any, attributes: Any) -> None:
    """Whatever a function answers, its call goes on or ends, in good order."""
    attributed = answer(*first, TransactionAttributes=attributes)
    phones = Telephones(script(attributed, answer(Actions=second), {"Actions": second}))
    call = phones.arrive()
    if not call.ended:
        phones.do(call, network.update, {})

    phones.advance(120)

    assert call.ended == (not call.open_legs)


@pytest.mark.parametrize(
    "expression", ["1{99999999999}", "(" * 2000 + ")" * 2000, "*", "(?P<"]
)
def test_expression_that_python_refuses(expression: str) -> None:
    """What is no expression, for whatever reason, fails as one."""
    listener = do(
        "ReceiveDigits",
        InputDigitsRegex=expression,
        InBetweenDigitsDurationInMilliseconds=1,
        FlushDigitsDurationInMilliseconds=1,
    )
    phones = Telephones(script([listener]))

    call = phones.arrive()

    assert told(call)[1:] == ["ACTION_FAILED ReceiveDigits"]


def test_expression_of_another_dialect() -> None:
    """What only warns in Python is taken as it is."""
    ask = do(
        "SpeakAndGetDigits",
        SpeechParameters={"Text": "?"},
        RepeatDurationInMilliseconds=1000,
        InputDigitsRegex="[[0-9]",
    )
    phones = Telephones(script([ask]))
    call = phones.arrive()

    phones.do(call, network.press, "A", "1#")

    assert call.events[1]["ActionData"]["ReceivedDigits"] == "1"


def test_longest_time() -> None:
    """A time that ends after the last day there is never ends."""
    phones = Telephones(script([do("Pause", DurationInMilliseconds=2147483647)]))
    phones.at = datetime(9999, 12, 31, tzinfo=timezone.utc)

    call = phones.arrive()

    assert network.next_due(call) == datetime.max.replace(tzinfo=timezone.utc)


@pytest.mark.parametrize("levels", [97, 98])
def test_deep_answer(levels: int) -> None:
    """A hundred levels are taken; what is deeper is an error of the function."""
    deep: Any = 1
    for _ in range(levels):
        deep = [deep]
    given = answer(do("Hangup"), TransactionAttributes={"a": deep})
    phones = Telephones(script(given, given))

    call = phones.arrive()

    assert told(call)[1:] == ["HANGUP Hangup"] * (levels == 97)


def test_lone_surrogates() -> None:
    """Half a character is measured as it is sent."""
    given = answer(do("Hangup"), TransactionAttributes={"\ud800": "\udfff" * 7000})
    phones = Telephones(script(given, [do("Hangup")]))

    call = phones.arrive()

    assert call.events[1]["ErrorMessage"] == (
        "TransactionAttributes must have at most 20480 bytes, not 21011"
    )
