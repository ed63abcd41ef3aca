"""The resources of an account as a picture in columns: nodes and edges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.reads.pages import MaxResults, View, page
from proxymock.sandbox.simulation import Simulation
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.sip import SipMediaApplication, SipRule
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnector, VoiceConnectorGroup

Resource = (
    PhoneNumber | VoiceConnectorGroup | VoiceConnector | SipRule | SipMediaApplication
)
Place = tuple[Store, Resource]
_Kind = Literal[
    "PhoneNumber",
    "VoiceConnectorGroup",
    "VoiceConnector",
    "SipRule",
    "SipMediaApplication",
]

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
    *region* is where the API has it, None for a host.
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
    """A page of resources, the newest first, and the ways of calls between them.

    Functions and hosts come with what leads to them; *total* counts the others. An edge
    may lead from or to a resource of another page.
    """

    columns: tuple[str, ...]
    nodes: tuple[ResourceNode, ...]
    edges: tuple[ResourceEdge, ...]
    total: int
    next_token: str | None


@COMMANDS.command("GET", "resources")
def resources(
    simulation: Simulation,
    *,
    kind: _Kind | None = None,
    region: str | None = None,
    filter: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Resources:
    """Return a page of the resources that calls go through, of all regions.

    Args:
        simulation: the account.
        kind: one of the columns but the last two.
        region: their region.
        filter: a part of an id or a name, in any case.
        max_results: the size of the page.
        next_token: where the page begins.

    Raises SandboxError.
    """
    stores = [
        store
        for store in simulation.account.stores.values()
        if region in (None, store.region)
    ]
    views = [
        _InRegion(store, getattr(store, table))
        for store in stores
        for name, table in _TABLES.items()
        if kind in (None, name)
    ]
    part = (filter or "").casefold()

    def fits(place: Place) -> bool:
        node = _node(*place)
        return part in node.id.casefold() or part in (node.name or "").casefold()

    test = fits if part else None
    ranked, total, token = page(views, max_results, next_token, test)
    nodes, edges = _drawn(simulation, [place for _, place in ranked])
    return Resources(
        columns=COLUMNS, nodes=nodes, edges=edges, total=total, next_token=token
    )


def _drawn(
    simulation: Simulation, places: Iterable[Place]
) -> tuple[tuple[ResourceNode, ...], tuple[ResourceEdge, ...]]:
    """Return the nodes of resources, with the ends that they lead to, and the edges."""
    nodes, ends, edges = [], {}, []
    for store, thing in places:
        node = _node(store, thing)
        nodes.append(node)
        edges += [_edge(node.id, *each) for each in _targets(store, thing)]
        # Once, although many may lead to it: a function or a host is nobody's alone.
        for end, priority in _ends(simulation, thing):
            ends[end.id] = end
            edges.append(_edge(node.id, end.id, priority))
    return (*nodes, *ends.values()), tuple(edges)


# The table of each kind that has an order of its own.
_TABLES: Mapping[str, str] = {
    "PhoneNumber": "phone_numbers",
    "VoiceConnectorGroup": "voice_connector_groups",
    "VoiceConnector": "voice_connectors",
    "SipRule": "sip_rules",
    "SipMediaApplication": "sip_media_applications",
}


class _InRegion:
    """A table of a region as a view, whose things know their region."""

    def __init__(self, store: Store, table: View[Resource]) -> None:
        self._store = store
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def before(self, position: int | None) -> Iterator[tuple[int, Place]]:
        """Yield the things before *position*, or all, the newest first."""
        found = self._table.before(position)
        return ((rank, (self._store, thing)) for rank, thing in found)


def _node(store: Store, thing: Resource) -> ResourceNode:
    id: str
    detail: str | None
    match thing:
        case PhoneNumber(e164_phone_number=id, status=detail):
            pass
        case VoiceConnectorGroup(
            voice_connector_group_id=id, call_distribution_type=detail
        ):
            pass
        case VoiceConnector(voice_connector_id=id, outbound_host_name=detail):
            pass
        case SipRule(sip_rule_id=id):
            detail = "disabled" if thing.disabled else thing.trigger_value
        case _:
            id, detail = thing.sip_media_application_id, None
    return _made(id, type(thing).__name__, thing.name, store.region, detail)


def _made(
    id: str, kind: str, name: str | None, region: str | None, detail: str | None
) -> ResourceNode:
    column = COLUMNS.index(kind)
    return ResourceNode(
        id=id, kind=kind, column=column, name=name, region=region, detail=detail
    )


def _targets(store: Store, thing: Resource) -> Iterator[tuple[str, int | None]]:
    """Yield the resources where calls go on from one, with their priorities."""
    match thing:
        case PhoneNumber(associations=associations):
            for made in associations:
                yield made["Value"], None
        case VoiceConnectorGroup(voice_connector_items=items):
            for item in items:
                yield item["VoiceConnectorId"], item.get("Priority")
        case VoiceConnector(outbound_host_name=host):
            for rule in store.sip_rules.where(("TriggerValue", host)):
                yield rule.sip_rule_id, None
        case SipRule(target_applications=items):
            for item in items:
                yield item["SipMediaApplicationId"], item.get("Priority")


def _ends(
    simulation: Simulation, thing: Resource
) -> Iterator[tuple[ResourceNode, int | None]]:
    """Yield the functions and hosts where calls leave the service, likewise."""
    if isinstance(thing, SipMediaApplication):
        # The API takes exactly one endpoint.
        arn = thing.endpoints[0]["LambdaArn"]
        detail = "bound" if simulation.functions.has(arn) else "not bound"
        yield _made(arn, "Function", None, arn.split(":")[3], detail), None
    elif isinstance(thing, VoiceConnector):
        for route in thing.settings.get("Origination", {}).get("Routes", ()):
            yield _made(route["Host"], "Host", None, None, None), route.get("Priority")


def _edge(source: str, target: str, priority: int | None) -> ResourceEdge:
    label = None if priority is None else f"priority {priority}"
    return ResourceEdge(source=source, target=target, label=label)
