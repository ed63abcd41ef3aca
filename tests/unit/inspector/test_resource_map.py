"""The resources in columns."""

from __future__ import annotations

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
    return Resources(
        columns=COLUMNS, nodes=nodes, edges=edges, total=len(nodes), next_token=None
    )


def test_resource_map() -> None:
    """Columns are kinds; a way past a column has a place of its own there."""
    drawing = resource_map(resources(*NODES, edges=EDGES))

    assert outline(drawing.svg) == [
        "svg resources 0 0 1207 130",
        "text column 1,16 start: Phone numbers",
        "text column 257,16 start: Voice connectors",
        "text column 513,16 start: SIP media applications",
        "text column 769,16 start: Functions",
        "text column 1025,16 start: Hosts",
        "path edge M181,106 C219,106 219,66 257,66",
        "path edge M181,50 C219,50 219,36 257,36",
        "path edge M437,36 C475,36 475,50 513,50",
        "polyline edge 257,36 437,36",
        "path edge M693,50 C731,50 731,50 769,50",
        "path edge M437,66 C475,66 475,92 513,92",
        "path edge M693,92 C731,92 731,92 769,92",
        "path edge M949,92 C987,92 987,50 1025,50",
        "polyline edge 513,92 693,92",
        "polyline edge 769,92 949,92",
        "text small label 987,67 middle: Priority 1",
        "rect thing phonenumber 1,28 180x44",
        "text name 9,46 start: +12065550100",
        "text small detail 9,63 start: Local",
        "rect thing phonenumber 1,84 180x44",
        "text name 9,102 start: +12065550101",
        "text small detail 9,119 start: us-east-1",
        "rect thing voiceconnector 257,44 180x44",
        "text name 265,62 start: Rides",
        "text small detail 265,79 start: us-east-1",
        "rect thing sipmediaapplication 513,28 180x44",
        "text name 521,46 start: Masking",
        "text small detail 521,63 start: us-east-1",
        "rect thing function 769,28 180x44",
        "text name 777,46 start: arn:aws:lambda:us-eas…",
        "text small detail 777,63 start: us-east-1",
        "rect thing host 1025,28 180x44",
        "text name 1033,46 start: pbx.example.com",
        "text small detail 1033,63 start: ",
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
    assert drawing.note == "60 of 61 resources are drawn, 60 at most."
