"""The resources of an account in columns, and the ways that calls take between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from proxymock.inspector.drawings.canvas import (
    COLUMN,
    MOST_DRAWN,
    SMALL_COLUMN,
    Canvas,
)
from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.drawings.layers import Slot, layers, way_through
from proxymock.inspector.wording import isolated
from proxymock.sandbox.reads.resources import ResourceEdge, ResourceNode, Resources

HEAD = 28
BOX = 44
ROW = 56
PAST = 16  # the height of a way past a column
SCREEN = 1238  # as wide as six columns; fewer have wider boxes, to a limit
NARROWEST, WIDEST = 146, 220
GAP = 72
LONGEST_HEADING = 24
LONGEST_LABEL = 11
TITLES = {
    "PhoneNumber": "Phone numbers",
    "VoiceConnectorGroup": "Connector groups",
    "VoiceConnector": "Voice connectors",
    "SipRule": "SIP rules",
    "SipMediaApplication": "SIP media applications",
    "Function": "Functions",
    "Host": "Hosts",
}
Place = tuple[int, int, int]  # the left end, the middle and the right end of a slot


def resource_map(resources: Resources, which: str = "the newest") -> Drawing:
    """Draw resources, and the edges between those that are drawn.

    They may be some of all: *which* says so.
    """
    nodes = {node.id: node for node in resources.nodes[:MOST_DRAWN]}
    edges = [e for e in resources.edges if e.source in nodes and e.target in nodes]
    used = sorted({node.column for node in nodes.values()})
    columns = {id: used.index(node.column) for id, node in nodes.items()}
    slots = layers(columns, [(edge.source, edge.target) for edge in edges])
    lefts, width = _columns(len(used))
    places = _places(slots, lefts, width)
    canvas = Canvas("resources")
    for left, column in zip(lefts, used, strict=True):
        title = TITLES[resources.columns[column]]
        canvas.text((left, 16), title, "column", LONGEST_HEADING)
    for edge in edges:
        way = way_through((edge.source, edge.target), columns)
        through = [places[each] for each in enumerate(way, columns[edge.source])]
        _edge(canvas, edge, through)
    for id, node in nodes.items():
        _box(canvas, node, places[columns[id], (id,)])
    return Drawing(
        title="Resources and the ways that calls take",
        svg=canvas.svg(),
        sentences=tuple(_sentences(nodes, edges)),
        note=note_on(len(nodes), _total(resources), which),
    )


def _total(resources: Resources) -> int:
    """Return how many resources there are, and functions and hosts on this page."""
    ends = resources.columns[-2:]
    return resources.total + sum(node.kind in ends for node in resources.nodes)


def _columns(number: int) -> tuple[list[int], int]:
    """Return where so many columns begin, and how wide each is."""
    room = (SCREEN + GAP) // (number or 1) - GAP
    width = min(max(room, NARROWEST), WIDEST)
    return [1 + column * (width + GAP) for column in range(number)], width


def _places(
    slots: list[list[Slot]], lefts: list[int], width: int
) -> dict[tuple[int, Slot], Place]:
    """Return where each slot of a column is."""
    places = {}
    for column, (left, those) in enumerate(zip(lefts, slots, strict=True)):
        top = HEAD
        for slot in those:
            is_thing = len(slot) == 1
            middle = top + (BOX if is_thing else PAST) // 2
            places[column, slot] = left, middle, left + width
            top += ROW if is_thing else PAST
    return places


def _edge(canvas: Canvas, edge: ResourceEdge, places: Sequence[Place]) -> None:
    for (_, middle, right), (left, end, _) in pairwise(places):
        canvas.curve((right, middle), (left, end), "edge")
    for left, middle, right in places[1:-1]:
        canvas.line([(left, middle), (right, middle)], "edge")
    if edge.label:
        (_, middle, _), (left, end, _) = places[-2:]
        at = (left - GAP // 2, (middle + end) // 2 - 4)
        canvas.text(at, edge.label, "small label", LONGEST_LABEL, "middle")


def _box(canvas: Canvas, node: ResourceNode, place: Place) -> None:
    left, middle, right = place
    top, width = middle - BOX // 2, right - left
    canvas.box(left, top, width, BOX, f"thing {node.kind.lower()}")
    # Of an ARN what tells functions apart comes last.
    name = node.name or node.id.partition(":function:")[2] or node.id
    room = 10 * (width - 16)
    canvas.text((left + 8, top + 18), name, "name", room // COLUMN)
    detail = node.detail or node.region or ""
    canvas.text((left + 8, top + 35), detail, "small detail", room // SMALL_COLUMN)


def _sentences(
    nodes: Mapping[str, ResourceNode], edges: Sequence[ResourceEdge]
) -> Iterable[Markup]:
    """Yield a sentence for each resource: what it is, and where it leads."""
    leads: dict[str, list[Markup]] = defaultdict(list)
    for edge in edges:
        label = Markup(" ({})").format(isolated(edge.label)) if edge.label else ""
        leads[edge.source].append(_named(nodes[edge.target]) + label)
    for node in nodes.values():
        known = [isolated(each) for each in (node.region, node.detail) if each]
        sentence = Markup(", ").join([_named(node), *known])
        if leads[node.id]:
            sentence += Markup("; leads to ") + Markup(", ").join(leads[node.id])
        yield sentence + "."


def _named(node: ResourceNode) -> Markup:
    name = Markup("{} ").format(isolated(node.name)) if node.name else ""
    id = isolated(node.id)
    kind = TITLES[node.kind].removesuffix("s")
    return Markup("{} {}{}").format(
        kind, name, Markup("({})").format(id) if name else id
    )
