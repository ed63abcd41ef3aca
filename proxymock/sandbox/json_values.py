"""Between Python and JSON in AWS's names: ``voice_connector_id``, VoiceConnectorId."""

from __future__ import annotations

import json
import reprlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timezone
from functools import cache
from typing import (
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from proxymock.api import spec
from proxymock.api.rendering import timestamp
from proxymock.numbering_plan.e164 import NotAPhoneNumberError, parse
from proxymock.sandbox import SandboxError
from proxymock.sandbox.lambda_runtime import name_of

Thing = TypeVar("Thing")
# Takes a JSON value and where it was found; returns what it spells.
Reader = Callable[[Any, str], Any]
_JSON = frozenset((str, int, float, bool, dict, type(None)))


@cache
def _in_the_api() -> Mapping[str, str]:
    return {
        spec.snake_case(member): member
        for raw in spec.description()["shapes"].values()
        for member in raw.get("members", ())
        if member[0].isupper()
    }


@cache
def api_name(name: str) -> str:
    """Return the API's spelling of a Python name: ``cps_limit`` → ``CpsLimit``."""
    pascal = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    return _in_the_api().get(name, pascal)


def api_names(kind: type) -> Mapping[str, str]:
    """Return the API's spellings of the fields of a dataclass, by the field."""
    return _names_of(kind)


@cache
def _names_of(kind: Any) -> Mapping[str, str]:
    return {
        field.name: field.metadata.get("json", api_name(field.name))
        for field in fields(kind)
    }


def is_instant(declared: Any) -> bool:
    """Tell whether a type is that of instants.

    Never compare types of instants with ``is``. While time is frozen, freezegun
    replaces ``datetime`` by a class of its own, so a type that was looked up at another
    time is a different one. Each counts as a subclass of the other.
    """
    # Python 3.10 takes list[str] for a class.
    is_class = isinstance(declared, type) and get_origin(declared) is None
    return is_class and issubclass(declared, datetime)


def to_json(value: Any) -> Any:
    """Return a dataclass, instant, list or function as JSON, any other as it is."""
    kind: Any = type(value)
    if kind in _JSON:
        return value
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if callable(value):  # a function that is bound, which JSON can only name
        return name_of(value)
    return {
        # Most values need no call, which would take longer than the encoder does.
        wire: each if type(each := getattr(value, name)) in _JSON else to_json(each)
        for name, wire in _names_of(kind).items()
    }


def instant(value: Any, at: object) -> datetime:
    """Return an instant, or the one that an ISO 8601 text spells, in UTC.

    Raises SandboxError, which names the member *at* that it was found in.
    """
    text = value.isoformat() if isinstance(value, datetime) else value
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is timezone.utc:
            return moment
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(timezone.utc)
    except (AttributeError, OverflowError, TypeError, ValueError):
        raise SandboxError(
            f"{at} must be an instant such as 2026-01-02T03:04:05.678Z, not {text!r}"
        ) from None


def phone_number(text: str, at: object) -> str:
    """Return the E.164 form of a number in any usual spelling.

    Raises SandboxError, which names the member *at* that it was found in.
    """
    try:
        return parse(text)
    except NotAPhoneNumberError as error:
        raise SandboxError(f"{at} {error}") from None


def from_json(kind: type[Thing], value: Any, at: str) -> Thing:
    """Return the thing of this *kind* that ``to_json`` has turned into *value*.

    Raises SandboxError, which names the member *at* that it was found in.
    """
    declared: Any = kind
    thing: Thing = reader(declared)(value, at)
    return thing


@cache
def reader(declared: Any) -> Reader:
    """Compile the way from JSON to a value of the type *declared*.

    Resolving annotations takes long, so each type is compiled once.
    """
    arguments = get_args(declared)
    if is_instant(declared):
        return instant
    if is_dataclass(declared):
        return _thing(declared)
    if get_origin(declared) is Literal:
        return _choice(arguments)
    if type(None) in arguments:
        rest = tuple(each for each in arguments if each is not type(None))
        return _optional(reader(Union[rest]))  # noqa: UP007 - of a tuple
    if get_origin(declared) in (list, tuple):
        return _items(get_origin(declared), arguments[0])
    if get_origin(declared) is dict and arguments[1] is not Any:
        return _mapping(arguments[1])
    return _plain(declared)


def _thing(kind: Any) -> Reader:
    names, types = api_names(kind), get_type_hints(kind)
    readers = [
        (name, wire, _taken_as_it_is(types[name]), reader(types[name]))
        for name, wire in names.items()
    ]
    wanted = set(names.values())

    def read(value: Any, at: str) -> Any:
        if not isinstance(value, dict) or value.keys() != wanted:
            listed = ", ".join(names.values())
            raise SandboxError(f"{at} must have the members {listed}")
        return kind(
            **{
                name: item
                if type(item := value[wire]) in as_it_is
                else each(item, f"{at}.{wire}")
                for name, wire, as_it_is, each in readers
            }
        )

    return read


def _taken_as_it_is(declared: Any) -> frozenset[type]:
    """Return the types whose values need no reader, which is most of them."""
    return frozenset(get_args(declared) or (declared,)) & {str, bool, int, type(None)}


def _optional(read: Reader) -> Reader:
    return lambda value, at: None if value is None else read(value, at)


def _choice(values: tuple[Any, ...]) -> Reader:
    def read(value: Any, at: str) -> Any:
        if value not in values:
            listed = ", ".join(map(str, values))
            raise SandboxError(f"{at} must be one of {listed}, not {_spelled(value)}")
        return value

    return read


def _items(container: Any, declared: Any) -> Reader:
    as_it_is, read = _taken_as_it_is(declared), reader(declared)

    def read_all(value: Any, at: str) -> Any:
        if not isinstance(value, list):
            raise SandboxError(f"{at} must be a list, not {_spelled(value)}")
        if as_it_is.issuperset(map(type, value)):
            return container(value)
        return container(read(item, f"{at}[{i}]") for i, item in enumerate(value))

    return read_all


def _mapping(declared: Any) -> Reader:
    """Return what reads an object whose values are all of a type."""
    read = reader(declared)

    def read_all(value: Any, at: str) -> Any:
        if not isinstance(value, dict):
            raise SandboxError(f"{at} must be an object, not {_spelled(value)}")
        return {key: read(item, f"{at}.{key}") for key, item in value.items()}

    return read_all


def _is_number(value: Any) -> bool:
    # JSON has neither infinity nor NaN, and some integers are no floats.
    return type(value) in (int, float) and abs(value) <= sys.float_info.max


_PLAIN: Mapping[Any, tuple[Callable[[Any], bool], str]] = {
    str: (lambda value: isinstance(value, str), "a string"),
    bool: (lambda value: isinstance(value, bool), "a boolean"),
    int: (lambda value: type(value) is int, "an integer"),
    float: (_is_number, "a number"),
    dict: (lambda value: isinstance(value, dict), "an object"),
}


def _plain(declared: Any) -> Reader:
    """Return what checks a plain value; one of any other type is taken as it is."""
    kind = get_origin(declared) or declared
    if kind not in _PLAIN:
        return lambda value, at: value
    is_right, article = _PLAIN[kind]

    def read(value: Any, at: str) -> Any:
        if not is_right(value):
            raise SandboxError(f"{at} must be {article}, not {_spelled(value)}")
        return value

    return read


def _spelled(value: Any) -> str:
    """Return the beginning of a value, in JSON if possible, else in Python."""
    if value is None or type(value) in (bool, float, str):
        return json.dumps(value)[:80]
    return reprlib.repr(value)
