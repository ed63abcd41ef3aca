"""The deadlines of an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from itertools import takewhile
from typing import Any

from sortedcontainers import SortedList

from proxymock.state.tables import Sequenced

# The instant in UTC, the sequence of the thing, the thing, and the function to call.
Due = tuple[datetime, int, Any, Callable[[Any], None]]
_NEVER = datetime.max.replace(tzinfo=timezone.utc)
OnDue = Callable[[Sequence[Due]], None]


class Deadlines:
    """Deadlines in order, each with a function to call.

    A function gets all its deadlines that fall due in a row at once. So the work that a
    million sessions have in common is done once.
    """

    def __init__(self) -> None:
        self._due = SortedList()
        self.next = _NEVER  # The earliest instant: each request compares it with now.

    def __repr__(self) -> str:
        return f"<Deadlines of {len(self._due)} things>"

    def add(self, when: datetime, thing: Sequenced, on_due: OnDue) -> None:
        """Let *on_due* be called at the instant *when*, in UTC.

        Pass the same object for all deadlines that are to fall due together. A bound
        method is a new object each time that it is looked up.
        """
        self._due.add((when, thing.sequence, thing, on_due))
        if when < self.next:
            self.next = when

    def remove(self, when: datetime, thing: Sequenced, on_due: OnDue) -> None:
        """Forget what was added with the same arguments."""
        self._due.remove((when, thing.sequence, thing, on_due))
        if when == self.next:
            self._look()

    def first(self, most: int) -> list[Due]:
        """Return what falls due next, at most so many, the earliest first."""
        return list(self._due[:most])

    def run_due(self, now: datetime) -> None:
        """Call the functions of all deadlines up to *now*, the earliest first."""
        while self.next <= now:
            on_due = self._due[0][3]
            row = self._first_row(now, on_due)
            del self._due[: len(row)]
            self._look()
            on_due(row)

    def _look(self) -> None:
        self.next = self._due[0][0] if self._due else _NEVER

    def _first_row(self, now: datetime, on_due: OnDue) -> list[Due]:
        """Return the deadlines up to *now* that come before another function's."""
        return list(
            takewhile(lambda one: one[0] <= now and one[3] is on_due, self._due)
        )
