"""The ladder of a call as a drawing."""

from __future__ import annotations

from kit.builders.views import NOON, RIDER, after, call_with, conversation_with
from kit.oracles.pictures import boxes, outline, pictures, plain
from proxymock.inspector.drawings import ladder
from proxymock.state.calls import Entry

NAMES = {"A": RIDER, "chime": "Chime SDK", "function": "masking"}


def test_ladder() -> None:
    """Names stand on top; a line is a message or a remark; what is wrong is marked."""
    drawing = ladder(
        call_with(
            NAMES,
            Entry(NOON, "A", "chime", "INVITE +12065550199"),
            Entry(NOON, "chime", "function", "1 NEW_INBOUND_CALL"),
            Entry(after(seconds=1), "function", None, "Text is required", wrong=True),
            Entry(after(seconds=1), "chime", None, "LEG-A is recorded"),
            Entry(after(seconds=2.5), "chime", "A", '"<speak>"', wrong=True),
        )
    )

    assert outline(drawing.svg) == [
        "svg ladder names 0 0 442 32",
        "rect party 61,1 100x24",
        "text party 111,17 middle: +12065550101",
        "polyline rail 111,25 111,30",
        "rect party 224,1 78x24",
        "text party 263,17 middle: Chime SDK",
        "polyline rail 263,25 263,30",
        "rect party 376,1 64x24",
        "text party 408,17 middle: masking",
        "polyline rail 408,25 408,30",
        "svg ladder 0 0 442 168",
        "polyline rail 111,0 111,166",
        "polyline rail 263,0 263,166",
        "polyline rail 408,0 408,166",
        "text small time 47,18 end: 0.000 s",
        "text small 187,18 middle: INVITE +12065550199",
        "polyline small message 111,24 263,24",
        "polygon head small message 263,24 256,20 256,28",
        "text small time 47,48 end: 0.000 s",
        "text small 335,48 middle: 1 NEW_INBOUND_CALL",
        "polyline small message 263,54 408,54",
        "polygon head small message 408,54 401,50 401,58",
        "text small time 47,78 end: 1.000 s",
        "text small wrong 123,78 start: ✗",
        "text small wrong remark 137,78 start: Text is required",
        "text small time 47,108 end: 1.000 s",
        "text small 123,108 start: •",
        "text small remark 137,108 start: LEG-A is recorded",
        "text small time 47,138 end: 2.500 s",
        'text small wrong 187,138 middle: ✗ "<speak>"',
        "polyline small wrong message 263,144 111,144",
        "polygon head small wrong message 111,144 118,140 118,148",
    ]
    assert [*map(plain, drawing.sentences)] == [
        "0.000 s: +12065550101 to Chime SDK: INVITE +12065550199",
        "0.000 s: Chime SDK to masking: 1 NEW_INBOUND_CALL",
        "1.000 s: Wrong: Text is required",
        "1.000 s: LEG-A is recorded",
        '2.500 s: Chime SDK to +12065550101: Wrong: "<speak>"',
    ]
    assert (drawing.title, drawing.note) == ("Ladder of the call", "")


def test_long_texts() -> None:
    """A message has at most two lines, a remark six, and the sentence says it all."""
    words = "word " * 99 + "end"
    drawing = ladder(
        call_with(
            NAMES,
            Entry(NOON, "A", "chime", "a" * 100),
            Entry(NOON, "chime", None, words),
            Entry(NOON, "chime", "A", ""),
        )
    )

    lines = [
        line.partition(": ")[2] for line in outline(drawing.svg) if " small" in line
    ]
    assert lines == [
        "0.000 s",
        "a" * 32,
        "a" * 31 + "…",
        "",
        "",
        "0.000 s",
        "•",
        "word word word word word word word word word",
        "word word word word word word word word word",
        "word word word word word word word word word",
        "word word word word word word word word word",
        "word word word word word word word word word",
        "word word word word word word word word word wo…",
        "0.000 s",
        "",
        "",
        "",
    ]
    assert plain(drawing.sentences[0]) == (
        f"0.000 s: {RIDER} to Chime SDK: {'a' * 100}"
    )


def test_message_past_a_column() -> None:
    """A message between columns that are no neighbours has the room that it needs."""
    names = {**NAMES, "function": "f", "B": "b"}
    text = "INVITE +12065550122 from +1206555"
    drawing = ladder(call_with(names, Entry(NOON, "B", "chime", text)))

    head, _ = pictures(drawing.svg)
    middles = [(box.left + box.right) / 2 for box in boxes(head)]
    assert middles == [
        111.0,
        208.0,
        265.0,
        393.0,
    ]


def test_too_many() -> None:
    """The last sixty lines are drawn, with their parties, and the note says so."""
    entries = [Entry(after(seconds=n), "A", "chime", f"{n}") for n in range(100)]
    names = {"A": RIDER, "chime": "Chime SDK"}

    drawing = ladder(call_with(NAMES, *entries))

    last = ladder(call_with(names, *entries[40:]))
    assert (drawing.svg, drawing.sentences) == (last.svg, last.sentences)
    assert drawing.note == "60 of 100 shown, the newest"


def test_conversation() -> None:
    """A conversation has a ladder of its own, whose time is that of its first call."""
    columns = {"party +1": "+1", "chime 1": "Chime SDK 1", "chime 2": "Chime SDK 2"}

    drawing = ladder(
        conversation_with(
            columns,
            Entry(NOON, "party +1", "chime 1", "INVITE +2"),
            Entry(after(seconds=1), "chime 1", "chime 2", "INVITE +3 from +2"),
            Entry(after(seconds=1), "chime 2", None, "Call 2: +3 cannot be reached"),
        )
    )

    assert [*map(plain, drawing.sentences)] == [
        "0.000 s: +1 to Chime SDK 1: INVITE +2",
        "1.000 s: Chime SDK 1 to Chime SDK 2: INVITE +3 from +2",
        "1.000 s: Call 2: +3 cannot be reached",
    ]
    assert [box.of for box in boxes(next(pictures(drawing.svg)))] == ["party"] * 3
    assert (drawing.title, drawing.note) == ("Ladder of the conversation", "")
