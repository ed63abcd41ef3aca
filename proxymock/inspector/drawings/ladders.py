"""The ladder of a call, or of a conversation: who sent what to whom, line by line.

Names stand on top, in a picture of their own, so that they can stay there while the
lines scroll. Time counts from the start of the first call.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from markupsafe import Markup

from proxymock.inspector.drawings.canvas import (
    MOST_DRAWN,
    SMALL_COLUMN,
    Canvas,
    Point,
    width_of,
)
from proxymock.inspector.drawings.drawing import Drawing, note_on
from proxymock.inspector.wording import columns_of, isolated, shortened, visible
from proxymock.sandbox.reads.conversations import Conversation
from proxymock.sandbox.views import CallDetails, Column
from proxymock.state.calls import Entry

TEXT = 14  # the height of a line of text
SPACE = 16  # what a row has besides
WRONG = "✗"
LONGEST_NAME = 24
WIDEST_MESSAGE = 32
LONGEST_TEXT = 500
Rails = dict[str, int]
Row = tuple[str, Entry, list[str]]  # its time, and its lines


def ladder(call: CallDetails | Conversation) -> Drawing:
    """Draw a ladder, its last lines if there are too many."""
    if isinstance(call, CallDetails):
        title, start = "Ladder of the call", call.at
    else:
        title = "Ladder of the conversation"
        start = min(each.at for each in call.calls)
    drawn = call.entries[-MOST_DRAWN:]
    columns = _columns(call, drawn)
    clocks = [_clock(start, entry) for entry in drawn]
    widest = max((width_of(clock, small=True) for clock in clocks), default=0)
    rails = _rails(columns, drawn, widest + 14)
    head = _head(columns, rails)
    room = head.width - min(rails.values()) - 26
    lines = [_lines_of(entry, room) for entry in drawn]
    body = _body([*zip(clocks, drawn, lines, strict=True)], rails, widest)
    # As wide as each other, or the names would not stand above their rails.
    head.width = body.width = max(head.width, body.width)
    return Drawing(
        title=title,
        svg=head.svg() + body.svg(),
        sentences=tuple(
            _sentence(columns, *line) for line in zip(clocks, drawn, strict=True)
        ),
        note=note_on(len(drawn), len(call.entries)),
    )


def _columns(
    call: CallDetails | Conversation, drawn: Sequence[Entry]
) -> Sequence[Column]:
    """Return the columns, those of drawn lines alone if some are not drawn."""
    if len(drawn) == len(call.entries):
        return call.columns
    used = {end for entry in drawn for end in (entry.sender, entry.receiver)}
    return [column for column in call.columns if column.party in used]


def _rails(columns: Sequence[Column], entries: Sequence[Entry], margin: int) -> Rails:
    """Return where each rail stands, wide enough for the names and the messages."""
    first = columns[0]
    rails = {first.party: margin + _half(first)}
    for left, right in pairwise(columns):
        needs = [rails[left.party] + _half(left) + _half(right) + 8]
        for entry in entries:
            other = _other_end(entry, right.party)
            if other in rails:
                needs.append(rails[other] + _widest(entry) + 24)
        rails[right.party] = max(needs)
    return rails


def _other_end(entry: Entry, party: str) -> str:
    """Return whom a message is from or to, if *party* is at its other end."""
    if entry.receiver == party:
        return entry.sender
    return (entry.receiver or "") if entry.sender == party else ""


def _widest(entry: Entry) -> int:
    return max(width_of(line, small=True) for line in _lines_of(entry))


def _half(column: Column) -> int:
    return width_of(shortened(visible(column.name), LONGEST_NAME)) // 2 + 6


def _head(columns: Sequence[Column], rails: Rails) -> Canvas:
    canvas = Canvas("ladder names")
    for column in columns:
        half, place = _half(column), rails[column.party]
        canvas.box(place - half, 1, 2 * half, 24, "party")
        canvas.text((place, 17), column.name, "party", LONGEST_NAME, "middle")
        canvas.line([(place, 25), (place, 30)], "rail")
    return canvas


def _lines_of(entry: Entry, room: int = 0) -> list[str]:
    """Return the lines of a message, or those of a remark that has so much room."""
    is_remark = entry.receiver is None
    columns = max(40, room * 10 // SMALL_COLUMN) if is_remark else WIDEST_MESSAGE
    text = visible(entry.text[:LONGEST_TEXT])
    most = 6 if is_remark else 2
    lines = textwrap.wrap(text, columns) or [""]
    if len(lines) <= most:
        return lines
    # Cut where there is no more room, be it within a word: one may be very long.
    return [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), columns)]


def _body(rows: Sequence[Row], rails: Rails, clock_end: int) -> Canvas:
    canvas = Canvas("ladder")
    heights = [TEXT * len(lines) + SPACE for *_, lines in rows]
    for place in rails.values():
        canvas.line([(place, 0), (place, sum(heights) + SPACE)], "rail")
    at = 18
    for (clock, entry, lines), height in zip(rows, heights, strict=True):
        style = "small wrong" if entry.wrong else "small"
        canvas.text((clock_end, at), clock, "small time", len(clock), "end")
        if entry.receiver is None:
            _remark(canvas, (min(rails.values()) + 12, at), lines, style)
        else:
            ends = rails[entry.sender], rails[entry.receiver]
            _message(canvas, ends, at, lines, style)
        at += height
    return canvas


def _message(
    canvas: Canvas, ends: tuple[int, int], top: int, lines: list[str], style: str
) -> None:
    if "wrong" in style:
        lines = [f"{WRONG} {lines[0]}", *lines[1:]]
    for line in lines:
        canvas.text((sum(ends) // 2, top), line, style, columns_of(line), "middle")
        top += TEXT
    canvas.arrow(*ends, top - TEXT + 6, f"{style} message")


def _remark(canvas: Canvas, at: Point, lines: list[str], style: str) -> None:
    left, top = at
    canvas.text(at, WRONG if "wrong" in style else "•", style, 1)
    for number, line in enumerate(lines):
        place = left + 14, top + TEXT * number
        canvas.text(place, line, f"{style} remark", columns_of(line))


def _clock(start: datetime, entry: Entry) -> str:
    return f"{(entry.at - start).total_seconds():.3f} s"


def _sentence(columns: Sequence[Column], clock: str, entry: Entry) -> Markup:
    names = {column.party: isolated(column.name) for column in columns}
    ends = Markup()
    if entry.receiver is not None:
        ends = Markup("{} to {}: ").format(names[entry.sender], names[entry.receiver])
    said = "Wrong: " if entry.wrong else ""
    return Markup("{}: {}{}{}").format(clock, ends, said, isolated(entry.text))
