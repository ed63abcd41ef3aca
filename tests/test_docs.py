"""What the documents promise, tried out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

# They need more than to be pasted: tests/clients and test_cookbook.py try them.
ELSEWHERE = ("clients.md", "cookbook.md")


def _blocks(language: str, document: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.DOTALL | re.MULTILINE)


def _command(program: str) -> str:
    [command] = [block for block in _blocks("sh") if program in block]
    return command.strip()


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, id=f"{document.stem}-{number}")
        for document in DOCUMENTS
        if document.name not in ELSEWHERE
        for number, block in enumerate(
            _blocks("python", document.read_text("utf-8")), start=1
        )
    ],
)
def test_block_runs(
    block: str, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python block of a document runs when a beginner pastes it into a test file."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    pytester.makepyfile(f"{block}\n\ndef test_block_was_run(): ...\n")

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    assert result.ret == pytest.ExitCode.OK


def test_main_job_prints_what_the_readme_shows() -> None:
    """The example that the README runs prints what it says."""
    python, script = _command("examples/").rpartition("&& ")[2].split()
    assert python == ".venv/bin/python"

    run = subprocess.run(
        [sys.executable, ROOT / script], check=True, capture_output=True, text=True
    )

    [excerpt] = _blocks("text")
    assert run.stdout.startswith(excerpt)


def test_ci_runs_the_command_of_the_readme() -> None:
    """What passes with the README's command passes in CI."""
    assert (ROOT / ".ci" / "run").read_text("utf-8").splitlines()[-1] == _command("tox")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """A relative link of a document leads to a file of the project."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text("utf-8"))

    assert [t for t in targets if not (document.parent / t).exists()] == []
