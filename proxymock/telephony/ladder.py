"""A call as a ladder: who sent what to whom, and what was wrong with it.

Names stand on top; a line is a message, or a remark on what cannot be seen from them.
Time counts from the start of the call. The ladder is no wider than a terminal: what is
too long is cut, and remarks go on in the next line. The entries have it as a whole, and
so has ``heard`` of a leg.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import accumulate, pairwise

from proxymock.state.calls import Call, Entry, Leg

COLUMNS = ("A", "chime", "function", "B")
CLOCK = 10
NARROWEST = 14
WIDEST, WIDER = 100, 20  # with four columns, and for each more
FRAME, CLOSE_FRAME = 8, 7  # what stands around a message, and around one that is cut
NAMES = range(26, 11, -1)  # how long names are at most, the best first
SPOKEN = '"'  # what somebody hears begins with it
MOST_LINES = 6  # of a remark
Names = Mapping[str, str]
Entries = Sequence[Entry]


def ladder(call: Call) -> str:
    """Return the ladder of a call, for a terminal."""
    return drawn(columns(call), call.entries, call.started_at)


def drawn(names: Names, entries: Entries, start: datetime) -> str:
    """Return a ladder of *entries* below columns, which have *names*.

    It is wider than a terminal by 20 characters for each column after the fourth.
    """
    short = _short(names)
    places = _places(short, entries)
    rails = _rails(places)
    lines = [_heading(places, short), rails]
    for entry in entries:
        lines += _lines(entry, start, places, rails)
    return "\n".join(line.rstrip() for line in lines)


def columns(call: Call) -> dict[str, str]:
    """Return the columns of a call, from left to right, and what stands above each."""
    used = {"A", "chime"}
    for entry in call.entries:
        used |= {entry.sender, entry.receiver or entry.sender}
    return {column: _name(call, column) for column in COLUMNS if column in used}


def _name(call: Call, column: str) -> str:
    """Return what stands above a column: a number, the service, a function."""
    if column == "A":
        return party(call.legs[0])
    if column == "B":
        return ", ".join(dict.fromkeys(map(party, call.legs[1:])))
    return function_name(call) if column == "function" else "Chime SDK"


def party(leg: Leg) -> str:
    """Return who is at the other end of a leg."""
    return leg.from_number if leg.direction == "Inbound" else leg.to_number


def function_name(call: Call) -> str:
    """Return the name of the function that has a call."""
    arn = call.target.function_arn if call.target else ""
    return arn.partition(":function:")[2] or "function"


def _short(names: Names) -> dict[str, str]:
    """Return names that leave room for the messages, as long as may be."""
    shorter = (
        {column: _shortened(name, most) for column, name in names.items()}
        for most in NAMES
    )
    # The shortest always fit: a column may take more than they do.
    return next(filter(_fits, shorter))


def _fits(names: Names) -> bool:
    first, last = _ends(names)
    return first + sum(_least_gaps(names)) + last <= _widest(names)


def _widest(names: Names) -> int:
    return WIDEST + WIDER * max(0, len(names) - len(COLUMNS))


def _ends(names: Names) -> tuple[int, int]:
    """Return what is left of the first rail, and right of the last."""
    first, *_, last = names.values()
    return CLOCK + 4 + len(first) // 2, 1 + len(last) // 2


def _least_gaps(names: Names) -> list[int]:
    """Return how far rails must be from each other, for the names."""
    return [
        max(NARROWEST, (len(left) + len(right)) // 2 + 3)
        for left, right in pairwise(names.values())
    ]


def _places(names: Names, entries: Entries) -> dict[str, int]:
    """Return where each column's rail stands.

    What is left of the width goes to messages, and then to what parties hear.
    """
    first, last = _ends(names)
    gaps = _least_gaps(names)
    spare = _widest(names) - first - sum(gaps) - last
    order = {column: number for number, column in enumerate(names)}
    for is_speech in (False, True):
        needs = _needs(order, entries, is_speech)
        while spare > 0 and (tight := _tightest(needs, gaps)):
            narrowest = min(tight, key=gaps.__getitem__)
            gaps[narrowest] += 1
            spare -= 1
    return dict(zip(names, accumulate(gaps, initial=first), strict=True))


def _needs(
    order: Mapping[str, int], entries: Entries, is_speech: bool
) -> dict[range, int]:
    """Return how wide messages would be, by the gaps that they lead over."""
    needs: dict[range, int] = {}
    for entry in entries:
        if entry.receiver and entry.text.startswith(SPOKEN) == is_speech:
            gaps = range(*sorted((order[entry.sender], order[entry.receiver])))
            width = len(_on_one_line(entry.text)) + FRAME
            needs[gaps] = max(width, needs.get(gaps, 0))
    return needs


def _tightest(needs: Mapping[range, int], gaps: Sequence[int]) -> range | None:
    """Return the gaps that leave a message the least room, if any needs more."""
    room = {each: sum(map(gaps.__getitem__, each)) for each in needs}
    tight = [each for each, need in needs.items() if room[each] < need]
    return min(tight, key=room.__getitem__, default=None)


def _heading(places: Mapping[str, int], names: Names) -> str:
    line = ""
    for column, place in places.items():
        line = line.ljust(place - len(names[column]) // 2) + names[column]
    return line


def _rails(places: Mapping[str, int]) -> str:
    line = ""
    for place in places.values():
        line = line.ljust(place) + "|"
    return line


def _lines(
    entry: Entry, start: datetime, places: Mapping[str, int], rails: str
) -> list[str]:
    clock = f"{(entry.at - start).total_seconds():{CLOCK - 2}.3f} s"
    if entry.receiver is None:
        return _remark(entry, clock, rails[: min(places.values()) + 1])
    left, right = sorted((places[entry.sender], places[entry.receiver]))
    is_right = places[entry.sender] == left
    line = _on_one_line(entry.text)
    if len(line) > right - left - CLOSE_FRAME:
        line = _shortened(line, right - left - CLOSE_FRAME)
    line = f" {line} ".center(right - left - 3, "-")
    arrow = f"-{line}>" if is_right else f"<{line}-"
    return [f"{clock}{rails[CLOCK : left + 1]}{arrow}{rails[right:]}"]


def _remark(entry: Entry, clock: str, margin: str) -> list[str]:
    """Return the lines of a remark, which stand beside the first rail."""
    mark = "!" if entry.wrong else "*"
    lines = textwrap.wrap(
        _on_one_line(entry.text),
        max(NARROWEST, WIDEST - len(margin) - 3),
        max_lines=MOST_LINES,
        placeholder="…",
    )
    starts = [f"{clock}{margin[CLOCK:]} {mark} ", *[f"{margin}   "] * MOST_LINES]
    return [start + line for start, line in zip(starts, lines or [""], strict=False)]


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, most: int) -> str:
    """Return as much of a text as has room."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
