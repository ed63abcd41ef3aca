"""Whether an answer has the form that the API description gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from proxymock.api.spec import Shape
from proxymock.api.validation import violations

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_TYPES: dict[str, type | tuple[type, ...]] = {
    "structure": dict,
    "map": dict,
    "list": list,
    "string": str,
    "timestamp": str,
    "integer": int,
    "float": (int, float),
    "boolean": bool,
}


def misfits(shape: Shape, value: Any, at: str) -> Iterator[str]:
    """Yield what in the JSON *value* is not as *shape* says.

    All members of a structure have to be there, the optional ones may be null.
    """
    if not _is_of_type(shape, value):
        yield f"{at} is {value!r}, no {shape.type}"
    elif shape.type == "structure":
        yield from _members(shape, value, at)
    elif shape.member is not None:
        for index, item in enumerate(value):
            yield from misfits(shape.member, item, f"{at}[{index}]")
    elif shape.type == "timestamp":
        if not _TIMESTAMP.fullmatch(value):
            yield f"{at} is {value!r}, no timestamp"
    else:
        yield from map(str, violations(shape, value, at))


def _is_of_type(shape: Shape, value: Any) -> bool:
    if isinstance(value, bool):
        return shape.type == "boolean"
    return isinstance(value, _TYPES[shape.type])


def _members(shape: Shape, value: Any, at: str) -> Iterator[str]:
    if list(value) != sorted(shape.members):
        yield f"{at} has {', '.join(value)}, not {', '.join(sorted(shape.members))}"
    for name, member in shape.members.items():
        if value.get(name) is not None:
            yield from misfits(member.shape, value[name], f"{at}.{name}")
        elif name in shape.required:
            yield f"{at}.{name} is null"
