"""Every recipe of the cookbook, as it stands there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from proxymock import snapshot
from support import WARNINGS_ARE_ERRORS

COOKBOOK = (Path(__file__).parents[1] / "docs" / "cookbook.md").read_text("utf-8")
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


@pytest.mark.parametrize("recipe", IN_PYTHON)
def test_recipe(pytester: pytest.Pytester, recipe: str) -> None:
    """The recipe is a test file that passes without a warning."""
    [code] = blocks("python", RECIPES[recipe])
    pytester.makepyfile(test_recipe=code)
    pytester.path.joinpath("state.json").write_text(STATE, "utf-8")

    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", *WARNINGS_ARE_ERRORS
    )

    outcomes = result.parseoutcomes()
    assert outcomes.keys() == {"passed"}
    assert result.ret == pytest.ExitCode.OK


def test_every_recipe_is_in_the_contents() -> None:
    """The list at the top leads to all recipes, in their order."""
    listed = re.findall(r"^- \[(.+)\]\(#(.+)\)$", COOKBOOK, re.MULTILINE)

    assert listed == [
        (name, re.sub(r"[^a-z -]", "", name.lower()).replace(" ", "-"))
        for name in RECIPES
    ]


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_recipe_for_any_language(server_url: str) -> None:
    """The commands of the shell work on a server with the state of the cookbook."""
    snapshot.load(json.loads(STATE))

    printed = subprocess.run(
        ["sh", "-ec", SHELL.replace("http://localhost:5000", server_url)],
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
    assert answers[3]["Interactions"] == [answers[0]]
