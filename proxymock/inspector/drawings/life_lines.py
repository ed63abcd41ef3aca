"""The life line of a session: what happened in it, from its creation to its end.

Beside the events, which are as far from each other as their words need, stands a line
to scale, on which each is where it was in time. It is solid up to now while the session
is live, and dashed from there to where it expires.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from markupsafe import Markup

from proxymock.inspector.drawings.canvas import MOST_DRAWN, Canvas
from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.wording import isolated, moment
from proxymock.sandbox.reads.sessions import LifeEvent, SessionDetails

TOP = 14
ROW = 38
SCALE = 8  # where the line to scale stands
WORDS = 44
LONGEST_TEXT = 40


def life_line(session: SessionDetails, now: datetime) -> Drawing:
    """Draw the life of a session: its beginning, and its newest events if many.

    *now* is what the account's clock shows. The drawing changes with it only when the
    line has grown by a pixel.
    """
    life = session.life
    drawn = life if len(life) <= MOST_DRAWN else (life[0], *life[1 - MOST_DRAWN :])
    canvas = Canvas("life")
    bottom = TOP + ROW * (len(drawn) - 1)
    place = _scale([event.at for event in drawn], bottom)
    happened = [event.at for event in drawn if event.event != "Expires"]
    is_live = len(happened) < len(drawn)
    past = min(place(max(now, *happened)), bottom) if is_live else bottom
    canvas.line([(SCALE, TOP), (SCALE, past)], "past")
    if past < bottom:
        canvas.line([(SCALE, past), (SCALE, bottom)], "ahead")
    for row, event in enumerate(drawn):
        _event(canvas, event, place(event.at), TOP + ROW * row)
    unread = session.log.total - len(session.log.interactions)
    return Drawing(
        title="Life of the session",
        svg=canvas.svg(),
        sentences=tuple(map(_sentence, drawn)),
        note=note_on(len(drawn), len(life) + unread, "the first and the newest"),
    )


def _scale(times: Sequence[datetime], bottom: int) -> Callable[[datetime], int]:
    """Return what tells where an instant is on the line to scale."""
    # The first event need not be the earliest: clocks can be taken back.
    begin, end = min(times), max(times)
    seconds = (end - begin).total_seconds() or 1.0

    def place(at: datetime) -> int:
        return TOP + round((at - begin).total_seconds() / seconds * (bottom - TOP))

    return place


def _event(canvas: Canvas, event: LifeEvent, place: int, row: int) -> None:
    style = event.event.lower()
    canvas.line([(SCALE, place), (SCALE + 20, row), (WORDS - 8, row)], "leader")
    canvas.dot((SCALE, place), f"event {style}")
    canvas.time((WORDS, row), event.at)
    canvas.text((WORDS, row + 16), event.text, style, LONGEST_TEXT)


def _sentence(event: LifeEvent) -> Markup:
    return Markup("{}: {}.").format(moment(event.at), isolated(event.text))
