"""The ledger of undocumented behaviour against the code that rests on it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEDGER = ROOT / "docs" / "behaviour.md"
# "AWS: PS-01, PS-05" in a comment or docstring, in which it may run over a line's end.
_MARK = re.compile(r"AWS:((?:[\s#,]|and\b|[A-Z]{2,3}-\d\d\b)+)")
_ID = re.compile(r"[A-Z]{2,3}-\d\d\b")
_ROW = re.compile(r"\| (?P<id>[A-Z]{2,3}-\d\d) \|")
COLUMNS = 5
EVIDENCE = ("documented", "observed", "assumed")


def _rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in LEDGER.read_text("utf-8").splitlines()
        if _ROW.match(line)
    ]


def _used() -> set[str]:
    sources = [*ROOT.glob("proxymock/**/*.py"), *ROOT.glob("scripts/*.py")]
    return {
        id
        for source in sources
        for mark in _MARK.findall(source.read_text("utf-8"))
        for id in _ID.findall(mark)
    }


def test_code_and_ledger_name_the_same_behaviour() -> None:
    """Every id in the code has its row, and every row is what some code rests on."""
    assert sorted(_used()) == sorted(row[0] for row in _rows())


def test_row_is_complete() -> None:
    """A row says what, why and on what evidence; only the switch may be missing."""
    incomplete = [
        row
        for row in _rows()
        if len(row) != COLUMNS or not all(row[:4]) or not row[3].startswith(EVIDENCE)
    ]

    assert incomplete == []


def test_row_is_in_its_section() -> None:
    """A row stands below the heading that names its prefix."""
    misplaced = []
    for section in LEDGER.read_text("utf-8").split("\n## ")[1:]:
        heading, _, rows = section.partition("\n")
        prefixes = tuple(re.findall(r"[A-Z]{2,3}\b", heading.rpartition("(")[2]))
        ids = [row["id"] for row in map(_ROW.match, rows.splitlines()) if row]
        misplaced += [id for id in ids if not id.startswith(prefixes)]

    assert misplaced == []
