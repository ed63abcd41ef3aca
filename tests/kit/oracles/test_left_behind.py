"""The oracle for what calls leave behind finds what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from kit.oracles.left_behind import problems, record_problems

SCHEMA: Any = {"id": r"[a-z]\d", "on": bool, "parts": [{"n": "1|2"}]}
GOOD: Any = {"id": "a1", "on": True, "parts": [{"n": "2"}]}


def test_nothing_is_wrong() -> None:
    """What fits has no problems."""
    assert list(problems(GOOD, SCHEMA)) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (
            {"on": True, "id": "a1", "parts": []},
            "$ has the members ['on', 'id', 'parts']",
        ),
        ({**GOOD, "more": 1}, "$ has the members ['id', 'on', 'parts', 'more']"),
        ({**GOOD, "id": "a12"}, "$.id is 'a12'"),
        ({**GOOD, "id": 1}, "$.id is 1"),
        ({**GOOD, "on": "yes"}, "$.on is 'yes'"),
        ({**GOOD, "parts": []}, "$.parts has 0 items"),
        ({**GOOD, "parts": [{"n": "3"}]}, "$.parts[0].n is '3'"),
    ],
)
def test_something_is_wrong(wrong: Any, problem: str) -> None:
    """Order, names, types, and texts count."""
    assert list(problems(wrong, SCHEMA)) == [problem]


FOLDER = "Amazon-Chime-Voice-Connector-CDRs/json"
NAME = "2026/01/02/12.00.00.000_00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        ("a.json", "the key is a.json"),
        (f"Others/json/vc/{NAME}", f"the key is Others/json/vc/{NAME}"),
        (f"{FOLDER}/vc/{NAME}", f"{FOLDER}/vc/{NAME} is not of {{'a': 'other'}}"),
    ],
)
def test_record_at_a_wrong_place(key: str, problem: str) -> None:
    """The folder of a record and the id in its key count."""
    assert record_problems(key, {"a": "other"}) == [problem]
