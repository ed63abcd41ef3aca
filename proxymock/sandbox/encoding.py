"""From the state of an account to JSON that people can read.

Things are objects with AWS's names, in full where they are met first and as ``$ref``
afterwards; whatever a reader of the file could not tell carries its ``$kind``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from typing import Any, get_args, get_origin

from proxymock.api.rendering import timestamp
from proxymock.sandbox.kinds import field_types, kinds
from proxymock.sandbox.wire import wire_name, wire_names
from proxymock.state.proxy_sessions import ConnectorSessions
from proxymock.state.store import Account, Store
from proxymock.state.tables import Ordered, Table

SCALARS = (str, int, float, bool, type(None))


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


class Encoder:
    """Writes one document."""

    def __init__(self) -> None:
        self._written: set[int] = set()

    def state(self, holder: Account | Store) -> dict[str, Any]:
        """Return what a *holder* says is its state, except what is empty."""
        state = {name: getattr(holder, name) for name in holder.STATE}
        tables_first = sorted(state.items(), key=lambda i: not isinstance(i[1], Table))
        encoded = {
            wire_name(name): self._attribute(value) for name, value in tables_first
        }
        return {name: value for name, value in encoded.items() if value or value == 0}

    def _attribute(self, value: Any) -> Any:
        """Encode what a fresh holder has a container for."""
        if isinstance(value, Table):
            return self.items(value, kinds()[value.kind])
        if isinstance(value, Ordered):
            return self.items(value, Any)
        return self.value(value, Any)

    def items(self, items: Iterable[Any], declared: Any) -> list[Any]:
        """Encode each of *items*."""
        return [self.value(item, declared) for item in items]

    def value(self, value: Any, declared: Any) -> Any:
        """Encode a value whose type the reader takes to be *declared*."""
        declared = without_none(declared)
        if isinstance(value, SCALARS):
            return value
        if isinstance(value, datetime):
            return timestamp(value)
        if is_dataclass(value):
            return self._thing(value, declared)
        if isinstance(value, Mapping):
            item = item_type(declared)
            return {key: self.value(each, item) for key, each in value.items()}
        if isinstance(value, Table | Ordered):
            return self._attribute(value)
        return self.items(value, item_type(declared))

    def _thing(self, thing: Any, declared: Any) -> Any:
        if hasattr(thing, "sequence"):
            if thing.sequence in self._written:
                return {"$ref": thing.sequence}
            self._written.add(thing.sequence)
        kind: type = type(thing)
        names, types = wire_names(kind), field_types(kind)
        members = {
            names[field.name]: self.value(value, types[field.name])
            for field in fields(thing)
            if not _is_default(field, value := getattr(thing, field.name))
        }
        for field in fields(thing):
            if isinstance(value := getattr(thing, field.name), ConnectorSessions):
                members.update(memory_of(value))
        return members if declared is kind else {"$kind": kind.__name__, **members}


def _is_default(field: Field[Any], value: Any) -> bool:
    """Tell whether a reader would find *value* without being told."""
    if field.default is not MISSING:
        return bool(value == field.default)
    if field.default_factory is not MISSING:
        return value == field.default_factory() or (
            isinstance(value, Table | Ordered) and not len(value)
        )
    return value is None


def memory_of(sessions: ConnectorSessions) -> dict[str, Any]:
    """Return what a connector remembers of deleted proxy sessions."""
    alone = ConnectorSessions()
    for session in sessions:
        alone.enter(session)
    present = dict(alone.sticky_numbers)
    sticky = [
        {"ParticipantPhoneNumbers": list(pair), "ProxyPhoneNumbers": list(numbers)}
        for pair, numbers in sessions.sticky_numbers
        if present.get(pair) != numbers
    ]
    deleted = [
        {
            "ProxySessionId": ended.proxy_session_id,
            "ParticipantPhoneNumbers": list(ended.participant_phone_numbers),
            "ProxyPhoneNumber": number,
            "EndedTimestamp": timestamp(ended.at),
            "Sequence": ended.sequence,
        }
        for number, ended in sessions.ended
        if ended.proxy_session_id not in sessions
    ]
    memory = {"StickyNumbers": sticky, "DeletedProxySessions": deleted}
    return {name: entries for name, entries in memory.items() if entries}
