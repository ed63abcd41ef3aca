from __future__ import annotations

import re

import pytest

from kit.oracles.backtracking import Backtracking


@pytest.mark.parametrize("pattern", ["a+b?", "(a|ab)(c|bcd)", "^[^a-c]{2,3}$", "a.*b"])
@pytest.mark.parametrize("text", ["", "a", "aab", "abcd", "xyz", "xyz\n", "a\nb"])
def test_matches_as_python_does(pattern: str, text: str) -> None:
    """It finds the same as the engine whose steps it counts."""
    expected = re.fullmatch(pattern, text, re.ASCII) is not None

    assert Backtracking(pattern).fullmatch(text) == expected


def test_steps_show_what_explodes() -> None:
    """Where each further character doubles the ways, it doubles the steps."""
    steps = []
    for length in (8, 9, 10):
        engine = Backtracking("(a+)+b")
        engine.fullmatch("a" * length)
        steps.append(engine.steps)

    assert steps[1] / steps[0] == pytest.approx(2, rel=0.1)
    assert steps[2] / steps[1] == pytest.approx(2, rel=0.1)
