"""The resources of an account in columns, and the ways that calls take between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from proxymock.inspector.drawings.canvas import MOST_DRAWN, Canvas
from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.drawings.layers import Slot, layers, way_through
from proxymock.inspector.wording import isolated
from proxymock.sandbox.reads.resources import ResourceEdge, ResourceNode, Resources

HEAD = 28
BOX = 44
ROW = 56
PAST = 16  # the height of a way past a column
WIDTH = 146  # six columns fit into a screen of 1280 pixels
GAP = 72
LONGEST_NAME = 17
LONGEST_DETAIL = 19
LONGEST_TITLE = 24
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
Place = tuple[int, int]  # the left end and the middle of a slot


def resource_map(resources: Resources, which: str = "the newest") -> Drawing:
    """Draw resources, and the edges between those that are drawn.

    They may be some of all: *which* says so.
    """
    nodes = {node.id: node for node in resources.nodes[:MOST_DRAWN]}
    edges = [e for e in resources.edges if e.source in nodes and e.target in nodes]
    used = sorted({node.column for node in nodes.values()})
    columns = {id: used.index(node.column) for id, node in nodes.items()}
    slots = layers(columns, [(edge.source, edge.target) for edge in edges])
    places = _places(slots)
    canvas = Canvas("resources")
    for left, column in enumerate(used):
        title = TITLES[resources.columns[column]]
        canvas.text((_left(left), 16), title, "column", LONGEST_TITLE)
    for edge in edges:
        way = way_through((edge.source, edge.target), columns)
        _edge(
            canvas,
            edge,
            [places[columns[edge.source] + n, slot] for n, slot in enumerate(way)],
        )
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


def _left(column: int) -> int:
    return 1 + column * (WIDTH + GAP)


def _places(slots: list[list[Slot]]) -> dict[tuple[int, Slot], Place]:
    """Return where each slot of a column is."""
    places = {}
    for column, those in enumerate(slots):
        top = HEAD
        for slot in those:
            is_thing = len(slot) == 1
            places[column, slot] = _left(column), top + (BOX if is_thing else PAST) // 2
            top += ROW if is_thing else PAST
    return places


def _edge(canvas: Canvas, edge: ResourceEdge, places: Sequence[Place]) -> None:
    for (left, middle), (right, end) in pairwise(places):
        canvas.curve((left + WIDTH, middle), (right, end), "edge")
    for left, middle in places[1:-1]:
        canvas.line([(left, middle), (left + WIDTH, middle)], "edge")
    if edge.label:
        (_, middle), (right, end) = places[-2:]
        at = (right - GAP // 2, (middle + end) // 2 - 4)
        canvas.text(at, edge.label, "small label", LONGEST_LABEL, "middle")


def _box(canvas: Canvas, node: ResourceNode, place: Place) -> None:
    left, middle = place
    top = middle - BOX // 2
    canvas.box(left, top, WIDTH, BOX, f"thing {node.kind.lower()}")
    # Of an ARN what tells functions apart comes last.
    name = node.name or node.id.partition(":function:")[2] or node.id
    canvas.text((left + 8, top + 18), name, "name", LONGEST_NAME)
    detail = node.detail or node.region or ""
    canvas.text((left + 8, top + 35), detail, "small detail", LONGEST_DETAIL)


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
