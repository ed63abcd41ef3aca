"""The constraints of the API, as a table of small rules.

Each shape is compiled once to a function that reads a value. The function notes every
broken constraint, and returns the value in the form that the service takes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from proxymock.api.spec import Shape


class Violation(NamedTuple):
    """A broken constraint: the *member* that breaks it and the *rule*."""

    member: str
    rule: str

    def __str__(self) -> str:
        return f"{self.member} {self.rule}"


class Violations(list[Violation]):
    """The first constraints that a value breaks, and the number of *more* of them.

    A body of 1 MiB can break 340,000 constraints. Nobody would read them all.
    """

    more = 0

    def append(self, violation: Violation) -> None:
        """Add the *violation*, or only count it if enough are named."""
        if len(self) < MOST_NAMED:
            super().append(violation)
        else:
            self.more += 1

    def __str__(self) -> str:
        named = "; ".join(map(str, self))
        return f"{named}; and {self.more} more" if self.more else named


class Constraint(NamedTuple):
    """A test of a value that has the right type, and the text of its rule."""

    holds: Callable[[Any], object]
    rule: Callable[[Any], str]


MOST_NAMED = 20

# Reads a value of the member that is named, and adds its violations to the list.
Reader = Callable[[Any, str, list[Violation]], Any]

TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "structure": ((dict,), "an object"),
    "map": ((dict,), "an object"),
    "list": ((list,), "a list"),
    "string": ((str,), "a string"),
    "integer": ((int,), "an integer"),
    "float": ((int, float), "a number"),
    "boolean": ((bool,), "a boolean"),
    "timestamp": ((str,), "an instant"),
}
# AWS: API-04. The server has been seen to take booleans as these strings.
LENIENT_BOOLEANS = {"true": True, "false": False}


def violations(shape: Shape, value: Any, at: str) -> Violations:
    """Return the constraints of *shape* that *value* of the member *at* breaks.

    Each value is told by its first broken constraint. If its size is wrong, nothing
    inside of it is read.

    >>> from proxymock.api.spec import shape
    >>> [str(v) for v in violations(shape("PositiveInteger"), 0, "ExpiryMinutes")]
    ['ExpiryMinutes must be at least 1, not 0']
    """
    found = Violations()
    reader(shape)(value, at, found)
    return found


def read_either(
    shape: Shape, other: Callable[[], Shape | None], value: Any, at: str
) -> tuple[Any, Violations]:
    """Return a *value* as the service takes it, if one of two shapes allows it.

    What it breaks is told of *shape*; the *other* one is made only if it is needed.
    """
    broken = Violations()
    adopted = reader(shape)(value, at, broken)
    second = other() if broken else None
    if second is None:
        return adopted, broken
    still = Violations()
    adopted = reader(second)(value, at, still)
    return adopted, broken if still else still


@cache
def reader(shape: Shape) -> Reader:
    """Compile a function that reads a value of *shape* for the service.

    It leaves out unset and unknown members. Do not use what it returns if it has noted
    a violation.
    """
    types, article = TYPES[shape.type]
    constraints = tuple(_constraints(shape))
    compile = _INSIDE.get(shape.type)
    inside = None if compile is None else compile(shape)

    def read(value: Any, at: str, found: list[Violation]) -> Any:
        if type(value) not in types:
            found.append(Violation(at, f"must be {article}, not {_shown(value)}"))
            return None
        for holds, rule in constraints:
            # The first one alone: each value is told by what it breaks first.
            if not holds(value):
                found.append(Violation(at, rule(value)))
                return None
        return value if inside is None else inside(value, at, found)

    return _leniently(read) if shape.type == "boolean" else read


def _leniently(read: Reader) -> Reader:
    def read_boolean(value: Any, at: str, found: list[Violation]) -> Any:
        if isinstance(value, str):
            value = LENIENT_BOOLEANS.get(value, value)
        return read(value, at, found)

    return read_boolean


def _constraints(shape: Shape) -> Iterator[Constraint]:
    """Yield the constraints of *shape*; the size comes first, since it is cheap."""
    if shape.type in {"string", "list", "map"}:
        yield from _sizes(shape)
    else:
        yield from _ranges(shape)
    if shape.enum:
        yield Constraint(
            frozenset(shape.enum).__contains__,
            lambda v: f"must be one of {', '.join(shape.enum)}, not {_shown(v)}",
        )
    if (pattern := shape.pattern) is not None:
        yield Constraint(
            pattern.fullmatch,
            lambda v: f"must match {pattern.pattern}, not {_shown(v)}",
        )


def _sizes(shape: Shape) -> Iterator[Constraint]:
    unit = "characters" if shape.type == "string" else "items"
    if (least := shape.min) is not None:
        yield Constraint(
            lambda v: len(v) >= least,
            lambda v: f"must have at least {least} {unit}, not {len(v)}",
        )
    if (most := shape.max) is not None:
        yield Constraint(
            lambda v: len(v) <= most,
            lambda v: f"must have at most {most} {unit}, not {len(v)}",
        )


def _ranges(shape: Shape) -> Iterator[Constraint]:
    if (least := shape.min) is not None:
        yield Constraint(
            lambda v: v >= least, lambda v: f"must be at least {least}, not {_shown(v)}"
        )
    if (most := shape.max) is not None:
        yield Constraint(
            lambda v: v <= most, lambda v: f"must be at most {most}, not {_shown(v)}"
        )


def _members(shape: Shape) -> Reader:
    members = [
        (name, reader(member.shape), name in shape.required)
        for name, member in shape.members.items()
    ]

    def read(value: Any, at: str, found: list[Violation]) -> Any:
        prefix = f"{at}." if at else ""
        given = {}
        for name, read_member, is_required in members:
            item = value.get(name)
            # Null is a member that is left out. AWS: API-04.
            if item is not None:
                given[name] = read_member(item, f"{prefix}{name}", found)
            elif is_required:
                found.append(Violation(f"{prefix}{name}", "is required"))
        return given

    return read


def _items(shape: Shape) -> Reader:
    assert shape.member is not None
    read_item = reader(shape.member)
    return lambda value, at, found: [
        read_item(item, f"{at}[{index}]", found) for index, item in enumerate(value)
    ]


def _entries(shape: Shape) -> Reader:
    assert shape.key is not None
    assert shape.value is not None
    read_key, read_item = reader(shape.key), reader(shape.value)
    return lambda value, at, found: {
        read_key(key, f"{at} key {_shown(key)}", found): read_item(
            item, f"{at}[{_shown(key)}]", found
        )
        for key, item in value.items()
    }


_INSIDE: Mapping[str, Callable[[Shape], Reader]] = {
    "structure": _members,
    "list": _items,
    "map": _entries,
}


def _shown(value: Any) -> str:
    if isinstance(value, dict | list):
        return TYPES["map" if isinstance(value, dict) else "list"][1]
    # Cut before it is quoted: quoting a text of megabytes would take time and memory.
    text = json.dumps(value[:80] if isinstance(value, str) else value)
    return text if len(text) <= 80 else f"{text[:77]}..."
