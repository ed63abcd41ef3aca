"""The resources of an account as a picture in columns: nodes and edges."""

from __future__ import annotations

from dataclasses import dataclass

# The column of each kind; every edge leads from one to a later one.
COLUMNS = (
    "PhoneNumber",
    "VoiceConnectorGroup",
    "VoiceConnector",
    "SipRule",
    "SipMediaApplication",
    "Function",
    "Host",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceNode:
    """A resource: *kind* is one of the columns, *detail* what to know of it.

    The id of a number is its E.164 form, of a function its ARN, of a host its name.
    *region* is None for a host.
    """

    id: str
    kind: str
    column: int
    name: str | None
    region: str | None
    detail: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResourceEdge:
    """A way that calls take, from the id of one node to that of another."""

    source: str
    target: str
    label: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Resources:
    """A page of resources, the newest first, and the edges between them.

    Functions and hosts come with what leads to them; *total* counts the others.
    """

    columns: tuple[str, ...]
    nodes: tuple[ResourceNode, ...]
    edges: tuple[ResourceEdge, ...]
    total: int
    next_token: str | None
