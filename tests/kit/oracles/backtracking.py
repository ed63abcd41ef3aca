"""Counts the steps of an engine that tries one way after the other, as Python's does.

It reads Python's own parse of a pattern, and takes no shortcut: Python's engine takes
at most these steps.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

_PARSER: Any = import_module(
    "re._parser" if sys.version_info >= (3, 11) else "sre_parse"
)
Then = Callable[[int], bool]


class Backtracking:
    """Matches *pattern* as ``re.fullmatch`` does with ``re.ASCII``, and counts."""

    def __init__(self, pattern: str) -> None:
        self._tree = list(_PARSER.parse(pattern, re.ASCII))
        self._text = ""
        self.steps = 0

    def fullmatch(self, text: str) -> bool:
        """Tell whether *text* matches; *steps* is then what that took."""
        self._text, self.steps = text, 0
        return self._sequence(self._tree, 0, lambda end: end == len(text))

    def _sequence(self, nodes: list[Any], at: int, then: Then) -> bool:
        if not nodes:
            return then(at)
        name, argument = str(nodes[0][0]), nodes[0][1]
        rest = nodes[1:]
        try_node = getattr(self, f"_{name.lower()}", None)
        if try_node is None:
            return self._one(nodes[0], at) and self._sequence(rest, at + 1, then)
        found: bool = try_node(
            argument, at, lambda end: self._sequence(rest, end, then)
        )
        return found

    def _one(self, node: Any, at: int) -> bool:
        """Tell whether *node* takes the character *at*, which is one step."""
        self.steps += 1
        return at < len(self._text) and _takes(node, self._text[at])

    def _at(self, place: Any, at: int, then: Then) -> bool:
        self.steps += 1
        if str(place) == "AT_BEGINNING":
            return at == 0 and then(at)
        return self._text[at:] in {"", "\n"} and then(at)

    def _branch(self, branches: Any, at: int, then: Then) -> bool:
        return any(self._sequence(list(way), at, then) for way in branches[1])

    def _subpattern(self, group: Any, at: int, then: Then) -> bool:
        return self._sequence(list(group[-1]), at, then)

    def _assert_not(self, ahead: Any, at: int, then: Then) -> bool:
        found = self._sequence(list(ahead[1]), at, lambda _: True)
        return not found and then(at)

    def _max_repeat(self, repeat: Any, at: int, then: Then) -> bool:
        least, most, nodes = repeat
        if len(nodes) > 1 or str(nodes[0][0]) in {"SUBPATTERN", "BRANCH"}:
            return self._groups(list(nodes), least, int(most), at, then)
        end = at
        while end - at < int(most) and self._one(nodes[0], end):
            end += 1
        return any(then(stop) for stop in range(end, at + least - 1, -1))

    def _groups(
        self, nodes: list[Any], least: int, most: int, at: int, then: Then
    ) -> bool:
        def again(end: int) -> bool:
            return self._groups(nodes, max(least - 1, 0), most - 1, end, then)

        if most and self._sequence(nodes, at, again):
            return True
        return least == 0 and then(at)


def _takes(node: Any, character: str) -> bool:
    name, argument = str(node[0]), node[1]
    if name == "ANY":
        return character != "\n"
    if name == "LITERAL":
        return bool(ord(character) == argument)
    if name == "RANGE":
        return bool(argument[0] <= ord(character) <= argument[1])
    if name == "CATEGORY":
        return _in_category(str(argument), character)
    assert name == "IN", f"the pattern has {name}, which this engine does not know"
    negated = str(argument[0][0]) == "NEGATE"
    return negated != any(_takes(item, character) for item in argument[negated:])


def _in_category(name: str, character: str) -> bool:
    kind = name.rpartition("_")[2]
    members = {"DIGIT": "0123456789", "SPACE": " \t\n\r\f\v"}[kind]
    return (character in members) != ("_NOT_" in name)
