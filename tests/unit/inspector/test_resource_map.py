"""The resources in columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kit.builders.views import resource_node
from kit.oracles.pictures import boxes, outline, pictures, plain
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
        "svg resources 0 0 1241 130",
        "text column 1,16 start: Phone numbers",
        "text column 263,16 start: Voice connectors",
        "text column 525,16 start: SIP media applications",
        "text column 787,16 start: Functions",
        "text column 1049,16 start: Hosts",
        "path edge M191,106 C227,106 227,66 263,66",
        "path edge M191,50 C227,50 227,36 263,36",
        "path edge M453,36 C489,36 489,50 525,50",
        "polyline edge 263,36 453,36",
        "path edge M715,50 C751,50 751,50 787,50",
        "path edge M453,66 C489,66 489,92 525,92",
        "path edge M715,92 C751,92 751,92 787,92",
        "path edge M977,92 C1013,92 1013,50 1049,50",
        "polyline edge 525,92 715,92",
        "polyline edge 787,92 977,92",
        "text small label 1013,67 middle: Priority 1",
        "rect thing phonenumber 1,28 190x44",
        "text name 9,46 start: +12065550100",
        "text small detail 9,63 start: Local",
        "rect thing phonenumber 1,84 190x44",
        "text name 9,102 start: +12065550101",
        "text small detail 9,119 start: us-east-1",
        "rect thing voiceconnector 263,44 190x44",
        "text name 271,62 start: Rides",
        "text small detail 271,79 start: us-east-1",
        "rect thing sipmediaapplication 525,28 190x44",
        "text name 533,46 start: Masking",
        "text small detail 533,63 start: us-east-1",
        "rect thing function 787,28 190x44",
        "text name 795,46 start: masking",
        "text small detail 795,63 start: us-east-1",
        "rect thing host 1049,28 190x44",
        "text name 1057,46 start: pbx.example.com",
        "text small detail 1057,63 start: ",
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


@pytest.mark.parametrize(("number", "width"), [(1, 220), (5, 190), (6, 146), (7, 146)])
def test_width(number: int, width: int) -> None:
    """Boxes are as wide as a screen has room for, within limits."""
    drawing = resource_map(resources(*(resource_node(k, k) for k in COLUMNS[:number])))

    [picture] = pictures(drawing.svg)
    assert {box.right - box.left for box in boxes(picture)} == {width}


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
