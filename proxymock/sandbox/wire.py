"""Between Python and JSON in AWS's names: ``voice_connector_id``, VoiceConnectorId."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timezone
from functools import cache
from typing import Any, TypeVar, get_type_hints

from proxymock.api import spec
from proxymock.api.rendering import timestamp
from proxymock.numbering_plan.e164 import NotAPhoneNumberError, parse
from proxymock.sandbox import SandboxError

Thing = TypeVar("Thing")


@cache
def _api_names() -> Mapping[str, str]:
    return {
        spec.snake_case(member): member
        for raw in spec.description()["shapes"].values()
        for member in raw.get("members", ())
        if member[0].isupper()
    }


@cache
def wire_name(name: str) -> str:
    """Return the API's spelling of a Python name: ``cps_limit`` → ``CpsLimit``."""
    pascal = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    return _api_names().get(name, pascal)


def wire_names(kind: type) -> Mapping[str, str]:
    """Return the API's spellings of the fields of a dataclass, by the field."""
    return {
        field.name: field.metadata.get("wire", wire_name(field.name))
        for field in fields(kind)
    }


def shown(thing: Any) -> dict[str, Any]:
    """Return a dataclass of plain values and instants as JSON-ready members."""
    return {
        wire: _plain(getattr(thing, name))
        for name, wire in wire_names(type(thing)).items()
    }


def _plain(value: Any) -> Any:
    return timestamp(value) if isinstance(value, datetime) else value


def instant(text: Any, at: str) -> datetime:
    """Return the instant that an ISO 8601 text spells, found in the member *at*."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(timezone.utc)
    except (AttributeError, OverflowError, TypeError, ValueError):
        raise SandboxError(
            f"{at} must be an instant such as 2026-01-02T03:04:05.678Z, not {text!r}"
        ) from None


def phone_number(text: str, at: str) -> str:
    """Return the E.164 form of a number in any spelling, found in the member *at*."""
    try:
        return parse(text)
    except NotAPhoneNumberError as error:
        raise SandboxError(f"{at} {error}") from None


def unshown(kind: type[Thing], members: Any, at: str) -> Thing:
    """Return the dataclass that ``shown`` has shown as *members*, found in *at*."""
    names = wire_names(kind)
    if not isinstance(members, dict) or members.keys() != set(names.values()):
        raise SandboxError(f"{at} must have the members {', '.join(names.values())}")
    types = get_type_hints(kind)
    return kind(
        **{
            name: _typed(members[wire], types[name], f"{at}.{wire}")
            for name, wire in names.items()
        }
    )


def _typed(value: Any, declared: Any, at: str) -> Any:
    if declared is datetime:
        return instant(value, at)
    if isinstance(value, list):
        return tuple(value)
    if not isinstance(value, declared):
        raise SandboxError(f"{at} must be {declared}, not {value!r}")
    return value
