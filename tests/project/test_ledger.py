"""The ledger of undocumented behaviour against the code that rests on it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LEDGER = (ROOT / "docs" / "behaviour.md").read_text("utf-8")
# "AWS: PS-01, PS-05" in a comment or docstring, in which it may run over a line's end.
_MARK = re.compile(r"AWS:((?:[\s#,]|and\b|[A-Z]{2,3}-\d\d\b)+)")
_ID = re.compile(r"[A-Z]{2,3}-\d\d\b")
_HEADING = re.compile(r'<a id="(?P<anchor>[a-z]+-\d\d)"></a>(?P<id>\S+): (?P<title>.+)')
SWITCH = "**To change it:** "
EVIDENCE = re.compile(r"\*(Documented|Observed|Assumed)\b[^*]*\.\* \S")


class Row(NamedTuple):
    """One behaviour: its heading, and the paragraphs below."""

    id: str
    heading: str
    paragraphs: list[str]


def _rows(section: str = LEDGER) -> list[Row]:
    rows = []
    for part in re.split(r"^### ", section, flags=re.MULTILINE)[1:]:
        heading, *paragraphs = part.partition("\n## ")[0].strip().split("\n\n")
        id = heading.partition(": ")[0].rpartition(">")[2]
        rows.append(Row(id, heading, paragraphs))
    return rows


def _is_complete(row: Row) -> bool:
    heading = _HEADING.fullmatch(row.heading)
    has_switch = "".join(row.paragraphs[:1]).startswith(SWITCH)
    rest = row.paragraphs[has_switch:]
    return (
        heading is not None
        and heading["anchor"] == row.id.lower()
        and len(rest) == 2
        and EVIDENCE.match(rest[1]) is not None
    )


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
    assert sorted(_used()) == sorted(row.id for row in _rows())


def test_row_is_complete() -> None:
    """A row has an anchor and a title, and says what, on what evidence, and why.

    The way to change it comes first, if there is one.
    """
    assert [row for row in _rows() if not _is_complete(row)] == []


def test_no_row_is_left_in_a_table() -> None:
    """Rows are sections: a table holds them no more."""
    assert re.findall(r"^\| [A-Z]{2,3}-\d\d \|", LEDGER, re.MULTILINE) == []


def test_row_is_in_its_section() -> None:
    """A row stands below the heading that names its prefix."""
    misplaced = []
    for section in LEDGER.split("\n## ")[1:]:
        heading = section.partition("\n")[0]
        prefixes = tuple(re.findall(r"[A-Z]{2,3}\b", heading.rpartition("(")[2]))
        ids = [row.id for row in _rows(section)]
        misplaced += [id for id in ids if not id.startswith(prefixes)]

    assert misplaced == []
