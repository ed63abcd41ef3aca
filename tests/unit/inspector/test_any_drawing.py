"""What is true of every drawing, whatever is drawn."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from kit.builders.views import (
    NOON,
    call_with,
    conversation_with,
    life_event,
    resource_node,
    session_view,
    session_with,
)
from kit.oracles.pictures import boxes, frame, overlaps, pictures, texts
from proxymock.inspector.drawings import (
    Drawing,
    ladder,
    lanes,
    life_line,
    resource_map,
)
from proxymock.sandbox.reads.resources import COLUMNS, ResourceEdge, Resources
from proxymock.state.calls import Entry

# Of one column each, so that the oracle knows how wide they are; or anything at all.
LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60)
ANYTHING = st.text(max_size=20) | st.just("\u202e\x00" * 200)
NUMBERS = st.integers(10, 10**15 - 1).map("+{}".format)
TIMES = st.integers(0, 10**6).map(lambda seconds: NOON + timedelta(seconds=seconds))


def _sessions(words: st.SearchStrategy[str]) -> st.SearchStrategy[Drawing]:
    session = st.builds(
        session_view,
        name=words | st.none(),
        proxy_phone_number=st.sampled_from(["+12065550199", "+12065550198"]),
        participants=st.tuples(NUMBERS, NUMBERS),
        status=st.sampled_from(["Open", "InProgress", "Closed"]),
        ended_at=TIMES | st.none(),
    )
    return st.lists(session, max_size=8).map(lanes)


def _lives(words: st.SearchStrategy[str]) -> st.SearchStrategy[Drawing]:
    events = st.lists(
        st.builds(life_event, TIMES, st.sampled_from(["Call", "Text"]), words),
        max_size=8,
    )
    created = life_event(NOON, "Created", "The session is created")
    return st.builds(
        lambda those, now: life_line(session_with(created, *those), now), events, TIMES
    )


def _calls(words: st.SearchStrategy[str]) -> st.SearchStrategy[Drawing]:
    names = st.fixed_dictionaries(
        {"A": words, "chime": words, "function": words, "B": words}
    )
    ends = st.permutations(["A", "chime", "function", "B"])
    entry = st.builds(
        lambda at, ends, text, is_wrong, is_remark: Entry(
            at, ends[0], None if is_remark else ends[1], text, wrong=is_wrong
        ),
        TIMES,
        ends,
        words,
        st.booleans(),
        st.booleans(),
    )
    entries = st.lists(entry, max_size=8)
    make = st.sampled_from([call_with, conversation_with])
    return st.builds(
        lambda make, n, those: ladder(make(n, *those)), make, names, entries
    )


@st.composite
def _resources(draw: st.DrawFn, words: st.SearchStrategy[str]) -> Drawing:
    ids = draw(st.lists(words, unique=True, max_size=10))
    nodes = [
        resource_node(
            draw(st.sampled_from(COLUMNS)),
            id,
            name=draw(words | st.none()),
            detail=draw(words | st.none()),
        )
        for id in ids
    ]
    pairs = [(a, b) for a in nodes for b in nodes if a.column < b.column]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=10)) if pairs else []
    edges = [
        ResourceEdge(source=a.id, target=b.id, label=draw(words | st.none()))
        for a, b in chosen
    ]
    return resource_map(
        Resources(
            columns=COLUMNS,
            nodes=tuple(nodes),
            edges=tuple(edges),
            total=sum(node.kind not in ("Function", "Host") for node in nodes),
            next_token=None,
        )
    )


def drawings(words: st.SearchStrategy[str]) -> st.SearchStrategy[Drawing]:
    """Draw anything, with texts from a strategy."""
    return _sessions(words) | _lives(words) | _calls(words) | _resources(words)


@pytest.mark.sampled(10)
@given(drawings(LATIN))
def test_everything_has_a_place_of_its_own(drawing: Drawing) -> None:
    """No box lies on another, and nothing leaves its picture."""
    for picture in pictures(drawing.svg):
        assert overlaps(boxes(picture)) == []
        assert [
            part
            for part in (*boxes(picture), *texts(picture))
            if not frame(picture).holds(part)
        ] == []


@pytest.mark.sampled(10)
@given(drawings(LATIN))
def test_texts_can_be_read(drawing: Drawing) -> None:
    """No text lies on another, but labels of ways, which may cross each other."""
    for picture in pictures(drawing.svg):
        if picture.get("class") != "resources":
            assert overlaps(texts(picture)) == []


@pytest.mark.sampled(10)
@given(drawings(ANYTHING))
def test_any_text_is_safe(drawing: Drawing) -> None:
    """Whatever users write, a drawing is XML of the elements that it is made of."""
    shapes = {"rect", "polyline", "path", "polygon", "circle", "text", "tspan", "title"}

    elements = [each for picture in pictures(drawing.svg) for each in picture.iter()]

    names = {each.tag.partition("}")[2] for each in elements}
    attributes = {name for each in elements for name in each.attrib}
    assert names <= {"svg", *shapes}
    assert attributes & {"id", "style", "href", "onload", "onclick"} == set()


class _Words(HTMLParser):
    """Reads which elements there are, and what stands in the list."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.items = 0
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Count items, and note what else there is."""
        self.items += tag == "li"
        self.names.add(tag)


@pytest.mark.sampled(10)
@given(drawings(ANYTHING))
def test_figure(drawing: Drawing) -> None:
    """On the page a drawing has an item for each sentence, hidden from nobody."""
    found = _Words(drawing.__html__())

    assert found.items == len(drawing.sentences)
    assert "script" not in found.names
    assert "img" not in found.names


@pytest.mark.parametrize("days", [0, 400])
def test_time_changes_nothing(days: int) -> None:
    """The same data make the same drawing, letter by letter, at any time."""
    session = session_view()
    drawn = [str(lanes([session]).svg)]

    with time_machine.travel(NOON + timedelta(days=days)):
        drawn.append(str(lanes([session]).svg))

    assert drawn[0] == drawn[1]
