"""What falls due, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from proxymock.state.deadlines import Deadlines, Due

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)


@dataclass(eq=False)
class Thing:
    """Anything that was made."""

    sequence: int


class Diary:
    """Writes down what falls due: the ranks in each row, and the instants."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[int, datetime]]] = []
        self.on_due = self._write

    def _write(self, due: Sequence[Due]) -> None:
        self.rows.append([(rank, when) for when, rank, _, _ in due])


@pytest.fixture
def diary() -> Diary:
    """A diary in which nothing is written."""
    return Diary()


class TestDeadlines:
    """What falls due, in order."""

    def test_calls_at_the_instant_and_in_order(self, diary: Diary) -> None:
        """What is due is called for once, the earliest first, with its own instant."""
        deadlines = Deadlines()
        for sequence, hours in enumerate([3, 1, 2]):
            deadlines.add(NOON + hours * HOUR, Thing(sequence), diary.on_due)

        for _ in range(2):
            deadlines.run_due(NOON + 2 * HOUR)

        assert diary.rows == [[(1, NOON + HOUR), (2, NOON + 2 * HOUR)]]

    def test_row_ends_where_somebody_else_is_called(self, diary: Diary) -> None:
        """Things of several kinds fall due in the order of time all the same."""
        deadlines, other = Deadlines(), Diary()
        other.rows = diary.rows
        for sequence, kind in enumerate([diary, diary, other, diary]):
            deadlines.add(NOON, Thing(sequence), kind.on_due)

        deadlines.run_due(NOON)

        assert diary.rows == [[(0, NOON), (1, NOON)], [(2, NOON)], [(3, NOON)]]

    def test_forgets_what_was_removed(self, diary: Diary) -> None:
        """A removed deadline does not fall due; others at the same instant do."""
        deadlines = Deadlines()
        things = [Thing(0), Thing(1)]
        for thing in things:
            deadlines.add(NOON, thing, diary.on_due)
        deadlines.remove(NOON, things[0], diary.on_due)

        deadlines.run_due(NOON)

        assert diary.rows == [[(1, NOON)]]

    def test_nobody_is_called_for_what_was_removed(self, diary: Diary) -> None:
        """When all that is due was removed there is no row, not even an empty one."""
        deadlines, first = Deadlines(), Thing(0)
        deadlines.add(NOON, first, diary.on_due)
        deadlines.add(NOON + HOUR, Thing(1), diary.on_due)

        deadlines.remove(NOON, first, diary.on_due)
        deadlines.run_due(NOON)

        assert (diary.rows, deadlines.next) == ([], NOON + HOUR)

    def test_another_deadline_may_be_set_meanwhile(self) -> None:
        """What falls due while others do falls due with them."""
        deadlines = Deadlines()
        seen = []

        def again(due: Sequence[Due]) -> None:
            for when, _, thing, _ in due:
                seen.append(when)
                deadlines.add(when + HOUR, thing, again)

        deadlines.add(NOON, Thing(0), again)

        deadlines.run_due(NOON + HOUR)

        assert seen == [NOON, NOON + HOUR]

    def test_shows_how_many_it_holds(self, diary: Diary) -> None:
        """Its representation is for people."""
        deadlines = Deadlines()
        deadlines.add(NOON, Thing(0), diary.on_due)

        assert repr(deadlines) == "<Deadlines of 1 things>"
