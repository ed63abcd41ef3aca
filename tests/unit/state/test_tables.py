from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import hypothesis.strategies as st
import pytest
from hypothesis import given

from proxymock.api.paging import Filtered
from proxymock.state.tables import Indexed, Key, Ordered


@dataclass(eq=False)
class Thing:
    """Anything that is found by its colour."""

    sequence: int
    colour: str

    @property
    def name(self) -> str:
        """Its id."""
        return str(self.sequence)

    @property
    def keys(self) -> set[Key]:
        """What it is found by."""
        return {("Colour", self.colour)}


def table_of(*colours: str) -> Indexed[Thing]:
    """Return a table of things with these colours, by the number of their rank."""
    table: Indexed[Thing] = Indexed("Thing", "name")
    for sequence, colour in enumerate(colours):
        table.enter(Thing(sequence, colour))
    return table


def ranks(view: Ordered[Thing] | Filtered[Thing]) -> list[int]:
    """Return the ranks of the things of a view."""
    return [position for position, _ in view.after(-1)]


class TestIndexed:
    """A table that finds things by their keys."""

    def test_finds_by_key_in_order(self) -> None:
        """Things with a key come in the order of their creation."""
        table = table_of("red", "blue", "red")

        assert ranks(table.where(("Colour", "red"))) == [0, 2]
        assert ranks(table.where(("Colour", "green"))) == []

    def test_forgets_what_is_taken_out(self) -> None:
        """A thing that has left is not found by its key either."""
        table = table_of("red", "red")

        table.leave(table["0"])

        assert ranks(table.where(("Colour", "red"))) == [1]

    def test_reindexed_moves_a_thing(self) -> None:
        """A thing is found by the key that it has got, and at its own rank."""
        table = table_of("red", "blue", "red")

        with table.reindexed(table["0"]):
            table["0"].colour = "blue"

        assert ranks(table.where(("Colour", "red"))) == [2]
        assert ranks(table.where(("Colour", "blue"))) == [0, 1]

    def test_change_that_fails_loses_nothing(self) -> None:
        """A thing stays in the index if its change is broken off."""
        table = table_of("red")

        with pytest.raises(RuntimeError), table.reindexed(table["0"]):
            raise RuntimeError

        assert ranks(table.where(("Colour", "red"))) == [0]

    @given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["red", "blue"]))))
    def test_finds_what_a_search_would(self, changes: list[tuple[int, str]]) -> None:
        """After any changes the index agrees with a look at every thing."""
        table = table_of(*["red", "blue"] * 3)

        for rank, colour in changes:
            with table.reindexed(table[str(rank)]):
                table[str(rank)].colour = colour

        for colour in ("red", "blue"):
            assert ranks(table.where(("Colour", colour))) == [
                thing.sequence for thing in table if thing.colour == colour
            ]


class TestFiltered:
    """The things of a view that fit."""

    def test_keeps_positions(self) -> None:
        """What fits keeps its own position, so that pages go on behind it."""
        table = table_of("red", "blue", "red", "red")
        view = Filtered(table, lambda thing: thing.colour == "red")

        first = list(islice(view.after(-1), 2))

        assert [position for position, _ in first] == [0, 2]
        assert [position for position, _ in view.after(first[-1][0])] == [3]
