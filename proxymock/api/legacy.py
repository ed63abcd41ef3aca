"""The older namespace ``chime``: the same operations, with limits of its own.

``legacy.json`` is our extract of the differences, from the last botocore that had voice
operations in the namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from proxymock.api import spec
from proxymock.api.spec import Member, Operation, Shape

_SIDES = ("input", "output")
_ROLES = ("member", "key", "value")


@cache
def differences() -> dict[str, Any]:
    """Return the extract: the operations, and the errors and shapes that differ."""
    return spec.load("legacy.json")


@cache
def description() -> dict[str, Any]:
    """Return the whole extract of the older namespace, as ``spec.description()`` is."""
    service, shapes = spec.description(), _Shapes()
    operations = {}
    for name in differences()["operations"]:
        raw = service["operations"][name]
        undeclared = differences()["undeclared"].get(name, ())
        operations[name] = {
            **raw,
            **{side: shapes.add(raw[side]) for side in _SIDES if side in raw},
            "errors": [error for error in raw["errors"] if error not in undeclared],
        }
    members = differences()["error_members"]
    return {
        "version": differences()["version"],
        "metadata": differences()["metadata"],
        "errors": {
            name: status
            for name, status in service["errors"].items()
            if any(name in operation["errors"] for operation in operations.values())
        },
        "error_members": {name: shapes.add(shape) for name, shape in members.items()},
        "operations": operations,
        "shapes": shapes,
    }


class _Shapes(dict[str, dict[str, Any]]):
    """The older forms of shapes that are added, and of all that they refer to."""

    def add(self, name: str, at: str = "") -> str:
        """Add the shape *name*, found in the member *at*, and return its older name."""
        different = differences()["shapes"]
        in_this_member_alone = at in different and name not in different
        older = at.replace(".", "") if in_this_member_alone else name
        # Once for each name: many shapes refer to the same ones.
        if older not in self:
            published = spec.description()["shapes"][name]
            raw = self[older] = _changed(published, of_shape(name, at))
            raw |= {role: self.add(raw[role]) for role in _ROLES if role in raw}
            if "members" in raw:
                raw["members"] = {
                    member: {
                        **details,
                        "shape": self.add(details["shape"], f"{name}.{member}"),
                    }
                    for member, details in raw["members"].items()
                }
        return older


def _changed(raw: Any, changes: Any) -> Any:
    """Return a copy of *raw* with these *changes*, of which null removes something."""
    if not isinstance(changes, dict):
        return changes
    changed = {**raw}
    for key, change in changes.items():
        if change is None:
            changed.pop(key, None)
        else:
            changed[key] = _changed(raw.get(key, {}), change)
    return changed


def has(name: str) -> bool:
    """Tell whether the older namespace has an operation *name*."""
    return name in differences()["operations"]


@cache
def operation(name: str) -> Operation:
    """Return the service's operation *name* as the older namespace has it.

    Raises UnknownRoute if it does not.
    """
    if not has(name):
        raise spec.UnknownRoute(
            f"{name} is not among the operations of Amazon Chime SDK Voice "
            "that the older namespace chime has"
        )
    current = spec.operation(name)
    input = older(current.input)
    return replace(
        current,
        input=input,
        query={name: input.members[name] for name in current.query},
        checked=older(current.checked),
    )


@cache
def older(shape: Shape) -> Shape:
    """Return the *shape* with the constraints of the older namespace."""
    return _older(shape, "")


def requested(shape: Shape) -> Shape | None:
    """Return the older form of a *shape*, None if no older request has such a value."""
    return older(shape) if shape.name in _requested() else None


@cache
def _requested() -> frozenset[str]:
    inputs = [spec.operation(name).input for name in differences()["operations"]]
    return frozenset(name for input in inputs for name in _names(input))


def _names(shape: Shape) -> Iterator[str]:
    yield shape.name
    items = [shape.member] if shape.member else []
    for inside in (*items, *(member.shape for member in shape.members.values())):
        yield from _names(inside)


def of_shape(name: str, at: str) -> dict[str, Any]:
    """Return what differs in the shape *name*, found in the member *at*."""
    shapes: dict[str, dict[str, Any]] = differences()["shapes"]
    # A difference is of a shape wherever it is, or in one member alone.
    return shapes.get(name) or shapes.get(at) or {}


def _older(shape: Shape, at: str) -> Shape:
    """Return the *shape*, found in the member *at*, with the older constraints."""
    # Inside out: a shape differs, too, if what it holds does.
    older = replace(
        shape,
        members={
            name: Member(_older(member.shape, f"{shape.name}.{name}"), *member[1:])
            for name, member in shape.members.items()
        },
        member=_older(shape.member, "") if shape.member else None,
    )
    other = of_shape(shape.name, at)
    if not other:
        return older
    published = spec.description()["shapes"][shape.name]
    return replace(older, **spec.constraints({**published, **other}))
