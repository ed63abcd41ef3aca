"""The smallest request of an operation, made from the API description alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from proxymock.api import spec
from proxymock.api.spec import Shape

# One text for every pattern of the API.
TEXTS = (
    "a",
    "aa",
    "US",
    "800",
    "+12065550100",
    "a" * 21,
    "arn:aws",
    "abcdefab-abcd-abcd-abcd-abcdefabcdef",
    "arn:aws:lambda:us-east-1:123456789012:function:f",
    "amzn1.application-oa2-client." + "0" * 32,
)


def smallest(shape: Shape) -> Any:
    """Return the smallest value that satisfies *shape*."""
    if shape.type == "structure":
        return {name: smallest(shape.members[name].shape) for name in shape.required}
    if shape.type == "list":
        assert shape.member is not None
        return [smallest(shape.member)] * int(shape.min or 0)
    if shape.type == "map":
        return {}
    if shape.type == "boolean":
        return False
    if shape.type != "string":
        return shape.min or 0
    return shape.enum[0] if shape.enum else next(filter(shape_accepts(shape), TEXTS))


def shape_accepts(shape: Shape) -> Any:
    """Return a test of texts against the length and the pattern of *shape*."""
    return lambda text: (
        (shape.min or 0) <= len(text) <= (shape.max or len(text))
        and (shape.pattern is None or shape.pattern.fullmatch(text))
    )


def request_of(
    name: str, members: Mapping[str, Any] | None = None
) -> tuple[str, str, str, bytes]:
    """Return method, path, query and body of a request with *members*.

    By default these are the smallest valid ones.
    """
    operation = spec.operation(name)
    if members is None:
        members = smallest(operation.input)
    path, _, query = operation.uri.partition("?")
    parameters = [query] if query else []
    payload = {}
    for member, value in members.items():
        _, location, wire_name = operation.input.members[member]
        text = json.dumps(value) if isinstance(value, bool) else str(value)
        if location == "uri":
            path = path.replace(f"{{{wire_name}}}", quote(text, safe=""))
        elif location == "querystring":
            parameters.append(f"{wire_name}={quote(text, safe='')}")
        else:
            payload[member] = value
    body = json.dumps(payload).encode() if operation.has_body else b""
    return operation.method, path, "&".join(parameters), body
