"""Things in columns, and in which order, so that the ways between them cross little.

A way that leads past a column has a slot of its own there, so that no line runs through
a thing. Each column is ordered by the slots before that lead to it, in one sweep from
left to right, which is enough for a picture of sixty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import mean

Slot = tuple[str, ...]  # a thing by its id, or a way past by the ids of both ends
Way = tuple[str, str]


def way_through(way: Way, columns: Mapping[str, int]) -> list[Slot]:
    """Return the slots of a way, from its source to its target."""
    source, target = way
    past = columns[target] - columns[source] - 1
    return [(source,), *[way] * past, (target,)]


def layers(columns: Mapping[str, int], ways: Sequence[Way]) -> list[list[Slot]]:
    """Return the slots of each column, from top to bottom.

    *columns* has the column of each thing, from 0 on, in the order that they keep if
    nothing leads to them. Each of *ways* leads from one column to a later one.
    """
    slots: list[list[Slot]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for id, column in columns.items():
        slots[column].append((id,))
    before: dict[tuple[int, Slot], list[Slot]] = {}
    for way in dict.fromkeys(ways):
        through = way_through(way, columns)
        for column, (slot, following) in enumerate(
            pairwise(through), columns[way[0]] + 1
        ):
            before.setdefault((column, following), []).append(slot)
            if len(following) > 1:
                slots[column].append(following)
    for column, (left, right) in enumerate(pairwise(slots), 1):
        rank = {slot: row for row, slot in enumerate(left)}
        weights = {
            slot: mean(rank[each] for each in before[column, slot])
            if (column, slot) in before
            else len(left)
            for slot in right
        }
        right.sort(key=weights.__getitem__)
    return slots
