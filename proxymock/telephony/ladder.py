"""A call as a ladder: who sent what to whom, and what was wrong with it.

Names stand on top; a line is a message, or a remark on what cannot be seen from them.
Time counts from the start of the call. What is said is cut, so that the ladder is no
wider for it than a terminal; ``heard`` of a leg has it as a whole.
"""

from __future__ import annotations

from itertools import pairwise

from proxymock.state.calls import Call, Entry

COLUMNS = ("A", "chime", "function", "B")
CLOCK = 10
NARROWEST = 14
LONGEST = 56  # of a message that nobody says
WIDEST = 100  # with what is said
FRAME = 8  # what stands around a message, between two rails
SPOKEN = '"'  # what somebody hears begins with it


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
    """Return where each column's rail stands, wide enough for names and messages.

    What parties hear gets as much of the width that is left as it needs.
    """
    first, last = names[shown[0]], names[shown[-1]]
    gaps = {pair: _room(call, pair, names) for pair in pairwise(shown)}
    place = CLOCK + 4 + len(first) // 2
    spare = max(0, WIDEST - place - 1 - len(last) // 2 - sum(gaps.values()))
    places = {shown[0]: place}
    for (left, right), gap in gaps.items():
        texts = _between(call, left, right)
        wanted = max(map(len, texts), default=0) + FRAME - gap
        more = min(max(0, wanted), spare)
        spare -= more
        places[right] = places[left] + gap + more
    return places


def _room(call: Call, pair: tuple[str, str], names: dict[str, str]) -> int:
    """Return the least distance of two rails: for names, and what is not speech."""
    left, right = pair
    texts = [
        text for text in _between(call, left, right) if not text.startswith(SPOKEN)
    ]
    names_need = (len(names[left]) + len(names[right])) // 2 + 3
    longest = min(max(map(len, texts), default=0), LONGEST)
    return max(NARROWEST, names_need, longest + FRAME)


def _between(call: Call, left: str, right: str) -> list[str]:
    """Return the messages of two neighbours, each on one line."""
    return [
        _on_one_line(entry.text)
        for entry in call.entries
        if {entry.sender, entry.receiver} == {left, right}
    ]


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
    text = _shortened(entry.text, stop - start - FRAME)
    line = f" {text} ".center(stop - start - 3, "-")
    arrow = f"-{line}>" if is_right else f"<{line}-"
    return f"{clock}{rails[CLOCK : start + 1]}{arrow}{rails[stop:]}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str, most: int) -> str:
    """Return a text that fits above an arrow, on one line."""
    line = _on_one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"
