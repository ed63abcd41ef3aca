"""AWS's patterns for texts, each matched in a time that grows as the text does."""

from __future__ import annotations

import re
from collections.abc import Callable

# Python's engine tries one way after the other, and `.*\S.*` has a way for each place
# where \S may stand. A line that has one has a first one, and that can be in one place.
_LINEAR = {r".*\S.*": r"[^\S\n]*\S.*"}


class Pattern:
    """A pattern in AWS's words, *pattern*, and the test of a text for it, *fullmatch*.

    >>> Pattern("[A-Z]{2}").fullmatch("US") is not None
    True
    """

    __slots__ = ("fullmatch", "pattern")

    def __init__(self, published: str) -> None:
        self.pattern = published
        # Python's \d knows all the world's digits; the service's does not.
        self.fullmatch: Callable[[str], object] = re.compile(
            _LINEAR.get(published, published), re.ASCII
        ).fullmatch

    def __repr__(self) -> str:
        return f"<Pattern {self.pattern}>"
