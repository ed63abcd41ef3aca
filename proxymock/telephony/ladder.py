"""A call as a ladder: who sent what to whom, and what was wrong with it.

Names stand on top; a line is a message, or a remark on what cannot be seen from them.
Time counts from the start of the call.
"""

from __future__ import annotations

from itertools import pairwise

from proxymock.state.calls import Call, Entry

COLUMNS = ("A", "chime", "function", "B")
CLOCK = 10
NARROWEST = 14
LONGEST = 56


def ladder(call: Call) -> str:
    """Return the ladder of a call, for a terminal with a fixed width of characters."""
    names = columns(call)
    places = _places(call, list(names), names)
    rails = _rails(places)
    lines = [_heading(places, names), rails]
    lines += [_line(call, entry, places, rails) for entry in call.entries]
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
        leg = call.leg("A")
        return leg.from_number if leg.direction == "Inbound" else leg.to_number
    if column == "B":
        numbers = [leg.to_number for leg in call.legs[1:]]
        return ", ".join(dict.fromkeys(numbers))
    if column == "function" and call.target is not None:
        return call.target.function_arn.partition(":function:")[2] or "function"
    return {"chime": "Chime SDK"}.get(column, column)


def _places(call: Call, shown: list[str], names: dict[str, str]) -> dict[str, int]:
    """Return where each column's rail stands, wide enough for names and messages."""
    places = {shown[0]: CLOCK + 4 + len(names[shown[0]]) // 2}
    for left, right in pairwise(shown):
        texts = [
            len(_shortened(entry.text)) + 8
            for entry in call.entries
            if {entry.sender, entry.receiver} == {left, right}
        ]
        names_need = (len(names[left]) + len(names[right])) // 2 + 3
        places[right] = places[left] + max(NARROWEST, names_need, *texts, 0)
    return places


def _heading(places: dict[str, int], names: dict[str, str]) -> str:
    line = ""
    for column, place in places.items():
        line = line.ljust(place - len(names[column]) // 2) + names[column]
    return line


def _rails(places: dict[str, int]) -> str:
    line = ""
    for place in places.values():
        line = line.ljust(place) + "|"
    return line


def _line(call: Call, entry: Entry, places: dict[str, int], rails: str) -> str:
    clock = f"{(entry.at - call.started_at).total_seconds():{CLOCK - 2}.3f} s"
    if entry.receiver is None:
        mark = "!" if entry.wrong else "*"
        return f"{clock}{rails[CLOCK : places['A'] + 1]} {mark} {entry.text}"
    start, stop = sorted((places[entry.sender], places[entry.receiver]))
    is_right = places[entry.sender] == start
    text = f" {_shortened(entry.text)} ".center(stop - start - 3, "-")
    arrow = f"-{text}>" if is_right else f"<{text}-"
    return f"{clock}{rails[CLOCK : start + 1]}{arrow}{rails[stop:]}"


def _shortened(text: str) -> str:
    """Return a text that fits above an arrow, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
