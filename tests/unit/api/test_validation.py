from __future__ import annotations

import json
import math
from typing import Any

import pytest

from proxymock.api.patterns import Pattern
from proxymock.api.spec import Shape, shape
from proxymock.api.validation import violations

TAG = shape("Tag")
ITEMS = Shape(name="Tags", type="list", member=TAG, min=1, max=2)
MAP = Shape(
    name="Map",
    type="map",
    key=Shape(name="Key", type="string", min=1),
    value=Shape(name="Value", type="string", max=3),
    max=2,
)
INTEGER = shape("PositiveInteger")
BOOLEAN = shape("Boolean")
NUMBER = shape("E164PhoneNumber")
STATUS = shape("ProxySessionStatus")
NAME = shape("ProxySessionNameString")


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (INTEGER, 1),
        (INTEGER, 10**30),
        (BOOLEAN, True),
        (BOOLEAN, False),
        (BOOLEAN, "true"),
        (BOOLEAN, "false"),
        (NUMBER, "+12065550100"),
        (NUMBER, "12065550100"),
        (STATUS, "Open"),
        (NAME, ""),
        (NAME, "Order 42"),
        (TAG, {"Key": "k", "Value": ""}),
        (TAG, {"Key": "k", "Value": "v", "Unknown": 1}),
        (ITEMS, [{"Key": "k", "Value": "v"}]),
        (MAP, {}),
        (MAP, {"k": "v", "l": "123"}),
    ],
)
def test_sound_value_breaks_nothing(shape: Shape, value: Any) -> None:
    """What the description allows has no violations; unknown members are allowed."""
    assert violations(shape, value, "X") == []


@pytest.mark.parametrize(
    ("shape", "value", "rules"),
    [
        (INTEGER, 0, ["X must be at least 1, not 0"]),
        (INTEGER, "1", ['X must be an integer, not "1"']),
        (INTEGER, 1.0, ["X must be an integer, not 1.0"]),
        (INTEGER, math.inf, ["X must be an integer, not Infinity"]),
        (INTEGER, True, ["X must be an integer, not true"]),
        (INTEGER, None, ["X must be an integer, not null"]),
        (shape("ResultMax"), 101, ["X must be at most 100, not 101"]),
        (BOOLEAN, "yes", ['X must be a boolean, not "yes"']),
        (BOOLEAN, 1, ["X must be a boolean, not 1"]),
        (BOOLEAN, [], ["X must be a boolean, not a list"]),
        (BOOLEAN, {}, ["X must be a boolean, not an object"]),
        (NUMBER, 1, ["X must be a string, not 1"]),
        (NUMBER, False, ["X must be a string, not false"]),
        (
            NUMBER,
            "+0",
            [f'X must match {NUMBER.pattern and NUMBER.pattern.pattern}, not "+0"'],
        ),
        (
            NUMBER,
            "1" * 100,
            [
                f"X must match {NUMBER.pattern and NUMBER.pattern.pattern}, "
                f'not "{"1" * 76}...'
            ],
        ),
        (
            STATUS,
            "open",
            ['X must be one of Open, InProgress, Closed, not "open"'],
        ),
        (TAG, [], ["X must be an object, not a list"]),
        (TAG, {}, ["X.Key is required", "X.Value is required"]),
        (TAG, {"Key": None, "Value": ""}, ["X.Key is required"]),
        (
            TAG,
            {"Key": "", "Value": 5},
            [
                "X.Key must have at least 1 characters, not 0",
                "X.Value must be a string, not 5",
            ],
        ),
        (ITEMS, [], ["X must have at least 1 items, not 0"]),
        (ITEMS, "text", ['X must be a list, not "text"']),
        (ITEMS, [None], ["X[0] must be an object, not null"]),
        (
            ITEMS,
            [{"Key": "k", "Value": "v"}] * 2 + [{"Key": "k"}],
            ["X must have at most 2 items, not 3"],
        ),
        (MAP, [], ["X must be an object, not a list"]),
        (MAP, {"k": None}, ['X["k"] must be a string, not null']),
        (
            MAP,
            {"": "1234"},
            [
                'X key "" must have at least 1 characters, not 0',
                'X[""] must have at most 3 characters, not 4',
            ],
        ),
        (
            MAP,
            {"a": "", "b": "", "c": ""},
            ["X must have at most 2 items, not 3"],
        ),
    ],
)
def test_each_violation_names_member_and_rule(
    shape: Shape, value: Any, rules: list[str]
) -> None:
    """Every broken rule is told, with where it is broken and by what."""
    assert [str(violation) for violation in violations(shape, value, "X")] == rules


def test_value_of_a_wrong_size_is_not_read() -> None:
    """What is too long, too short or too many is neither matched nor gone through."""

    class Unread(Pattern):
        __slots__ = ()

        def __init__(self) -> None:
            self.pattern = "unread"
            self.fullmatch = pytest.fail

    text = Shape(name="Text", type="string", min=2, max=3, pattern=Unread())
    items = Shape(name="Texts", type="list", member=text, max=1)

    assert list(map(str, violations(text, "a", "X"))) == [
        "X must have at least 2 characters, not 1"
    ]
    assert list(map(str, violations(text, "a" * 1_000_000, "X"))) == [
        "X must have at most 3 characters, not 1000000"
    ]
    assert list(map(str, violations(items, ["ab"] * 1_000_000, "X"))) == [
        "X must have at most 1 items, not 1000000"
    ]


def test_many_violations_are_counted() -> None:
    """The first twenty are named, and of the others the number."""
    items = Shape(name="Tags", type="list", member=TAG)

    found = violations(items, [{"Key": "k"}] * 1000, "X")

    named = "; ".join(f"X[{index}].Value is required" for index in range(20))
    assert (len(found), str(found)) == (20, f"{named}; and 980 more")


def test_few_violations_are_all_named() -> None:
    """Where twenty are all there are, none is left out."""
    items = Shape(name="Tags", type="list", member=TAG)

    assert str(violations(items, [{}] * 10, "X")) == "; ".join(
        f"X[{index}].{name} is required"
        for index in range(10)
        for name in ("Key", "Value")
    )


@pytest.mark.parametrize("length", [77, 78, 79, 80, 81, 200])
@pytest.mark.parametrize("character", ["a", "é", '"', "\U0001f697"])
def test_long_text_is_shown_by_its_beginning(character: str, length: int) -> None:
    """A text is shown as in JSON, cut to 80 characters."""
    shown = json.dumps(character * length)
    shown = shown if len(shown) <= 80 else f"{shown[:77]}..."

    assert list(map(str, violations(INTEGER, character * length, "X"))) == [
        f"X must be an integer, not {shown}"
    ]


def test_members_of_the_whole_input_have_no_prefix() -> None:
    """At the top a member is named by itself alone."""
    assert [violation.member for violation in violations(TAG, {}, "")] == [
        "Key",
        "Value",
    ]
