"""The life line of a session."""

from __future__ import annotations

from datetime import datetime

import pytest

from kit.builders.views import NOON, after, life_event, session_with
from kit.oracles.pictures import outline, plain
from proxymock.inspector.drawings import life_line
from proxymock.sandbox.reads.sessions import SessionDetails

CREATED = life_event(NOON, "Created", "The session is created")
EXPIRES = life_event(after(hours=1), "Expires", "The session expires")


def test_life_line() -> None:
    """Events stand in a row, and on a line to scale; it is dashed from now on."""
    call = life_event(after(minutes=15), "Call", "Call from +12065550101: Connected")

    drawing = life_line(session_with(CREATED, call, EXPIRES), after(minutes=45))

    assert outline(drawing.svg) == [
        "svg life 0 0 287 112",
        "polyline past 8,14 8,71",
        "polyline ahead 8,71 8,90",
        "polyline leader 8,14 28,14 36,14",
        "circle event created 8 14 4",
        "text small time 44,14 start: 01-02 12:00:00",
        "text created 44,30 start: The session is created",
        "polyline leader 8,33 28,52 36,52",
        "circle event call 8 33 4",
        "text small time 44,52 start: 01-02 12:15:00",
        "text call 44,68 start: Call from +12065550101: Connected",
        "polyline leader 8,90 28,90 36,90",
        "circle event expires 8 90 4",
        "text small time 44,90 start: 01-02 13:00:00",
        "text expires 44,106 start: The session expires",
    ]
    assert [*map(plain, drawing.sentences)] == [
        "2026-01-02 12:00:00 UTC: The session is created.",
        "2026-01-02 12:15:00 UTC: Call from +12065550101: Connected.",
        "2026-01-02 13:00:00 UTC: The session expires.",
    ]
    assert (drawing.title, drawing.note) == ("Life of the session", "")


def line(session: SessionDetails, now: datetime) -> list[str]:
    """Return what the line to scale consists of."""
    lines = outline(life_line(session, now).svg)
    return [each for each in lines if each.startswith(("polyline p", "polyline a"))]


def test_ended() -> None:
    """The line of a session that has ended is solid to its end, however late it is."""
    ended = life_event(after(hours=1), "Expired", "The session has expired")

    found = line(session_with(CREATED, ended), after(days=1))

    assert found == ["polyline past 8,14 8,52"]


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        (after(hours=-1), ["polyline past 8,14 8,14", "polyline ahead 8,14 8,52"]),
        (NOON, ["polyline past 8,14 8,14", "polyline ahead 8,14 8,52"]),
        (after(minutes=30), ["polyline past 8,14 8,33", "polyline ahead 8,33 8,52"]),
        (after(minutes=30.5), ["polyline past 8,14 8,33", "polyline ahead 8,33 8,52"]),
        (after(hours=1), ["polyline past 8,14 8,52"]),
    ],
)
def test_now(now: datetime, lines: list[str]) -> None:
    """The line of a live session is solid up to now, a pixel at a time."""
    assert line(session_with(CREATED, EXPIRES), now) == lines


def test_clock_taken_back() -> None:
    """An event may be earlier than the one before it, and all may be at once."""
    back = life_event(after(hours=-1), "Text", "Text from +12065550101: Connected")

    lines = outline(life_line(session_with(CREATED, back, EXPIRES), NOON).svg)
    at_once = outline(life_line(session_with(CREATED, CREATED), NOON).svg)

    assert [line for line in lines if line.startswith("circle")] == [
        "circle event created 8 52 4",
        "circle event text 8 14 4",
        "circle event expires 8 90 4",
    ]
    assert [line for line in at_once if line.startswith("circle")] == [
        "circle event created 8 14 4",
        "circle event created 8 14 4",
    ]


def test_too_many() -> None:
    """The beginning and the newest events are drawn; the note counts all."""
    texts = [life_event(after(seconds=n), "Text", f"Text {n}") for n in range(100)]

    drawing = life_line(session_with(CREATED, *texts, EXPIRES, unread=400), NOON)

    assert [plain(each)[25:] for each in drawing.sentences] == [
        "The session is created.",
        *(f"Text {n}." for n in range(42, 100)),
        "The session expires.",
    ]
    assert drawing.note == "60 of 502 shown, the first and the newest"
