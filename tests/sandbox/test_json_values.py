"""Between Python and JSON, with plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from proxymock.sandbox import SandboxError
from proxymock.sandbox.json_values import from_json, instant, to_json

NOON = datetime(2026, 1, 2, 12, 0, 0, 5000, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Wheel:
    """A part of a bicycle."""

    spokes: int


@dataclass(frozen=True)
class Bicycle:
    """Something with members of all types."""

    name: str
    wheels: tuple[Wheel, ...]
    gears: list[int]
    since: datetime
    weight: float | None
    is_sold: bool
    notes: dict[str, Any]


BICYCLE = Bicycle("Rover", (Wheel(36), Wheel(32)), [1, 2], NOON, None, True, {"a": [1]})
JSON = {
    "Name": "Rover",
    "Wheels": [{"Spokes": 36}, {"Spokes": 32}],
    "Gears": [1, 2],
    "Since": "2026-01-02T12:00:00.005Z",
    "Weight": None,
    "IsSold": True,
    "Notes": {"a": [1]},
}


def test_there_and_back() -> None:
    """A thing is JSON in AWS's names, and that is the thing."""
    assert to_json(BICYCLE) == JSON
    assert from_json(Bicycle, JSON, "Bicycle") == BICYCLE


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Name": 5}, "Bicycle.Name must be a string, not 5"),
        ({"Name": None}, "Bicycle.Name must be a string, not null"),
        ({"Wheels": {}}, "Bicycle.Wheels must be a list, not {}"),
        ({"Wheels": [{}]}, "Bicycle.Wheels[0] must have the members Spokes"),
        ({"Wheels": [5]}, "Bicycle.Wheels[0] must have the members Spokes"),
        (
            {"Wheels": [{"Spokes": True}]},
            "Bicycle.Wheels[0].Spokes must be an integer, not true",
        ),
        ({"Gears": [1, "2"]}, 'Bicycle.Gears[1] must be an integer, not "2"'),
        ({"Weight": float("inf")}, "Bicycle.Weight must be a number, not Infinity"),
        ({"IsSold": 1}, "Bicycle.IsSold must be a boolean, not 1"),
        ({"Notes": [1]}, "Bicycle.Notes must be an object, not [1]"),
        (
            {"Since": "noon"},
            "Bicycle.Since must be an instant such as 2026-01-02T03:04:05.678Z, "
            "not 'noon'",
        ),
    ],
)
def test_wrong_members_are_named(members: dict[str, Any], message: str) -> None:
    """What is not of its type is refused by its place, and by what should be there."""
    with pytest.raises(SandboxError) as error:
        from_json(Bicycle, {**JSON, **members}, "Bicycle")

    assert str(error.value) == message


@pytest.mark.parametrize("weight", [7, 7.5])
def test_numbers_may_be_whole(weight: float) -> None:
    """A float may be an integer in JSON."""
    thing = from_json(Bicycle, {**JSON, "Weight": weight}, "Bicycle")

    assert thing.weight == weight


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-02T12:00:00.005Z",
        "2026-01-02T12:00:00.005000+00:00",
        "2026-01-02T21:00:00.005000+09:00",
        NOON,
        NOON.astimezone(timezone(timedelta(hours=-5))),
    ],
)
def test_instants(value: object) -> None:
    """An instant is in UTC, in whatever zone it was written."""
    found = instant(value, "At")

    assert (found, found.tzinfo) == (NOON, timezone.utc)
