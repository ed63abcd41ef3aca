from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from inspect import signature
from itertools import islice
from typing import Any

import pytest
from sortedcontainers import SortedKeyList

from proxymock.api.errors import NotFoundException
from proxymock.state.store import Account, Store
from proxymock.state.tables import AlreadyThere, Ordered, Table
from proxymock.state.tags import tags_of

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@dataclass(eq=False)
class Thing:
    """Anything that was made; its id is the letter of its rank."""

    sequence: int

    @property
    def id(self) -> str:
        """Its id."""
        return "abc"[self.sequence]


@pytest.fixture
def table() -> Table[Thing]:
    """A table of the things a, b and c, made in this order."""
    table: Table[Thing] = Table("Thing", "id")
    for sequence in range(3):
        table.enter(Thing(sequence))
    return table


class TestTable:
    """Things by id and in order."""

    def test_finds_by_id(self) -> None:
        """Adding answers the thing, and its id finds it."""
        table: Table[Thing] = Table("Thing", "id")

        thing = table.enter(Thing(0))

        assert table["a"] is thing
        assert "a" in table
        assert "b" not in table

    def test_lookup_that_fails_says_what_is_missing(self) -> None:
        """A missing thing is the API's NotFoundException with AWS's words."""
        table: Table[Thing] = Table("Thing", "id")

        with pytest.raises(NotFoundException, match=r"^Could not find Thing with"):
            table["a"]

    def test_leaving_takes_out(self, table: Table[Thing]) -> None:
        """A thing that has left is gone by id and from the order."""
        table.leave(table["b"])

        assert "b" not in table
        assert [thing.sequence for thing in table] == [0, 2]
        assert len(table) == 2

    def test_starts_anywhere(self, table: Table[Thing]) -> None:
        """What is after a position is there also if that thing is not."""
        table.leave(table["b"])

        assert [position for position, _ in table.after(-1)] == [0, 2]
        assert [position for position, _ in table.after(1)] == [2]
        assert [position for position, _ in table.after(2)] == []

    def test_refuses_a_second_thing(self, table: Table[Thing]) -> None:
        """Under an id there is one thing, and the first one stays."""
        first = table["a"]

        with pytest.raises(AlreadyThere, match=r"^Thing 'a'$"):
            table.enter(Thing(0))

        assert table["a"] is first
        assert list(table) == [first, table["b"], table["c"]]

    def test_shows_what_it_holds(self, table: Table[Thing]) -> None:
        """Its representation is for people."""
        assert repr(table) == "<Table of 3 Thing>"


class TestOrdered:
    """Things in the order of creation."""

    def test_orders_by_sequence(self) -> None:
        """The order is that of creation, not of adding."""
        ordered: Ordered[Thing] = Ordered()
        for sequence in (2, 0, 1):
            ordered.add(Thing(sequence))

        assert [thing.sequence for thing in ordered] == [0, 1, 2]
        assert len(ordered) == 3

    def test_removes(self) -> None:
        """What was removed is not there."""
        ordered: Ordered[Thing] = Ordered()
        thing = Thing(0)
        ordered.add(thing)

        ordered.remove(thing)

        assert list(ordered) == []

    @pytest.mark.parametrize("position", [-1, 8999, 9996])
    def test_page_costs_what_it_holds(
        self, position: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Starting far behind does not walk there: few things are looked at."""
        looks: list[int] = []

        class Watched(Thing):
            def __getattribute__(self, name: str) -> Any:
                looks.append(1)
                return super().__getattribute__(name)

        ordered: Ordered[Thing] = Ordered()
        ordered.update([Watched(sequence) for sequence in range(10_000)])
        looks.clear()
        # Whoever walks from the start or copies need not look at what they pass.
        monkeypatch.setattr(SortedKeyList, "__iter__", None, raising=False)
        monkeypatch.setattr(SortedKeyList, "__getitem__", None, raising=False)

        page = [found for found, _ in islice(ordered.after(position), 3)]

        assert page == [position + 1, position + 2, position + 3]
        assert len(looks) < 100

    @pytest.mark.parametrize("gone", [range(3), range(60), range(97)])
    def test_takes_many_out(self, gone: range) -> None:
        """What is left is in order, however many have gone, and they may return."""
        things = [Thing(sequence) for sequence in range(100)]
        ordered: Ordered[Thing] = Ordered()
        ordered.update(things[::-1])

        ordered.difference_update([things[n] for n in gone])
        left = list(ordered)
        ordered.update([things[n] for n in gone])

        assert left == things[len(gone) :]
        assert list(ordered) == things


class TestAccount:
    """The stores of an account and what they share."""

    def test_has_a_store_per_region(self, account: Account) -> None:
        """A region has one store, made when it is first asked for."""
        east = account.store("us-east-1")

        assert account.store("us-east-1") is east
        assert account.store("us-west-2") is not east
        assert repr(account) == "<Account 123456789012 in us-east-1, us-west-2>"

    def test_shows_that_it_is_empty(self, account: Account) -> None:
        """Its representation is for people."""
        assert repr(account) == "<Account 123456789012 in no region>"

    def test_says_what_its_state_is(self, account: Account) -> None:
        """All but what it is given is state or derived, so that no file lacks any."""
        given = {*signature(Account).parameters, "effects", "on_setting", "on_task"}

        assert vars(account).keys() == {*given, *Account.STATE, *Account.DERIVED}

    def test_store_says_what_its_state_is(self, store: Store) -> None:
        """All but what it is given is state or derived, so that no file lacks any."""
        given = {*signature(Store).parameters}

        assert vars(store).keys() == {*given, *Store.STATE, *Store.DERIVED}

    def test_counts_what_is_made(self, account: Account) -> None:
        """Each thing of an account has a higher sequence than the one before."""
        assert [account.next_sequence() for _ in range(3)] == [0, 1, 2]


def no_ids(region: Store) -> set[str]:
    """Return the ids of a kind of which there is nothing."""
    return set()


class TestStore:
    """Ids and names."""

    def test_ids_are_fresh_in_all_regions(self, store: Store) -> None:
        """An id that is drawn and taken, in any region, is drawn again."""
        taken = {"us-east-1": {""}, "us-west-2": {""}}
        store.account.store("us-west-2")
        seen = []

        for region in ("us-east-1", "us-west-2", "us-east-1"):
            store.account.random.seed(1)  # which draws the same again
            id = store.new_uuid(lambda store: taken[store.region], "vp-")
            taken[region].add(id)
            seen.append(id)

        store.account.random.seed(1)
        drawn = [f"vp-{store.account.new_uuid()}" for _ in range(3)]
        assert seen == drawn

    def test_ids_begin_with_a_letter(self, store: Store) -> None:
        """An id has letters and digits in lower case and begins with a letter."""
        ids = {store.new_id(no_ids, 22) for _ in range(50)}

        assert len(ids) == 50
        assert [id for id in ids if not re.fullmatch("[a-z][a-z0-9]{21}", id)] == []

    def test_arns_have_region_and_account(self, store: Store) -> None:
        """An ARN has the region of the store."""
        assert store.arn("vc", "a") == "arn:aws:chime:us-east-1:123456789012:vc/a"

    def test_shows_whose_it_is(self, store: Store) -> None:
        """Its representation is for people."""
        assert repr(store) == "<Store 123456789012 us-east-1>"


@pytest.mark.parametrize(
    ("tags", "mapping"),
    [
        (None, {}),
        ([], {}),
        ([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}], {"a": "2"}),
    ],
)
def test_tags_of(tags: list[Mapping[str, str]] | None, mapping: dict[str, str]) -> None:
    """Tags become a mapping, in which the last value of a key counts."""
    assert tags_of(tags) == mapping
