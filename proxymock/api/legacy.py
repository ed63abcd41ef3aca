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


@cache
def differences() -> dict[str, Any]:
    """Return the extract: the operations, and the constraints that differ."""
    return spec.load("legacy.json")


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
    constraints = differences()["constraints"]
    other = constraints.get(shape.name) or constraints.get(at)
    if other is None:
        return older
    published = spec.description()["shapes"][shape.name]
    return replace(older, **spec.constraints({**published, **other}))
