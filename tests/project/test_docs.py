"""What the documents promise, tried out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kit.transports.inner_pytest import WARNINGS_ARE_ERRORS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

# They need more than to be pasted: tests/system/clients and test_cookbook.py try them.
ELSEWHERE = ("clients.md", "cookbook.md")


def _blocks(language: str, document: str = README) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", document, re.DOTALL | re.MULTILINE)


def _command(program: str) -> str:
    [command] = [block for block in _blocks("sh") if program in block]
    return command.strip()


def test_blocks_run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each Python block of a document runs when a beginner pastes it into a test."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    files = {
        f"test_{document.stem}_{number}": f"{block}\n\ndef test_was_run(): ...\n"
        for document in DOCUMENTS
        if document.name not in ELSEWHERE
        for number, block in enumerate(_blocks("python", document.read_text("utf-8")))
    }
    pytester.makepyfile(**files)

    result = pytester.runpytest_subprocess(
        "-v", "-p", "no:cacheprovider", *WARNINGS_ARE_ERRORS
    )

    assert result.parseoutcomes().keys() == {"passed"}
    passed = re.findall(r"^(\w+)\.py::test_was_run PASSED", str(result.stdout), re.M)
    assert {*passed} == files.keys()
    assert files


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
