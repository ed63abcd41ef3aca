"""The constraints of the API, as a table of small generators of violations.

Nothing is raised here and nothing stops at the first violation: the caller decides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from proxymock.api.spec import Shape


class Violation(NamedTuple):
    """A broken constraint: the *member* that breaks it and the *rule*."""

    member: str
    rule: str

    def __str__(self) -> str:
        return f"{self.member} {self.rule}"


Check = Callable[[Shape, Any, str], Iterator[Violation]]

TYPES: dict[str, tuple[type | tuple[type, ...], str]] = {
    "structure": (dict, "an object"),
    "map": (dict, "an object"),
    "list": (list, "a list"),
    "string": (str, "a string"),
    "integer": (int, "an integer"),
    "float": ((int, float), "a number"),
    "boolean": (bool, "a boolean"),
}


def violations(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    """Yield what *value*, found in the member *at*, breaks of *shape*.

    >>> from proxymock.api.spec import shape
    >>> [str(v) for v in violations(shape("PositiveInteger"), 0, "ExpiryMinutes")]
    ['ExpiryMinutes must be at least 1, not 0']
    """
    type_, article = TYPES[shape.type]
    if not isinstance(value, type_) or (value is True or value is False) != (
        type_ is bool
    ):
        lenient = type_ is bool and isinstance(value, str) and value in LENIENT_BOOLEANS
        if not lenient:
            yield Violation(at, f"must be {article}, not {_shown(value)}")
        return
    for check in _checks(shape):
        yield from check(shape, value, at)


# AWS: API-04. The server has been seen to take booleans as these strings.
LENIENT_BOOLEANS = {"true": True, "false": False}


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return TYPES["map" if isinstance(value, dict) else "list"][1]
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _required(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    for name in shape.required:
        if value.get(name) is None:
            yield Violation(_join(at, name), "is required")


def _members(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    for name, member in shape.members.items():
        if (given := value.get(name)) is not None:
            yield from violations(member.shape, given, _join(at, name))


def _items(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    assert shape.member is not None
    for index, item in enumerate(value):
        yield from violations(shape.member, item, f"{at}[{index}]")


def _entries(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    assert shape.key is not None
    assert shape.value is not None
    for key, item in value.items():
        yield from violations(shape.key, key, f"{at} key {_shown(key)}")
        yield from violations(shape.value, item, f"{at}[{_shown(key)}]")


def _enum(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    if value not in shape.enum:
        yield Violation(
            at, f"must be one of {', '.join(shape.enum)}, not {_shown(value)}"
        )


def _pattern(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    assert shape.pattern is not None
    if not shape.pattern.fullmatch(value):
        yield Violation(at, f"must match {shape.pattern.pattern}, not {_shown(value)}")


def _range(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    if shape.min is not None and value < shape.min:
        yield Violation(at, f"must be at least {shape.min}, not {_shown(value)}")
    if shape.max is not None and value > shape.max:
        yield Violation(at, f"must be at most {shape.max}, not {_shown(value)}")


def _size(shape: Shape, value: Any, at: str) -> Iterator[Violation]:
    unit = "characters" if shape.type == "string" else "items"
    if shape.min is not None and len(value) < shape.min:
        yield Violation(at, f"must have at least {shape.min} {unit}, not {len(value)}")
    if shape.max is not None and len(value) > shape.max:
        yield Violation(at, f"must have at most {shape.max} {unit}, not {len(value)}")


@cache
def _checks(shape: Shape) -> tuple[Check, ...]:
    """Return the checks for the constraints that *shape* really has."""
    bounded = shape.min is not None or shape.max is not None
    sized = shape.type in {"string", "list", "map"}
    table: list[tuple[Check, object]] = [
        (_required, shape.required),
        (_members, shape.members),
        (_size, bounded and sized),
        (_range, bounded and not sized),
        (_enum, shape.enum),
        (_pattern, shape.pattern),
        (_items, shape.member),
        (_entries, shape.key),
    ]
    return tuple(check for check, constraint in table if constraint)


def _join(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name
