"""The commands over HTTP and their types, for what the other scripts write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import datetime
from importlib import import_module
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from proxymock.sandbox.command_table import COMMANDS, Command
from proxymock.sandbox.json_values import api_names

_NAMES = {
    bool: "boolean",
    datetime: "instant",
    dict: "object",
    float: "number",
    int: "integer",
    Mapping: "object",
    NoneType: "null",
    str: "string",
}


def all_commands() -> list[Command[..., Any]]:
    """Return the commands by path and method, not as modules were imported."""
    for module in ("control", "sandbox_client"):  # which import all that have commands
        import_module(f"proxymock.plugin.{module}")
    return sorted(COMMANDS, key=lambda command: (command.path, command.method))


def as_json(declared: Any, thing: Callable[[type], str]) -> str:
    """Return a type as JSON has it; *thing* says what a dataclass is called.

    >>> as_json(list[str | None], thing=repr), as_json(Literal["gone"], thing=repr)
    ('[string | null]', "'gone'")
    """
    origin, arguments = get_origin(declared), get_args(declared)
    if isinstance(declared, type) and is_dataclass(declared):
        return thing(declared)
    if origin is Literal:
        return " | ".join(map(repr, arguments))
    inner = [as_json(each, thing) for each in arguments if each is not ...]
    if origin in (Union, UnionType):
        return " | ".join(inner)
    if origin in (list, tuple, Sequence):
        return f"[{', '.join(inner)}]"
    return _NAMES.get(origin or declared, "any")


def answer(command: Command[..., Any], thing: Callable[[type], str]) -> str:
    """Return the type of a command's answer, which is always an object."""
    return "{}" if command.answer is NoneType else as_json(command.answer, thing)


def members(kind: type, thing: Callable[[type], str]) -> Mapping[str, str]:
    """Return the members that a dataclass has in JSON, with their types."""
    types = get_type_hints(kind)
    return {wire: as_json(types[name], thing) for name, wire in api_names(kind).items()}
