"""What the service does: plain functions over a store; no HTTP, no moto.

Each operation is the function of its name in boto3's spelling, in any module here. Its
keyword-only parameters are the input members; it returns the thing, the ordered view or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any

from proxymock.api import spec


def _operations() -> Mapping[str, Callable[..., Any]]:
    """Return the function of every operation that is built, by its name."""
    names = {spec.snake_case(name): name for name in spec.operation_names()}
    functions = {}
    for found in iter_modules(__path__, f"{__name__}."):
        for name, function in vars(import_module(found.name)).items():
            if name in names and function.__module__ == found.name:
                functions[names[name]] = function
    return MappingProxyType(functions)


OPERATIONS = _operations()
