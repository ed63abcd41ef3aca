"""Requests that break one constraint each, made from the API description alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kit.requests.smallest import shape_accepts, smallest
from proxymock.api.spec import Operation, Shape


class Broken(NamedTuple):
    """A *value* that is good but for one thing: *how* it is broken, and *at* what."""

    at: str
    how: str
    value: Any


_WRONG_TYPES: Mapping[str, tuple[Any, ...]] = {
    "structure": ("text", []),
    "map": ("text", []),
    "list": ("text", {}),
    "string": (1, True, []),
    "integer": ("one", True, 1.5, {}),
    "boolean": ("perhaps", 1, []),
}
_NONSENSE = ("", "?", "\n", "Nonsense", "US\n", "1" * 300)


def broken_requests(operation: Operation, sound: Mapping[str, Any]) -> Iterator[Broken]:
    """Yield requests that differ from a *sound* one in one member."""
    for broken in _members(operation.input, sound, ""):
        name = broken.at.partition(".")[0].partition("[")[0]
        shape, location, _ = operation.input.members[name]
        if location == "body" or _is_text(shape, broken, name, location):
            yield broken


def _is_text(shape: Shape, broken: Broken, name: str, location: str) -> bool:
    """Tell whether a path or a query can carry what is broken."""
    if name not in broken.value:
        return location == "querystring"
    value = broken.value[name]
    if shape.type == "string":
        return isinstance(value, str)
    return isinstance(value, str | int | float)


def _broken(shape: Shape, sound: Any, at: str) -> Iterator[Broken]:
    for value in _WRONG_TYPES[shape.type]:
        yield Broken(at, f"is {value!r}", value)
    yield from _BY_TYPE[shape.type](shape, sound, at)


def _members(shape: Shape, sound: Any, at: str) -> Iterator[Broken]:
    for name, member in shape.members.items():
        inside = f"{at}.{name}" if at else name
        if name in shape.required:
            rest = {other: value for other, value in sound.items() if other != name}
            yield Broken(inside, "is missing", rest)
            yield Broken(inside, "is null", {**rest, name: None})
        given = sound.get(name, smallest(member.shape))
        for where, how, value in _broken(member.shape, given, inside):
            yield Broken(where, how, {**sound, name: value})


def _items(shape: Shape, sound: Any, at: str) -> Iterator[Broken]:
    assert shape.member is not None
    first = sound[0] if sound else smallest(shape.member)
    yield from _sizes(shape, lambda size: [first] * size, at)
    yield Broken(f"{at}[0]", "is null", [None, *sound[1:]])
    for where, how, value in _broken(shape.member, first, f"{at}[0]"):
        yield Broken(where, how, [value, *sound[1:]])


def _entries(shape: Shape, _: Any, at: str) -> Iterator[Broken]:
    assert shape.key is not None
    assert shape.value is not None
    key, value = smallest(shape.key), smallest(shape.value)
    yield from _sizes(shape, lambda size: {f"k{n}": value for n in range(size)}, at)
    yield Broken(at, "has a null", {key: None})
    for broken in _broken(shape.value, value, at):
        yield Broken(at, f"value {broken.how}", {key: broken.value})


def _texts(shape: Shape, _: Any, at: str) -> Iterator[Broken]:
    yield from _sizes(shape, lambda size: "a" * size, at)
    nonsense = [text for text in _NONSENSE if not _accepts(shape, text)]
    if shape.enum or shape.pattern:
        yield Broken(at, f"is {nonsense[0]!r}", nonsense[0])
        yield Broken(at, f"is {nonsense[-1]!r}", nonsense[-1])


def _accepts(shape: Shape, text: str) -> bool:
    return bool(shape_accepts(shape)(text)) and (not shape.enum or text in shape.enum)


def _numbers(shape: Shape, _: Any, at: str) -> Iterator[Broken]:
    if shape.min is not None:
        yield Broken(at, "is too small", int(shape.min) - 1)
    if shape.max is not None:
        yield Broken(at, "is too large", int(shape.max) + 1)


def _sizes(shape: Shape, of_size: Any, at: str) -> Iterator[Broken]:
    if shape.min:
        yield Broken(at, "is too short", of_size(int(shape.min) - 1))
    if shape.max is not None:
        yield Broken(at, "is too long", of_size(int(shape.max) + 1))


def _nothing_else(_: Shape, __: Any, ___: str) -> Iterator[Broken]:
    return iter(())


_BY_TYPE = {
    "structure": _members,
    "list": _items,
    "map": _entries,
    "string": _texts,
    "integer": _numbers,
    "boolean": _nothing_else,
}
