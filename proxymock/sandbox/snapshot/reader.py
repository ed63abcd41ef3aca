"""From JSON that a person may have written to the state of an account.

Everything is checked in its place, and an error names that place. Members that are left
out get a default: from ``defaults``, from the class, or from the type.

Each type is compiled once to a function that reads a value, since a state may have
hundreds of thousands of things.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_origin

from proxymock.sandbox import SandboxError
from proxymock.sandbox.json_values import api_name, api_names, instant, is_instant
from proxymock.sandbox.snapshot.defaults import Members, complete, set_aside
from proxymock.sandbox.snapshot.places import Place, Step, wrong
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import (
    an,
    check_block,
    field_types,
    item_type,
    kinds,
    member_shape,
    without_none,
)
from proxymock.state.store import Account, Store
from proxymock.state.tables import Ordered, Table

_SCALARS = (str, int, float, bool, type(None))


def read_state(
    reading: Reading, holder: Account | Store, given: Any, at: Place
) -> None:
    """Fill the new *holder* with the attributes that it names in ``STATE``.

    Raises SandboxError.
    """
    names = {api_name(name): name for name in holder.STATE}
    for wire, value in given.items():
        if wire not in names:
            raise SandboxError(f"{at} has no member {wire}")
        fresh = getattr(holder, names[wire])
        if isinstance(fresh, Table):
            here = Place(at, wire)
            things = _items(reading, value, kinds()[fresh.kind], at, wire)
            for index, thing in enumerate(things):
                reading.enter(fresh.enter, thing, Place(here, index))
        else:
            # What is no table is a block of settings.
            fresh.update(_mapping(reading, value, Any, at, wire))


# Reads a value that stands a step below a place.
Read = Callable[[Reading, Any, Place, Step], Any]


@cache
def read_as(declared: Any) -> Read:
    """Compile a function that reads a value of the type *declared*."""
    # One reader serves a type and its optional form.
    plain = without_none(declared)
    read = _compiled(plain)
    if plain is declared:
        return read
    return lambda reading, value, above, step: (
        None if value is None else read(reading, value, above, step)
    )


def _compiled(plain: Any) -> Read:
    if plain is Any:
        return _anything
    if plain is str:
        return _text
    if is_instant(plain):
        return lambda reading, value, above, step: instant(value, Place(above, step))
    if plain in _SCALARS:
        return lambda reading, value, above, step: an(plain, value, above, step)
    if is_dataclass(plain):
        return lambda reading, value, above, step: _kind(
            reading, value, plain, Place(above, step)
        )
    kind = get_origin(plain) or plain
    item = item_type(plain)
    if kind is dict and item is Any:
        return _json_object
    if issubclass(kind, Mapping):
        return lambda reading, value, above, step: _mapping(
            reading, value, item, above, step
        )
    types = get_args(plain)
    if kind is tuple and ... not in types:
        return _of_length(types)
    return lambda reading, value, above, step: kind(
        _items(reading, value, item, above, step)
    )


def _text(reading: Reading, value: Any, above: Place, step: Step) -> str:
    return reading.at_home(an(str, value, above, step))


def _anything(reading: Reading, value: Any, above: Place, step: Step) -> Any:
    if isinstance(value, dict):
        return _mapping(reading, value, Any, above, step)
    if isinstance(value, list):
        return _items(reading, value, Any, above, step)
    return reading.at_home(value) if isinstance(value, str) else value


def _json_object(reading: Reading, value: Any, above: Place, step: Step) -> Any:
    return _json(reading, an(dict, value, above, step))


def _json(reading: Reading, value: Any) -> Any:
    """Return JSON that only its own reader knows, but for ARNs of the account."""
    if isinstance(value, dict):
        return {key: _json(reading, item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(reading, item) for item in value]
    return reading.at_home(value) if isinstance(value, str) else value


def _of_length(types: tuple[Any, ...]) -> Read:
    readers = [read_as(type) for type in types]

    def read(reading: Reading, value: Any, above: Place, step: Step) -> Any:
        if len(an(list, value, above, step)) != len(readers):
            raise wrong(above, step, f"must have {len(readers)} items")
        at = Place(above, step)
        return tuple(
            [
                read_item(reading, item, at, index)
                for index, (item, read_item) in enumerate(
                    zip(value, readers, strict=True)
                )
            ]
        )

    return read


def _items(
    reading: Reading, value: Any, declared: Any, above: Place, step: Step
) -> list[Any]:
    at, read = Place(above, step), read_as(declared)
    return [
        read(reading, item, at, index)
        for index, item in enumerate(an(list, value, above, step))
    ]


def _mapping(
    reading: Reading, value: Any, declared: Any, above: Place, step: Step
) -> dict[str, Any]:
    at, read = Place(above, step), read_as(declared)
    return {
        reading.at_home(key): instant(item, Place(at, key))
        # A block has no declared types, but AWS's names tell instants from texts.
        if declared is Any and key.endswith("Timestamp")
        else read(reading, item, at, key)
        for key, item in an(dict, value, above, step).items()
    }


def _kind(reading: Reading, value: Any, declared: Any, at: Place) -> Any:
    if isinstance(value, dict) and "$ref" in value:
        return reading.referred(value["$ref"], declared, at)
    if not isinstance(value, dict):
        raise SandboxError(f"{at} must be an object")
    given = dict(value)
    name = given.pop("$kind", getattr(declared, "__name__", None))
    an(str, name, at, "$kind")
    kind: Any = kinds().get(name)
    wanted = object if declared is Any else declared
    if kind is None or not issubclass(kind, wanted):
        raise SandboxError(f"{at} cannot be of the kind {name!r}")
    return _thing_reader(kind)(reading, given, at)


@cache
def _thing_reader(kind: type) -> Callable[[Reading, Members, Place], Any]:
    """Compile a function from the members of a thing, which it may change, to it."""
    name = kind.__name__
    wires, types = api_names(kind), field_types(kind)
    parts = [
        (field.name, wires[field.name], *_field(kind, field, types[field.name]))
        for field in fields(kind)
    ]
    known = frozenset(wires.values())

    def read_thing(reading: Reading, given: Members, at: Place) -> Any:
        aside = _prepare(reading, name, given, known, at)
        inside: list[Any] = []
        members = {}
        for field, wire, read, default, holds_things in parts:
            if wire not in given:
                members[field] = default(reading, at)
            elif holds_things:
                inside += read(reading, given[wire], at, wire)
                members[field] = default(reading, at)
            else:
                members[field] = read(reading, given[wire], at, wire)
        try:
            thing = kind(**members)
        except ValueError as error:
            raise SandboxError(f"{at}: {error}") from None
        # What has a rank is a thing by itself, which others may refer to.
        if "sequence" in members:
            reading.register(thing, inside, aside, at)
        return thing

    return read_thing


def _prepare(
    reading: Reading, kind: str, given: Members, known: frozenset[str], at: Place
) -> Members:
    """Complete the members of a thing; return those that must wait until the end."""
    complete(kind, given, reading.store, at)
    aside = set_aside(kind, given)
    if not given.keys() <= known:
        unknown = ", ".join(sorted(given.keys() - known))
        raise SandboxError(f"{at} has no member {unknown}")
    return aside


def _field(
    kind: type, field: Field[Any], declared: Any
) -> tuple[Read, Callable[[Reading, Place], Any], bool]:
    """Compile how a field is read, and its default.

    The last part of the answer tells whether the field holds other things, which enter
    after the thing itself.
    """
    wire = api_names(kind)[field.name]
    default = _default(field, declared, wire)
    factory = field.default_factory
    fresh = None if factory is MISSING else factory()
    if isinstance(fresh, Table):
        return read_as(list[kinds()[fresh.kind]]), default, True  # type: ignore[misc]
    if isinstance(fresh, Ordered):
        return read_as(list[item_type(declared)]), default, True  # type: ignore[misc]
    read = _constrained(kind.__name__, wire, read_as(declared))
    return read, default, False


def _default(
    field: Field[Any], declared: Any, wire: str
) -> Callable[[Reading, Place], Any]:
    if field.name == "sequence":
        return lambda reading, at: reading.next_sequence()
    if (factory := field.default_factory) is not MISSING:
        return lambda reading, at: factory()
    if field.default is not MISSING:
        return lambda reading, at: field.default
    if without_none(declared) is not declared:
        return lambda reading, at: None

    def complain(reading: Reading, at: Place) -> Any:
        raise wrong(at, wire, "is required")

    return complain


def _constrained(kind: str, wire: str, read: Read) -> Read:
    """Let *read* refuse what breaks a constraint of the API as well."""
    shape = member_shape(kind, wire)
    if shape is None or shape.type == "timestamp":
        return read

    def read_constrained(reading: Reading, value: Any, above: Place, step: Step) -> Any:
        # None stands for a member that the API would leave out.
        if value is not None:
            check_block(shape, value, above, step)
        return read(reading, value, above, step)

    return read_constrained
