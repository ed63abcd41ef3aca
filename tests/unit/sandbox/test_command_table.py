"""The table of commands, with commands of its own."""

from __future__ import annotations

from proxymock.sandbox.command_members import Member
from proxymock.sandbox.command_table import CommandTable
from proxymock.sandbox.simulation import Simulation


def test_signature_is_the_row() -> None:
    """Members, their types and what is required come from the function."""
    table = CommandTable()

    @table.command("POST", "calls/{Id}/press", status=202)
    def press(
        simulation: Simulation, *, id: str, digits: str, leg: str | None = None
    ) -> None:
        """Press keys."""

    assert list(table) == [press]
    assert table.paths() == ["calls/{Id}/press"]
    assert (press.method, press.status, press.answer) == ("POST", 202, type(None))
    assert press.members == (
        Member("Id", "id", str, True),
        Member("Digits", "digits", str, True),
        Member("Leg", "leg", str, False),
    )


def test_labels_are_members() -> None:
    """A path with a label is found by any path of its form, and no other."""
    table = CommandTable()

    @table.command("GET", "calls/{Id}")
    def one(simulation: Simulation, *, id: str) -> None:
        """Return one."""

    @table.command("GET", "calls")
    def all(simulation: Simulation) -> None:
        """Return all."""

    assert table.at("calls/call-1") == {"GET": (one, {"Id": "call-1"})}
    assert table.at("calls") == {"GET": (all, {})}
    assert [table.at(path) for path in ("call", "calls/", "calls/1/2")] == [{}] * 3


def test_numbers_of_a_query() -> None:
    """A query has texts; those of whole numbers are read where one is wanted."""
    table = CommandTable()

    @table.command("GET", "calls")
    def some(simulation: Simulation, *, first: int, name: str) -> None:
        """Return some."""

    assert some.from_query({"First": "-7", "Name": "7", "Other": "7"}) == {
        "First": -7,
        "Name": "7",
        "Other": "7",
    }
    assert some.from_query({"First": "7.5"}) == {"First": "7.5"}
