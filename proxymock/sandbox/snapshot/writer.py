"""From the state of an account to JSON that people can read.

Things are objects with AWS's names. A thing is written in full where it comes first,
and as ``$ref`` after that. It carries its ``$kind`` where the place does not imply it.

Each kind is compiled once to a function that writes its members, since a state may have
hundreds of thousands of things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any

from proxymock.api.rendering import timestamp
from proxymock.sandbox.json_values import api_name, api_names, is_instant
from proxymock.sandbox.snapshot.memory import memory_of
from proxymock.sandbox.snapshot.schema import (
    field_types,
    item_type,
    kinds,
    without_none,
)
from proxymock.state.store import Account, Store
from proxymock.state.tables import Ordered, Table

SCALARS = (str, int, float, bool, type(None))


class Writer:
    """Writes one document; *written* has the sequences of the things in it."""

    def __init__(self) -> None:
        self.written: set[int] = set()

    def state(self, holder: Account | Store) -> dict[str, Any]:
        """Return the attributes that *holder* names in ``STATE``, but no empty ones."""
        state = {name: getattr(holder, name) for name in holder.STATE}
        # A thing is written in full in its table, and as $ref anywhere else.
        tables_first = sorted(state.items(), key=lambda i: not isinstance(i[1], Table))
        written = {
            api_name(name): write(self, value, Any) for name, value in tables_first
        }
        # What is empty says nothing; a zero does.
        return {name: value for name, value in written.items() if value or value == 0}


Write = Callable[[Writer, Any], Any]


def write(writer: Writer, value: Any, declared: Any) -> Any:
    """Return the JSON of a *value* whose type is *declared* to the reader."""
    declared = without_none(declared)
    if isinstance(value, SCALARS):
        return value
    if isinstance(value, datetime):
        return timestamp(value)
    if is_dataclass(value):
        return _thing(writer, value, declared)
    item: Any
    if isinstance(value, Mapping):
        item = item_type(declared)
        return {key: write(writer, each, item) for key, each in value.items()}
    if isinstance(value, Table):
        item = kinds()[value.kind]
    else:
        item = Any if isinstance(value, Ordered) else item_type(declared)
    return [write(writer, each, item) for each in value]


def _thing(writer: Writer, thing: Any, declared: Any) -> Any:
    kind: type = type(thing)
    if hasattr(thing, "sequence"):
        if thing.sequence in writer.written:
            return {"$ref": thing.sequence}
        writer.written.add(thing.sequence)
    members = _members_of(kind)(writer, thing)
    return members if declared is kind else {"$kind": kind.__name__, **members}


@cache
def _members_of(kind: type) -> Callable[[Writer, Any], dict[str, Any]]:
    """Compile a function from a thing of a *kind* to its members."""
    names, types = api_names(kind), field_types(kind)
    stated = [each for each in fields(kind) if not each.metadata.get("derived")]
    parts = [
        (names[field.name], _default_test(field), _writer_of(types[field.name]))
        for field in stated
    ]
    # One more than needed: attrgetter answers a single name without a tuple.
    values_of = attrgetter(*(field.name for field in stated), "__class__")
    remember = memory_of if kind.__name__ == "VoiceConnector" else None

    def members_of(writer: Writer, thing: Any) -> dict[str, Any]:
        members = {}
        for (name, is_default, write_one), value in zip(
            parts, values_of(thing), strict=False
        ):
            if value is None if is_default is None else is_default(value):
                continue
            members[name] = value if write_one is None else write_one(writer, value)
        if remember is not None:
            members.update(remember(thing.proxy_sessions))
        return members

    return members_of


def _default_test(field: Field[Any]) -> Callable[[Any], bool] | None:
    """Return a test of whether a value is the field's default and can be left out.

    None stands for the commonest test, whether the value is None.
    """
    if field.default is not MISSING:
        return lambda value: bool(value == field.default)
    if (factory := field.default_factory) is not MISSING:
        return lambda value: (
            not len(value) if isinstance(value, Table | Ordered) else value == factory()
        )
    return None


def _writer_of(declared: Any) -> Write | None:
    """Return the way of a value of the type *declared*, None if it stays as it is."""
    plain = without_none(declared)
    if plain in SCALARS:
        return None
    if is_instant(plain):
        return lambda writer, value: timestamp(value)
    if item_type(plain) is str:
        return _strings
    return lambda writer, value: write(writer, value, plain)


def _strings(writer: Writer, value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else list(value)
