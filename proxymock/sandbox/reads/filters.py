"""Filters of lists: a part of a text, in any case."""

from __future__ import annotations

import re

# What people write between the digits of a number.
_BETWEEN = re.compile(r"[\s().-]+")
_DIGITS = re.compile(r"\+?[0-9]+")


def part_of_text(filter: str | None) -> str:
    """Return what a text must have, in lower case, to pass a filter."""
    return (filter or "").casefold()


def part_of_number(filter: str | None) -> str:
    """Return what a number in E.164 form, or an id, must have to pass a filter.

    >>> part_of_number("(206) 555-01"), part_of_number("VC-7")
    ('20655501', 'vc-7')
    """
    text = part_of_text(filter)
    digits = _BETWEEN.sub("", text)
    return digits if _DIGITS.fullmatch(digits) else text
