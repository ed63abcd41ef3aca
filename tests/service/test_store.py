from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import islice

import pytest

from proxymock.api.errors import NotFoundException
from proxymock.service.store import Account, Deadlines, Store, tags_of
from proxymock.service.tables import Ordered, Table

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@dataclass(eq=False)
class Thing:
    """Anything that was made."""

    sequence: int


@pytest.fixture
def table() -> Table[Thing]:
    """A table of the things a, b and c, made in this order."""
    table: Table[Thing] = Table("Thing")
    for sequence, id in enumerate("abc"):
        table.add(id, Thing(sequence))
    return table


class TestTable:
    """Things by id and in order."""

    def test_finds_by_id(self) -> None:
        """Adding answers the thing, and its id finds it."""
        table: Table[Thing] = Table("Thing")

        thing = table.add("a", Thing(0))

        assert table["a"] is thing
        assert "a" in table
        assert "b" not in table

    def test_lookup_that_fails_says_what_is_missing(self) -> None:
        """A missing thing is the API's NotFoundException with AWS's words."""
        table: Table[Thing] = Table("Thing")

        for find in (table.__getitem__, table.pop):
            with pytest.raises(NotFoundException, match=r"^Could not find Thing with"):
                find("a")

    def test_pop_takes_out(self, table: Table[Thing]) -> None:
        """A thing that was popped is gone by id and from the order."""
        thing = table.pop("b")

        assert thing.sequence == 1
        assert "b" not in table
        assert [thing.sequence for thing in table] == [0, 2]
        assert len(table) == 2

    def test_starts_anywhere(self, table: Table[Thing]) -> None:
        """What is after a position is there also if that thing is not."""
        table.pop("b")

        assert [position for position, _ in table.after(-1)] == [0, 2]
        assert [position for position, _ in table.after(1)] == [2]
        assert [position for position, _ in table.after(2)] == []

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

    def test_page_costs_what_it_holds(self) -> None:
        """Starting in the middle does not walk there."""
        ordered: Ordered[Thing] = Ordered()
        for sequence in range(1000):
            ordered.add(Thing(sequence))

        page = [position for position, _ in islice(ordered.after(499), 3)]

        assert page == [500, 501, 502]


class TestDeadlines:
    """What falls due, in order."""

    @pytest.fixture
    def lapsed(self) -> list[tuple[int, datetime]]:
        """What has lapsed, and when it was due."""
        return []

    def test_lapses_at_the_instant_and_in_order(
        self, store: Store, lapsed: list[tuple[int, datetime]]
    ) -> None:
        """What is due is called once, the earliest first, with its own instant."""
        deadlines = Deadlines()

        def lapse(store: Store, thing: Thing, when: datetime) -> None:
            lapsed.append((thing.sequence, when))

        for sequence, hours in enumerate([3, 1, 2]):
            deadlines.add(NOON + hours * HOUR, Thing(sequence), lapse)

        for _ in range(2):
            deadlines.settle(store, NOON + 2 * HOUR)

        assert lapsed == [(1, NOON + HOUR), (2, NOON + 2 * HOUR)]

    def test_forgets_what_was_removed(
        self, store: Store, lapsed: list[tuple[int, datetime]]
    ) -> None:
        """A removed deadline does not lapse; others at the same instant do."""
        deadlines = Deadlines()

        def lapse(store: Store, thing: Thing, when: datetime) -> None:
            lapsed.append((thing.sequence, when))

        things = [Thing(0), Thing(1)]
        for thing in things:
            deadlines.add(NOON, thing, lapse)
        deadlines.remove(NOON, things[0], lapse)

        deadlines.settle(store, NOON)

        assert lapsed == [(1, NOON)]

    def test_lapsing_may_set_another_deadline(
        self, store: Store, lapsed: list[tuple[int, datetime]]
    ) -> None:
        """What falls due while things lapse lapses with them."""
        deadlines = Deadlines()

        def lapse(store: Store, thing: Thing, when: datetime) -> None:
            lapsed.append((thing.sequence, when))
            deadlines.add(when + HOUR, thing, lapse)

        deadlines.add(NOON, Thing(0), lapse)

        deadlines.settle(store, NOON + HOUR)

        assert lapsed == [(0, NOON), (0, NOON + HOUR)]


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

    def test_settles_all_regions(self, account: Account) -> None:
        """What is due lapses whichever region is asked."""
        stores = [account.store("us-east-1"), account.store("us-west-2")]
        lapsed = []

        def lapse(store: Store, thing: Thing, when: datetime) -> None:
            lapsed.append(store)

        for sequence, store in enumerate(stores):
            store.deadlines.add(account.now(), Thing(sequence), lapse)

        account.settle()

        assert lapsed == stores

    def test_counts_what_is_made(self, account: Account) -> None:
        """Each thing of an account has a higher sequence than the one before."""
        assert [account.next_sequence() for _ in range(3)] == [0, 1, 2]


class TestStore:
    """Ids and names."""

    def test_ids_begin_with_a_letter(self, store: Store) -> None:
        """An id has letters and digits in lower case and begins with a letter."""
        ids = {store.new_id(22) for _ in range(50)}

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
