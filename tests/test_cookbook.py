"""The recipes of the cookbook, tried out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

COOKBOOK = (Path(__file__).parents[1] / "docs" / "cookbook.md").read_text("utf-8")
RECIPES = re.findall(
    r"^## (.+?)\n.*?^```python\n(.*?)^```", COOKBOOK, re.DOTALL | re.MULTILINE
)


def test_every_section_has_a_recipe() -> None:
    """No heading is without a block that is tried out."""
    headings = re.findall(r"^## (.+)", COOKBOOK, re.MULTILINE)

    assert [title for title, _ in RECIPES] == headings


def test_recipes_run(pytester: pytest.Pytester) -> None:
    """Each recipe passes when it is pasted into a test file."""
    pytester.makepyfile(
        **{f"test_recipe_{n}": recipe for n, (_, recipe) in enumerate(RECIPES)}
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=len(RECIPES) + 1)  # one of them has two cases
