"""Lanes of masking: who reaches whom, and behind which number.

A number stands above its lanes, in a picture of its own: pictures stand side by side
where there is room. A lane is a session: a person on either side, between them what its
status is, and until when, or when it ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from proxymock.inspector.drawings.canvas import (
    MOST_DRAWN,
    SMALL_COLUMN,
    Canvas,
    width_of,
)
from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.wording import isolated, moment
from proxymock.sandbox.reads.sessions import SessionView

BOX = 26
GAP = 118  # as wide as "until 12-31 23:59"
LANE = 46
MOST_LANES = 10  # in a picture
NAME = 18
PADDING = 10


def lanes(
    sessions: Sequence[SessionView],
    total: int | None = None,
    which: str = "the newest",
) -> Drawing:
    """Draw sessions, of which there may be more.

    *total* is how many there are, *which* those that are given.
    """
    drawn = sessions[:MOST_DRAWN]
    by_number: dict[str, list[SessionView]] = defaultdict(list)
    for session in drawn:
        by_number[session.proxy_phone_number].append(session)
    widest = max((width_of(n) for s in drawn for n in _numbers(s)), default=0)
    pictures = [
        _picture(number, those[first : first + MOST_LANES], widest + PADDING)
        for number, those in by_number.items()
        for first in range(0, len(those), MOST_LANES)
    ]
    return Drawing(
        title="Lanes of masking",
        svg=Markup().join(pictures),
        sentences=tuple(_sentence(s) for those in by_number.values() for s in those),
        note=note_on(len(drawn), len(sessions) if total is None else total, which),
    )


def _numbers(session: SessionView) -> tuple[str, ...]:
    return (session.proxy_phone_number, *session.participants)


def _picture(number: str, sessions: list[SessionView], box: int) -> Markup:
    """Draw a number, and below it the lanes that go through it."""
    canvas = Canvas("lanes")
    middle = 1 + box + GAP // 2
    places, below = [], 1 + BOX + 12
    for session in sessions:
        below += NAME if session.name else 0
        places.append(below)
        below += LANE
    canvas.line([(middle, 1 + BOX), (middle, places[-1] + BOX // 2)], "trunk")
    _boxed(canvas, middle - box // 2, 1, box, number, "number")
    for session, place in zip(sessions, places, strict=True):
        _lane(canvas, session, place, box)
    return canvas.svg()


def _lane(canvas: Canvas, session: SessionView, top: int, box: int) -> None:
    left, right, middle = 1, 1 + box + GAP, 1 + box + GAP // 2
    line = top + BOX // 2
    style = session.status.lower()
    if session.name:
        columns = (2 * box + GAP) * 10 // SMALL_COLUMN
        canvas.text((left, top - 10), session.name, "small name", columns)
    canvas.line([(left + box, line), (right, line)], f"lane {style}")
    canvas.dot((middle, line), f"knot {style}")
    canvas.text((middle, line - 9), session.status, f"small {style}", 16, "middle")
    if session.ended_at is None:
        canvas.until((middle, line + 19), session.expires_at, "middle")
    else:
        canvas.time((middle, line + 19), session.ended_at, "middle")
    for place, number in zip((left, right), session.participants, strict=True):
        _boxed(canvas, place, top, box, number, f"person {style}")


def _boxed(
    canvas: Canvas, left: int, top: int, width: int, number: str, style: str
) -> None:
    canvas.box(left, top, width, BOX, style)
    canvas.text((left + width // 2, top + 18), number, style, 16, "middle")


def _sentence(session: SessionView) -> Markup:
    ended = session.ended_at
    name = Markup("{}: ").format(isolated(session.name)) if session.name else ""
    return Markup("{}{} and {} {} each other at {} until {}. {}.").format(
        name,
        *session.participants,
        "reach" if ended is None else "reached",
        session.proxy_phone_number,
        moment(session.expires_at if ended is None else ended),
        session.status,
    )
