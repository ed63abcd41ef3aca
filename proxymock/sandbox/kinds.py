"""What a state is made of: the service's dataclasses, found by name."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import ModuleType
from typing import Any, get_type_hints

from proxymock import service
from proxymock.api import spec
from proxymock.api.spec import Shape
from proxymock.api.validation import TYPES, violations

# The field under which a table keeps a thing, where it is not the id of its kind.
_KEYS = {
    "CallAnalysis": "transaction_id",
    "PhoneNumber": "e164_phone_number",
    "SipMediaApplicationCall": "transaction_id",
}


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(
        importlib.import_module(f"{service.__name__}.{module.name}")
        for module in pkgutil.iter_modules(service.__path__)
    )


@cache
def kinds() -> Mapping[str, type]:
    """Return the dataclasses of the service by their names."""
    return {
        name: value
        for module in _modules()
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


@cache
def _checkable(shape: Shape) -> bool:
    """Tell whether validation knows all types of *shape*."""
    parts = [member.shape for member in shape.members.values()]
    parts += [part for part in (shape.member, shape.key, shape.value) if part]
    return shape.type in TYPES and all(map(_checkable, parts))


def broken_constraints(name: str, members: Any, at: str) -> list[str]:
    """Return the constraints of the API that *members* of the shape *name* break."""
    if name not in spec.description()["shapes"]:
        return []
    if not isinstance(members, dict):
        return [f"{at} must be an object"]
    return [
        str(violation)
        for name, member in spec.shape(name).members.items()
        if members.get(name) is not None and _checkable(member.shape)
        for violation in violations(member.shape, members[name], f"{at}.{name}")
    ]
