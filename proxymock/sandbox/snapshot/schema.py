"""The parts of a state: its dataclasses, and the API's shapes for them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache, partial
from typing import Any, get_args, get_origin, get_type_hints

from proxymock.api import legacy, spec
from proxymock.api.spec import Shape
from proxymock.api.validation import read_either
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.places import Place, Step, wrong
from proxymock.state import store

# Page tokens are made of ranks, and no token has more than eighteen digits.
MOST_SEQUENCE = 10**15
_ARTICLES = {
    bool: "a boolean",
    dict: "an object",
    float: "a number",
    int: "an integer",
    list: "a list",
    str: "a string",
    type(None): "null",
}


def an(kind: type, value: Any, above: Place, step: Step) -> Any:
    """Return *value* if it is of this JSON type. Raises SandboxError."""
    # isinstance() would take True for an integer.
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise wrong(above, step, f"must be {_ARTICLES[kind]}")
    return value


def a_rank(value: Any, at: Place) -> int:
    """Return *value* if it can be the Sequence of a thing. Raises SandboxError."""
    rank: int = an(int, value, at, "Sequence")
    if not 0 <= rank <= MOST_SEQUENCE:
        raise wrong(at, "Sequence", f"must be from 0 to {MOST_SEQUENCE}")
    return rank


@cache
def kinds() -> Mapping[str, type]:
    """Return the dataclasses of the state by their names."""
    return {
        name: value
        # Not by listing the folder: a test may have made up the file system. The store
        # has imported all modules of the state.
        for home, module in tuple(sys.modules.items())
        if home.startswith(f"{store.__package__}.")
        for name, value in vars(module).items()
        if isinstance(value, type) and is_dataclass(value) and value.__module__ == home
    }


@cache
def field_types(kind: type) -> Mapping[str, Any]:
    """Return the types of the fields of a dataclass of the state."""
    names: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        names.update(vars(sys.modules[base.__module__]))
    return get_type_hints(kind, globalns=names)


def item_type(declared: Any) -> Any:
    """Return the declared type of the items of a container, or of a mapping's values.

    >>> item_type(tuple[str, ...]), item_type(dict[str, int]), item_type(list)
    (<class 'str'>, <class 'int'>, typing.Any)
    """
    arguments = [each for each in get_args(declared) if each is not ...]
    same = get_origin(declared) is not tuple or len(set(arguments)) == 1
    return arguments[-1] if arguments and same else Any


def without_none(declared: Any) -> Any:
    """Return *declared* without the None that it may allow.

    >>> without_none(str | None)
    <class 'str'>
    """
    arguments = get_args(declared)
    rest = [each for each in arguments if each is not type(None)]
    return rest[0] if type(None) in arguments and len(rest) == 1 else declared


@cache
def shape_of(name: str) -> Shape | None:
    """Return the API's shape of this name, if it has one."""
    return spec.shape(name) if name in spec.description()["shapes"] else None


@cache
def member_shape(kind: str, member: str) -> Shape | None:
    """Return the shape that the API has for a member of a *kind* of thing.

    A thing also has members that the API does not have, such as Sequence.
    """
    shape = shape_of(kind)
    part = None if shape is None else shape.members.get(member)
    return None if part is None else part.shape


def check_block(shape: Shape, value: Any, at: Place, step: Step) -> None:
    """Refuse what no request could have made of the *shape*, and unknown members."""
    take_block(shape, value, at, step)
    _refuse_unknown(shape, value, at, step)


def take_block(shape: Shape, value: Any, at: Place, step: Step) -> Any:
    """Return *value* as a request of either namespace may have made it, or refuse it.

    AWS: VC-07. A state does not tell by which of them its things were made.
    """
    other = partial(legacy.requested, shape)
    taken, broken = read_either(shape, other, value, str(step))
    if broken:
        raise SandboxError(f"{Place(at, '')}{broken[0]}")
    return taken


def _refuse_unknown(shape: Shape, value: Any, above: Place, step: Step) -> None:
    """Refuse members that the shape lacks, such as misspelt ones."""
    if value is None:
        return
    at = Place(above, step)
    if shape.type == "list" and shape.member is not None:
        for index, item in enumerate(value):
            _refuse_unknown(shape.member, item, at, index)
    elif shape.type == "structure":
        for name, item in value.items():
            if name not in shape.members:
                raise SandboxError(f"{at} has no member {name}")
            _refuse_unknown(shape.members[name].shape, item, at, name)
