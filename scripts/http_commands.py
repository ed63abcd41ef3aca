"""The commands over HTTP as their OpenAPI document has them, for the other scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from proxymock.sandbox.openapi import document

for module in ("control", "sandbox_client"):  # which import all that have commands
    import_module(f"proxymock.plugin.{module}")

Schema = Mapping[str, Any]


class Member(NamedTuple):
    """A member that a command takes."""

    name: str
    is_required: bool
    schema: Schema
    about: str


class Operation(NamedTuple):
    """A command: *takes* are its own members, *status* is that of its *answer*.

    One that *takes_all* has no members; its body is an object of any.
    """

    name: str
    summary: str
    takes: list[Member]
    takes_all: bool
    status: str
    answer: Schema


def operations() -> list[Operation]:
    """Return all commands by path, not as modules were imported."""
    return [
        _operation(f"{method.upper()} {path[1:]}", told)
        for path, methods in sorted(document()["paths"].items())
        for method, told in sorted(methods.items())
    ]


def _operation(name: str, told: Mapping[str, Any]) -> Operation:
    [status, done] = next(iter(told["responses"].items()))
    body = _content(told["requestBody"]) if "requestBody" in told else None
    return Operation(
        name,
        told["summary"],
        [*_parameters(told), *_members(body or {})],
        body is not None and "properties" not in body,
        status,
        _content(done),
    )


def _parameters(told: Mapping[str, Any]) -> Iterator[Member]:
    for each in told["parameters"]:
        if "$ref" not in each:  # which AccountId is, that all take
            about = each.get("description", "")
            yield Member(each["name"], each["required"], each["schema"], about)


def _members(schema: Schema) -> Iterator[Member]:
    for name, each in schema.get("properties", {}).items():
        if name != "AccountId":
            about = each.get("description", "")
            yield Member(name, name in schema["required"], each, about)


def _content(told: Mapping[str, Any]) -> Schema:
    schema: Schema = told["content"]["application/json"]["schema"]
    return schema


def thing(name: str) -> Schema:
    """Return the schema of what has a name."""
    found: Schema = document()["components"]["schemas"][name]
    return found


def as_text(schema: Schema, named: Callable[[str], str]) -> str:
    """Return a schema in words; *named* says what a schema with a name is called.

    >>> as_text({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}, repr)
    'integer from 1 or null'
    >>> as_text({"type": "array", "items": {"$ref": "#/components/schemas/Leg"}}, repr)
    "['Leg']"
    """
    if "$ref" in schema:
        return named(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " or ".join(map(json.dumps, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(as_text(each, named) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{as_text(schema['items'], named)}]"
    if schema.get("format") == "date-time":
        return "instant"
    if schema.get("additionalProperties") is False:  # and no properties: see thing()
        return "{}"
    words = {"minimum": "from", "maximum": "to"}
    limits = (f" {words[key]} {schema[key]}" for key in words if key in schema)
    return str(schema.get("type", "any")) + "".join(limits)
