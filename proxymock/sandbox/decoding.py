"""From JSON that a person may have written to the state of an account.

Everything is checked where it stands, and an error says where that is. What is left out
gets a default: that of ``completion``, that of its class, or that of its type.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from typing import Any, get_args, get_origin

from proxymock.api.errors import VoiceError
from proxymock.sandbox import SandboxError
from proxymock.sandbox.completion import Members, completed, set_aside
from proxymock.sandbox.encoding import SCALARS, item_type, without_none
from proxymock.sandbox.kinds import check_members, field_types, kinds
from proxymock.sandbox.wire import instant, wire_name, wire_names
from proxymock.state.store import Account, Store
from proxymock.state.tables import AlreadyThere, Ordered, Table

_OWN_ARN = re.compile(r"(arn:aws:chime:[^:]*:)\d{12}(:.*)", re.ASCII | re.DOTALL)
_NAMES = {
    bool: "a boolean",
    dict: "an object",
    float: "a number",
    int: "an integer",
    list: "a list",
    str: "a string",
}


def an(kind: type, value: Any, at: str) -> Any:
    """Return *value* if it is of this JSON type, else complain."""
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise SandboxError(f"{at} must be {_NAMES[kind]}")
    return value


class Decoder:
    """Reads one document, one region after the other.

    *things* has what has been read by its sequence, each with where it stands. *aside*
    has the members of voice connectors that only make sense once all has been read,
    and *inside* what is inside of other things, by their sequence: it enters once they
    have entered.
    No thing has a sequence higher than *last_sequence*.
    """

    def __init__(self, document: Mapping[str, Any], store: Store) -> None:
        self.things: dict[int, tuple[Any, str]] = {}
        self.aside: list[tuple[Store, Any, Members, str]] = []
        self.inside: dict[int, list[Any]] = {}
        self.store = store
        self.last_sequence = _highest(document)

    def state(self, holder: Account | Store, encoded: Any, at: str) -> None:
        """Fill *holder*, which is fresh, with what it says is its state."""
        names = {wire_name(name): name for name in holder.STATE}
        for wire, value in an(dict, encoded, at).items():
            if wire not in names:
                raise SandboxError(f"{at} has no member {wire}")
            fresh, here = getattr(holder, names[wire]), f"{at}.{wire}"
            if isinstance(fresh, Table):
                self._table(fresh, value, here)
            else:
                fresh.update(an(dict, self.value(value, Any, here), here))

    def _table(self, table: Table[Any], value: Any, at: str) -> None:
        for index, thing in enumerate(self._items(value, kinds()[table.kind], at)):
            self.enter(table.enter, thing, f"{at}[{index}]")

    def enter(self, enter: Callable[[Any], object], thing: Any, at: str) -> None:
        """Have *thing*, which stands there, enter; complain if it cannot."""
        try:
            enter(thing)
        except AlreadyThere as error:
            raise SandboxError(f"{at} is a second {error}") from None
        except VoiceError as error:
            raise SandboxError(f"{at}: {error.message}") from None
        except (KeyError, TypeError) as error:  # what it is found by
            raise SandboxError(f"{at} has no sound {error}") from None

    def value(self, value: Any, declared: Any, at: str) -> Any:
        """Return what *value* spells, which must be of the type *declared*."""
        plain = without_none(declared)
        if value is None and (declared is Any or plain is not declared):
            return None
        if isinstance(value, dict) and "$ref" in value:
            return self.referred(value["$ref"], plain, at)
        if is_dataclass(plain) or (isinstance(value, dict) and "$kind" in value):
            return self._kind(value, plain, at)
        kind = type(value) if plain is Any else get_origin(plain) or plain
        return self._plain(value, kind, plain, at)

    def _plain(self, value: Any, kind: type, declared: Any, at: str) -> Any:
        if kind is datetime:
            return instant(value, at)
        if kind in SCALARS:
            an(kind, value, at)
            return self._at_home(value) if kind is str else value
        if issubclass(kind, Mapping):
            return self._mapping(value, item_type(declared), at)
        types = get_args(declared)
        if kind is tuple and ... not in types:
            if len(an(list, value, at)) != len(types):
                raise SandboxError(f"{at} must have {len(types)} items")
            return tuple(
                self.value(item, type, f"{at}[{index}]")
                for index, (item, type) in enumerate(zip(value, types, strict=True))
            )
        items = self._items(value, item_type(declared), at)
        container: Any = kind
        return items if kind is list else container(items)

    def _items(self, value: Any, declared: Any, at: str) -> list[Any]:
        return [
            self.value(item, declared, f"{at}[{index}]")
            for index, item in enumerate(an(list, value, at))
        ]

    def _mapping(self, value: Any, declared: Any, at: str) -> dict[str, Any]:
        return {
            self._at_home(key): instant(item, f"{at}.{key}")
            if declared is Any and key.endswith("Timestamp")
            else self.value(item, declared, f"{at}.{key}")
            for key, item in an(dict, value, at).items()
        }

    def _at_home(self, text: str) -> str:
        """Return an ARN of the service as one of the account that is loaded."""
        own = _OWN_ARN.fullmatch(text)
        return f"{own[1]}{self.store.account.account_id}{own[2]}" if own else text

    def referred(self, sequence: Any, declared: Any, at: str) -> Any:
        """Return the thing with this *sequence*, of the type *declared*."""
        if type(sequence) is not int or sequence not in self.things:
            raise SandboxError(f"{at} refers to {sequence!r}, which is not before it")
        thing, there = self.things[sequence]
        wanted: Any = declared if is_dataclass(declared) else ()
        if declared is not Any and not isinstance(thing, wanted):
            raise SandboxError(f"{at} refers to {there}, which is something else")
        return thing

    def _kind(self, value: Any, declared: Any, at: str) -> Any:
        given = dict(an(dict, value, at))
        name = given.pop("$kind", getattr(declared, "__name__", None))
        an(str, name, f"{at}.$kind")
        kind: type[Any] | None = kinds().get(name)
        wanted: Any = declared if is_dataclass(declared) else object
        allowed = declared is Any or is_dataclass(declared)
        if kind is None or not (allowed and issubclass(kind, wanted)):
            raise SandboxError(f"{at} cannot be of the kind {name!r}")
        return self._thing(given, kind, at)

    def _thing(self, given: Members, kind: type[Any], at: str) -> Any:
        given = completed(kind.__name__, given, self.store, at)
        aside = set_aside(kind.__name__, given)
        unknown = sorted(given.keys() - set(wire_names(kind).values()))
        if unknown:
            raise SandboxError(f"{at} has no member {', '.join(unknown)}")
        check_members(kind.__name__, given, at)
        inside: list[Any] = []
        members = dict(self._fields(kind, given, at, inside))
        try:
            thing: Any = kind(**members)
        except ValueError as error:
            raise SandboxError(f"{at}: {error}") from None
        if hasattr(thing, "sequence"):
            self._register(thing, at)
            self.inside[thing.sequence] = inside
        if aside:
            self.aside.append((self.store, thing, aside, at))
        return thing

    def _fields(
        self, kind: type, given: Members, at: str, inside: list[Any]
    ) -> Iterable[tuple[str, Any]]:
        types = field_types(kind)
        for field in fields(kind):
            wire = wire_names(kind)[field.name]
            here, declared = f"{at}.{wire}", types[field.name]
            if wire not in given:
                yield field.name, self._default(field, declared, here)
            elif isinstance(fresh := _fresh(field), Table | Ordered):
                item = (
                    kinds()[fresh.kind]
                    if isinstance(fresh, Table)
                    else item_type(declared)
                )
                inside += self._items(given[wire], item, here)
                yield field.name, fresh
            else:
                yield field.name, self.value(given[wire], declared, here)

    def _default(self, field: Field[Any], declared: Any, at: str) -> Any:
        if field.name == "sequence":
            self.last_sequence += 1
            return self.last_sequence
        if field.default is not MISSING or field.default_factory is not MISSING:
            return _fresh(field)
        if without_none(declared) is declared:
            raise SandboxError(f"{at} is required")
        return None

    def _register(self, thing: Any, at: str) -> None:
        if thing.sequence < 0:
            raise SandboxError(f"{at}.Sequence must be at least 0")
        if thing.sequence in self.things:
            there = self.things[thing.sequence][1]
            raise SandboxError(f"{at}.Sequence must not be that of {there}")
        self.things[thing.sequence] = thing, at


def _fresh(field: Field[Any]) -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return None if field.default is MISSING else field.default


def _highest(document: Any) -> int:
    """Return the highest Sequence anywhere in a document, -1 if there is none."""
    if isinstance(document, list):
        return max(map(_highest, document), default=-1)
    if not isinstance(document, dict):
        return -1
    own = document.get("Sequence")
    highest = max(map(_highest, document.values()), default=-1)
    return max(own, highest) if type(own) is int else highest
