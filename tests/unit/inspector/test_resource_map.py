"""The resources in columns."""

from __future__ import annotations

from dataclasses import replace

from kit.builders.views import resource_node
from kit.oracles.pictures import outline, plain
from proxymock.inspector.drawings import resource_map
from proxymock.sandbox.reads.resources import (
    COLUMNS,
    ResourceEdge,
    ResourceNode,
    Resources,
)

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:masking"
NODES = (
    resource_node("PhoneNumber", "+12065550100", detail="Local"),
    resource_node("PhoneNumber", "+12065550101"),
    resource_node("VoiceConnector", "vc", name="Rides"),
    resource_node("SipMediaApplication", "app", name="Masking"),
    resource_node("Function", FUNCTION),
    resource_node("Host", "pbx.example.com", region=None),
)
EDGES = (
    ResourceEdge(source="+12065550101", target="vc", label=None),
    ResourceEdge(source="+12065550100", target="app", label=None),
    ResourceEdge(source="app", target=FUNCTION, label=None),
    ResourceEdge(source="vc", target="pbx.example.com", label="Priority 1"),
)


def resources(*nodes: ResourceNode, edges: tuple[ResourceEdge, ...] = ()) -> Resources:
    """Return resources as they are read."""
    ends = ("Function", "Host")
    total = sum(node.kind not in ends for node in nodes)
    return Resources(
        columns=COLUMNS, nodes=nodes, edges=edges, total=total, next_token=None
    )


def test_resource_map() -> None:
    """Columns are kinds; a way past a column has a place of its own there."""
    drawing = resource_map(resources(*NODES, edges=EDGES))

    assert outline(drawing.svg) == [
        "svg resources 0 0 1021 130",
        "text column 1,16 start: Phone numbers",
        "text column 219,16 start: Voice connectors",
        "text column 437,16 start: SIP media applications",
        "text column 655,16 start: Functions",
        "text column 873,16 start: Hosts",
        "path edge M147,106 C183,106 183,66 219,66",
        "path edge M147,50 C183,50 183,36 219,36",
        "path edge M365,36 C401,36 401,50 437,50",
        "polyline edge 219,36 365,36",
        "path edge M583,50 C619,50 619,50 655,50",
        "path edge M365,66 C401,66 401,92 437,92",
        "path edge M583,92 C619,92 619,92 655,92",
        "path edge M801,92 C837,92 837,50 873,50",
        "polyline edge 437,92 583,92",
        "polyline edge 655,92 801,92",
        "text small label 837,67 middle: Priority 1",
        "rect thing phonenumber 1,28 146x44",
        "text name 9,46 start: +12065550100",
        "text small detail 9,63 start: Local",
        "rect thing phonenumber 1,84 146x44",
        "text name 9,102 start: +12065550101",
        "text small detail 9,119 start: us-east-1",
        "rect thing voiceconnector 219,44 146x44",
        "text name 227,62 start: Rides",
        "text small detail 227,79 start: us-east-1",
        "rect thing sipmediaapplication 437,28 146x44",
        "text name 445,46 start: Masking",
        "text small detail 445,63 start: us-east-1",
        "rect thing function 655,28 146x44",
        "text name 663,46 start: masking",
        "text small detail 663,63 start: us-east-1",
        "rect thing host 873,28 146x44",
        "text name 881,46 start: pbx.example.com",
        "text small detail 881,63 start: ",
    ]
    assert [*map(plain, drawing.sentences)] == [
        "Phone number +12065550100, us-east-1, Local; leads to "
        "SIP media application Masking (app).",
        "Phone number +12065550101, us-east-1; leads to Voice connector Rides (vc).",
        "Voice connector Rides (vc), us-east-1; leads to "
        "Host pbx.example.com (Priority 1).",
        "SIP media application Masking (app), us-east-1; leads to "
        f"Function {FUNCTION}.",
        f"Function {FUNCTION}, us-east-1.",
        "Host pbx.example.com.",
    ]
    assert drawing.title == "Resources and the ways that calls take"
    assert drawing.note == ""


def test_no_resources() -> None:
    """Nothing is drawn of nothing."""
    drawing = resource_map(resources())

    assert outline(drawing.svg) == ["svg resources 0 0 2 2"]
    assert (drawing.sentences, drawing.note) == ((), "")


def test_too_many() -> None:
    """Sixty are drawn, without ways to the others, and the note says so."""
    many = [resource_node("PhoneNumber", f"+1206555{n:04}") for n in range(60)]
    edge = ResourceEdge(source=many[0].id, target="vc", label=None)

    drawing = resource_map(resources(*many, NODES[2], edges=(edge,)))

    assert drawing.sentences == resource_map(resources(*many)).sentences
    assert drawing.note == "60 of 61 shown, the newest"


def test_page_of_many() -> None:
    """The note counts the resources of all pages, and the hosts of this one."""
    page = replace(resources(*NODES), total=122)

    assert resource_map(page).note == "6 of 124 shown, the newest"
    assert resource_map(page, "older ones").note == "6 of 124 shown, older ones"
