"""What the documents promise, tried out."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kit.transports.inner_pytest import ALONE

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])

# They need more than to be pasted: tests/system/clients, test_cookbook.py and
# test_tutorial.py try them.
ELSEWHERE = ("clients.md", "cookbook.md", "tutorial.md")


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

    result = pytester.runpytest_subprocess("-v", *ALONE)

    assert result.parseoutcomes().keys() == {"passed"}
    passed = re.findall(r"^(\w+)\.py::test_was_run PASSED", str(result.stdout), re.M)
    assert {*passed} == files.keys()
    assert files


@pytest.mark.measured
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


def _anchors(document: Path) -> set[str]:
    """Return what a link into a document can name: its headings, and its anchors."""
    text = document.read_text("utf-8")
    headings = re.findall(r"^#+ (?:<a .*?</a>)?(.+)$", text, re.MULTILINE)
    slugs = [re.sub(r"[^\w -]", "", each.lower()) for each in headings]
    return {each.replace(" ", "-") for each in slugs} | {
        *re.findall(r'<a id="(.+?)">', text)
    }


def _leads_somewhere(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = document.parent / path if path else document
    return target.exists() and (not anchor or anchor in _anchors(target))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """A link within the project leads to a file, and to a place in that file."""
    # Code has brackets of its own.
    text = re.sub(
        r"^```.*?^```|`[^`\n]*`", "", document.read_text("utf-8"), flags=re.S | re.M
    )
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", text)

    assert [link for link in links if not _leads_somewhere(document, link)] == []
