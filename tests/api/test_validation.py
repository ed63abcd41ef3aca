from __future__ import annotations

import math
from typing import Any

import pytest

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
            ["X must have at most 2 items, not 3", "X[2].Value is required"],
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


def test_members_of_the_whole_input_have_no_prefix() -> None:
    """At the top a member is named by itself alone."""
    assert [violation.member for violation in violations(TAG, {}, "")] == [
        "Key",
        "Value",
    ]
