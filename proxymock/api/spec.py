"""The API description: operations, shapes and routes.

It is our own extract (``service.json``) and not the installed botocore's. botocore has
already dropped these operations from one client, and the clients of a server bring
their own SDKs. Its one deviation from what AWS published is AWS: API-07.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pkgutil import get_data
from typing import Any, NamedTuple

from proxymock.api.neighbours import NEIGHBOURS
from proxymock.api.patterns import Pattern


class UnknownRoute(LookupError):
    """No operation of the service has this method, path and query."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """A type of the API with its constraints.

    A structure has *members* and *required*; a list has the type of its items in
    *member*; a map has *key* and *value*. *min* and *max* bound a number, the length
    of a text, or the size of a list or map.
    """

    name: str
    type: str
    members: Mapping[str, Member] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    member: Shape | None = None
    key: Shape | None = None
    value: Shape | None = None
    min: float | None = None
    max: float | None = None
    pattern: Pattern | None = None
    enum: tuple[str, ...] = ()


class Member(NamedTuple):
    """A member of a structure and where it travels in a request."""

    shape: Shape
    location: str  # "uri", "querystring" or "body"
    wire_name: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Operation:
    """One operation of the API.

    *labels* are the members in the path, in its order; *query* and *has_body* tell
    where the others travel. *checked* is the part of the input that is validated.
    *arguments* maps the input members to parameter names, paging members excepted.
    *result* is the output's only member besides NextToken, if there is exactly one.
    *ended* tells that AWS has ended the operation, *ended_on* when, as in
    ``2026-04-07``, which AWS did not publish of all of them.
    """

    name: str
    method: str
    uri: str
    status: int
    errors: frozenset[str]
    input: Shape
    output: Shape
    labels: tuple[str, ...]
    query: Mapping[str, Member]
    has_body: bool
    checked: Shape
    arguments: Mapping[str, str]
    result: str | None
    ended: bool
    ended_on: str | None


PAGING = ("NextToken", "MaxResults")
NOTHING = Shape(name="Unit", type="structure")


def snake_case(name: str) -> str:
    """Return boto3's spelling of an API name: ``ResourceARN`` → ``resource_arn``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


@cache
def description() -> dict[str, Any]:
    """Return the extract as it was published: names, types, routes, errors."""
    return load("service.json")


def load(name: str, package: str = __package__) -> dict[str, Any]:
    """Return the extract in the file *name* of a package."""
    # A test may have replaced the file system before the first call. The loader of
    # modules still reads the real one.
    data = get_data(package, name)
    assert data is not None, "a loader that cannot read data cannot have installed it"
    parsed: dict[str, Any] = json.loads(data)
    return parsed


@cache
def shape(name: str) -> Shape:
    """Return the shape *name* with all that it refers to."""
    return build(name, description()["shapes"][name], shape)


def build(name: str, raw: Mapping[str, Any], shape: Callable[[str], Shape]) -> Shape:
    """Return the shape that an extract describes; *shape* finds those it refers to."""
    roles = [role for role in ("member", "key", "value") if role in raw]
    parts: dict[str, Any] = {role: shape(raw[role]) for role in roles}
    return Shape(
        name=name,
        type=raw["type"],
        members={
            member: Member(
                shape(details["shape"]),
                details.get("location", "body"),
                details.get("locationName", member),
            )
            for member, details in raw.get("members", {}).items()
        },
        **parts,
        **constraints(raw),
    )


def constraints(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a Shape for what an extract says of its values."""
    return {
        "required": tuple(raw.get("required") or ()),
        "min": raw.get("min"),
        "max": raw.get("max"),
        "pattern": Pattern(raw["pattern"]) if raw.get("pattern") else None,
        "enum": tuple(raw.get("enum") or ()),
    }


@cache
def operation(name: str) -> Operation:
    """Return the operation *name*, such as ``CreateProxySession``."""
    raw = description()["operations"][name]
    output = shape(raw["output"]) if "output" in raw else NOTHING
    input = shape(raw["input"]) if "input" in raw else NOTHING
    names = {member.wire_name: name for name, member in input.members.items()}
    labels = tuple(names[label] for label in re.findall(r"{(\w+)}", raw["uri"]))
    # AWS: API-03. An id that breaks its pattern names nothing: where the operation can
    # say so, that is NotFound and left to the lookup.
    trusted = labels if "NotFoundException" in raw["errors"] else ()
    results = [member for member in output.members if member != "NextToken"]
    return Operation(
        name=name,
        method=raw["method"],
        uri=raw["uri"],
        status=raw["status"],
        errors=frozenset(raw["errors"]),
        input=input,
        output=output,
        labels=labels,
        query={n: m for n, m in input.members.items() if m.location == "querystring"},
        has_body=any(m.location == "body" for m in input.members.values()),
        checked=replace(
            input,
            members={n: m for n, m in input.members.items() if n not in trusted},
            required=tuple(n for n in input.required if n not in trusted),
        ),
        arguments={m: snake_case(m) for m in input.members if m not in PAGING},
        result=results[0] if len(results) == 1 else None,
        ended="ended" in raw,
        ended_on=raw.get("ended"),
    )


def operation_names() -> tuple[str, ...]:
    """Return the names of all operations, in alphabetical order."""
    return tuple(description()["operations"])


def regions() -> tuple[str, ...]:
    """Return the regions in which the service has an endpoint."""
    return shape("VoiceConnectorAwsRegion").enum


def no_endpoint(region: str) -> str:
    """Return the message that the service is not in a *region*, and the way around."""
    return (
        f"Amazon Chime SDK Voice has no endpoint in '{region}', only in "
        f"{', '.join(regions())}; for moto to accept any region, set "
        "MOTO_ALLOW_NONEXISTENT_REGION=true"
    )


class _Node:
    """A segment of the routes, with the literal segments and the label below it.

    *operations* has the names of operations by their method, then by their query.
    """

    def __init__(self) -> None:
        self.literals: dict[str, _Node] = {}
        self.label: _Node | None = None
        self.operations: dict[str, dict[str, str]] = {}

    def below(self, segment: str) -> _Node:
        if segment.startswith("{"):
            self.label = self.label or _Node()
            return self.label
        return self.literals.setdefault(segment, _Node())


# The parameters that are part of a route.
_ROUTING = ("operation", "type")


@cache
def _routes() -> _Node:
    root = _Node()
    for name, raw in description()["operations"].items():
        path, _, query = raw["uri"].partition("?")
        node = root
        for segment in path[1:].split("/"):
            node = node.below(segment)
        node.operations.setdefault(raw["method"], {})[query] = name
    return root


def match(
    method: str, segments: list[str], query: Mapping[str, str]
) -> tuple[Operation, list[str]]:
    """Return the operation of a request and the values of its labels, in order.

    *segments* are the decoded parts of the path. Raises UnknownRoute.

    >>> match("POST", ["tags"], {"operation": "tag-resource"})[0].name
    'TagResource'
    """
    node = _routes()
    labels = []
    for segment in segments:
        # Where a literal and a label can stand, the literal is meant.
        below = node.literals.get(segment)
        if below is None:
            labels.append(segment)
            below = node.label
        if below is None:
            raise UnknownRoute(_unknown(method, segments))
        node = below
    wanted = ""
    if query:
        wanted = "&".join([f"{key}={query[key]}" for key in _ROUTING if key in query])
    name = node.operations.get(method, {}).get(wanted)
    if name is None:
        raise UnknownRoute(_unknown(method, segments, wanted))
    return operation(name), labels


def _unknown(method: str, segments: list[str], query: str = "") -> str:
    asked = f"{method} /{'/'.join(segments)}"
    if segments[0] in NEIGHBOURS:
        owner = NEIGHBOURS[segments[0]]
        return f"{asked} belongs to {owner}, which proxymock does not mock"
    return f"Amazon Chime SDK Voice has no {asked}" + (f"?{query}" if query else "")
