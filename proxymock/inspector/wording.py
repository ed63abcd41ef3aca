"""Texts of users as they may be shown: nothing hidden, nothing that turns the rest."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timezone
from itertools import accumulate
from unicodedata import category, east_asian_width

from markupsafe import Markup

# Controls, formats such as U+202E, halves of characters, and breaks of lines and
# paragraphs: they have no shape of their own, or change that of what follows.
INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
DRAWN = {"\n": "↵", "\t": "⇥"}
LONGEST = 300


def visible(text: str) -> str:
    """Return a text of one line in which each control character shows.

    It is named by its code, such as ``⟨U+202E⟩``; a line's end is an arrow, and so is a
    tab. The rest is as it was.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in DRAWN:
        return DRAWN[character]
    code = ord(character)
    # The last two of each plane are no characters, and no XML.
    if category(character) in INVISIBLE or code & 0xFFFE == 0xFFFE:
        return f"⟨U+{code:04X}⟩"
    return character


def shortened(text: str, columns: int) -> str:
    """Return what fits into so many columns of a fixed width."""
    if columns_of(text[: columns + 1]) <= columns:
        return text
    taken = list(accumulate(map(_columns, text[:columns])))
    return text[: bisect_right(taken, columns - 1)] + "…"


def columns_of(text: str) -> int:
    """Return how many columns of a fixed width a text takes at most."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    return 2 if east_asian_width(character) in "FW" else 1


def isolated(text: str) -> Markup:
    """Return a text of a user within a sentence, whichever way it runs."""
    shown = visible(text[: LONGEST + 1])
    end = "…" if len(text) > LONGEST else ""
    return Markup("<bdi>{}</bdi>").format(shown[:LONGEST] + end)


def moment(at: datetime) -> Markup:
    """Return an instant within a sentence, in UTC to the second."""
    utc = at.astimezone(timezone.utc)
    return Markup('<time datetime="{}">{}</time>').format(
        f"{utc:%Y-%m-%dT%H:%M:%SZ}", f"{utc:%Y-%m-%d %H:%M:%S} UTC"
    )
