"""Every recipe of the cookbook, as it stands there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kit.transports.inner_pytest import ALONE
from proxymock import snapshot

COOKBOOK = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text("utf-8")
RECIPES = {
    heading: text
    for heading, _, text in (
        section.partition("\n") for section in COOKBOOK.split("\n## ")[1:]
    )
}


def blocks(language: str, text: str) -> list[str]:
    """Return the code of one language in a text."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


[STATE] = blocks("json", COOKBOOK)
IN_PYTHON = [name for name, text in RECIPES.items() if blocks("python", text)]
SHELL = blocks("sh", RECIPES["From any language"])[0]


@pytest.mark.measured
def test_recipes(pytester: pytest.Pytester) -> None:
    """Each recipe is a test file that passes without a warning."""
    for number, recipe in enumerate(IN_PYTHON):
        [code] = blocks("python", RECIPES[recipe])
        pytester.makepyfile(**{f"test_{number}": code})
    pytester.path.joinpath("state.json").write_text(STATE, "utf-8")

    result = pytester.runpytest_subprocess("-v", *ALONE)

    assert result.parseoutcomes().keys() == {"passed"}
    passed = re.findall(r"^test_(\d+)\.py::.* PASSED", str(result.stdout), re.MULTILINE)
    assert set(passed) == {str(number) for number in range(len(IN_PYTHON))}


def test_every_recipe_is_in_the_contents() -> None:
    """The list at the top leads to all recipes, in their order."""
    listed = re.findall(r"^- \[(.+)\]\(#(.+)\)$", COOKBOOK, re.MULTILINE)

    assert listed == [
        (name, re.sub(r"[^a-z -]", "", name.lower()).replace(" ", "-"))
        for name in RECIPES
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_recipe_for_any_language(motos_server_url: str) -> None:
    """The commands of the shell work on a server with the state of the cookbook."""
    snapshot.load(json.loads(STATE))

    printed = subprocess.run(
        ["sh", "-ec", SHELL.replace("http://localhost:5000", motos_server_url)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    answers = [json.loads(line) for line in printed.replace("}{", "}\n{").splitlines()]

    assert [sorted(answer)[0] for answer in answers] == [
        "At",
        "Masks",
        "Now",
        "Interactions",
    ]
    assert answers[0]["ConnectedTo"] == "+14015550101"
    assert len(answers[1]["Masks"]) == 1
    [logged] = answers[3]["Interactions"]
    assert logged.items() <= answers[0].items()
