from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

import pytest

from kit.oracles.state import dump


@dataclass
class Thing:
    """Anything with attributes, one of them another thing."""

    name: str
    other: Thing | None = None
    tags: dict[str, str] = field(default_factory=dict)


def test_things_are_their_attributes() -> None:
    """Two things with the same attributes are equal; other attributes show."""
    assert dump(Thing("a"), {}) == dump(Thing("a"), {})
    assert dump(Thing("a"), {}) != dump(Thing("b"), {})
    assert dump(Thing("a", tags={"k": "v"}), {}) != dump(Thing("a"), {})


def test_things_that_are_met_again_are_references() -> None:
    """A circle comes to an end, and one thing twice differs from two alike."""
    circle = Thing("a")
    circle.other = circle
    one = Thing("b")

    assert dump(circle, {}) == {"name": "a", "other": "<Thing 0>", "tags": []}
    assert dump([one, one], {}) != dump([one, Thing("b")], {})


@pytest.mark.parametrize(
    ("one", "other"),
    [({1: 2}, {1: 3}), ([1, 2], [2, 1]), ({1}, {2}), ("a", "b"), (None, 0)],
    ids=["mapping", "list", "set", "text", "nothing"],
)
def test_values_are_compared(one: object, other: object) -> None:
    """What differs in a container differs in what is made of it."""
    assert dump(one, {}) != dump(other, {})


def test_sources_of_chance_are_left_out() -> None:
    """What ids are drawn from is no part of what has changed."""
    assert dump(Random(1), {}) == dump(Random(2), {})
