"""AWS's patterns for texts, each matched in linear time."""

from __future__ import annotations

import re
from collections.abc import Callable

# Python's engine backtracks, and `.*\S.*` has a way to match for each place of \S, so
# it takes quadratic time to fail. The first \S of a line can be in one place only.
_LINEAR = {r".*\S.*": r"[^\S\n]*\S.*"}


class Pattern:
    """A pattern as AWS published it, *pattern*, and its matcher, *fullmatch*.

    >>> Pattern("[A-Z]{2}").fullmatch("US") is not None
    True
    """

    __slots__ = ("fullmatch", "pattern")

    def __init__(self, published: str) -> None:
        self.pattern = published
        # Python's \d matches the digits of all scripts; the service's does not.
        self.fullmatch: Callable[[str], object] = re.compile(
            _LINEAR.get(published, published), re.ASCII
        ).fullmatch

    def __repr__(self) -> str:
        return f"<Pattern {self.pattern}>"
