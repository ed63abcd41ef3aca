"""What users may rely on, as docs/versioning.md promises it, against the code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from write_public_surface import (
    REMOVED,
    Key,
    Line,
    Record,
    Surface,
    next_release,
    notes,
    read,
    surface,
    updated,
    written,
)

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "tests" / "project" / "public_surface.txt").read_text("utf-8")
NOTES = notes((ROOT / "CHANGELOG.md").read_text("utf-8"))
RECORD = read(TEXT)
FIRST = "1.0.0"  # Until then nothing was promised, so that nothing had to be noted.

HANG_UP = ("python", "phone.hang_up")


def word_of(section: str, name: str) -> str:
    """Return the word by which a note in the changelog names an element.

    It is the last part of a name in Python, the first one of a path, the long spelling
    of an option. A note on a part of a saved state speaks of states.
    """
    if section == "saved state":
        return "state"
    if section == "http":
        return name.partition(" ")[2].partition("/")[0]
    *_, word = re.findall(r"[\w-]+", name)
    return str(word)


def unnoted(record: Record, notes: Mapping[str, str]) -> list[Key]:
    """Return what has come, changed or gone without a word in that release's notes."""
    return [
        key
        for key, line in record.items()
        if line.since != FIRST
        and not re.search(
            rf"(?<![\w-]){re.escape(word_of(*key))}(?![\w-])", notes.get(line.since, "")
        )
    ]


def test_record_is_the_surface_of_the_package() -> None:
    """What the package offers is what the file says, until its script is run again."""
    recorded = {key: line.text for key, line in RECORD.items() if line.text != REMOVED}

    assert surface() == recorded, "run python scripts/write_public_surface.py"


def test_changelog_names_what_has_changed() -> None:
    """What came, changed or went after the first release is in its release's notes."""
    assert unnoted(RECORD, NOTES) == []


def test_only_a_major_release_removes() -> None:
    """An element goes with a major release, or with one that has no number yet."""
    gone = {line.since for line in RECORD.values() if line.text == REMOVED}

    assert [each for each in gone if not re.match(r"\d+\.0\.0$|Unrel", each)] == []


@pytest.mark.parametrize(
    ("key", "note"),
    [
        (HANG_UP, "`call.hang_up()` ends a leg."),
        (("command line", "proxymock-server -q --quiet"), "`--quiet` logs errors."),
        (("http", "POST calls/{Id}/press"), "At `/moto-api/proxymock/calls`."),
        (("saved state", "Leg"), "Format 3 of a state has legs."),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_note_names_an_element_by_its_own_word(key: Key, note: str) -> None:
    """A note on something else, or in another release's section, is none."""
    record = {key: Line("Unreleased", "it")}

    assert unnoted(record, {"Unreleased": note}) == []
    assert unnoted(record, {"Unreleased": "Faster.", "1.0.0": note}) == [key]


@pytest.mark.parametrize(
    ("before", "surface", "after"),
    [
        ({}, {HANG_UP: "()"}, {HANG_UP: Line("1.1.0", "()")}),
        (
            {HANG_UP: Line("1.0.0", "()")},
            {HANG_UP: "()"},
            {HANG_UP: Line("1.0.0", "()")},
        ),
        (
            {HANG_UP: Line("1.0.0", "()")},
            {HANG_UP: "(leg)"},
            {HANG_UP: Line("1.1.0", "(leg)")},
        ),
        (
            {HANG_UP: Line("Unreleased", "()")},
            {HANG_UP: "()"},
            {HANG_UP: Line("1.1.0", "()")},
        ),
        ({HANG_UP: Line("1.0.0", "()")}, {}, {HANG_UP: Line("1.1.0", REMOVED)}),
        (
            {HANG_UP: Line("1.0.0", REMOVED)},
            {},
            {HANG_UP: Line("1.0.0", REMOVED)},
        ),
    ],
    ids=["new", "as before", "changed", "released", "removed", "long gone"],
)
def test_record_keeps_the_release_of_what_has_not_changed(
    before: Record, surface: Surface, after: Record
) -> None:
    """The script dates what is new, changed or gone, and leaves all else as it was."""
    assert updated(before, surface, "1.1.0") == after


def test_record_is_what_was_written() -> None:
    """Nothing is lost between the file and the record."""
    assert written(RECORD) == TEXT


def test_changes_belong_to_what_is_not_released(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While there are unreleased notes, changes are so; else they are the version's."""
    monkeypatch.setattr("proxymock.__version__", "1.1.0")
    head, release = "## [Unreleased]\n\n", "## [1.1.0] - 2027-01-01\n\n- New.\n"

    assert next_release(f"{head}- New.\n") == "Unreleased"
    assert next_release(head + release) == "1.1.0"
