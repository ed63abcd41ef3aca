"""What a state is made of: the service's dataclasses, found by name."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, get_type_hints

from proxymock import service
from proxymock.api import spec
from proxymock.api.spec import Shape
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError

# The field under which a table keeps a thing, where it is not the id of its kind.
_KEYS = {
    "CallAnalysis": "transaction_id",
    "PhoneNumber": "e164_phone_number",
    "SipMediaApplicationCall": "transaction_id",
}


@cache
def kinds() -> Mapping[str, type]:
    """Return the dataclasses of the service by their names."""
    return {
        name: value
        for module in service.MODULES
        for name, value in vars(module).items()
        if isinstance(value, type)
        and is_dataclass(value)
        and value.__module__ == module.__name__
    }


@cache
def field_types(kind: type) -> Mapping[str, Any]:
    """Return the types of the fields of a dataclass of the service."""
    # What a module imports for its annotations alone is found among the kinds.
    names: dict[str, Any] = dict(kinds())
    for base in reversed(kind.__mro__):
        names.update(vars(sys.modules[base.__module__]))
    return get_type_hints(kind, globalns=names)


def key_of(thing: Any) -> str:
    """Return the key under which a table keeps *thing*."""
    kind = type(thing).__name__
    key: str = getattr(thing, _KEYS.get(kind, f"{spec.snake_case(kind)}_id"))
    return key


def has_shape(name: str) -> bool:
    """Tell whether the API has a shape of this name."""
    return name in spec.description()["shapes"]


def check_members(name: str, members: Mapping[str, Any], at: str) -> None:
    """Refuse what breaks a constraint of the API's shape *name*, if there is one.

    A thing has members of its own beside those that the API has for it.
    """
    if not has_shape(name):
        return
    for member, part in spec.shape(name).members.items():
        if members.get(member) is not None:
            check_block(part.shape, members[member], f"{at}.{member}")


def check_block(shape: Shape, value: Any, at: str) -> None:
    """Refuse what is not of the *shape*, and members that it has not."""
    for violation in violations(shape, value, at):
        raise SandboxError(str(violation))
    _refuse_unknown(shape, value, at)


def _refuse_unknown(shape: Shape, value: Any, at: str) -> None:
    """Refuse members that no constraint is about, such as misspelt ones."""
    if value is None:
        return
    if shape.type == "list" and shape.member is not None:
        for index, item in enumerate(value):
            _refuse_unknown(shape.member, item, f"{at}[{index}]")
    elif shape.type == "structure":
        for name, item in value.items():
            if name not in shape.members:
                raise SandboxError(f"{at} has no member {name}")
            _refuse_unknown(shape.members[name].shape, item, f"{at}.{name}")
