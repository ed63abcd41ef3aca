"""The calls of an account: which are in progress, and which go on by themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime

from sortedcontainers import SortedList

from proxymock.state.calls import Call
from proxymock.state.deadlines import Deadlines, Due
from proxymock.state.tables import Table


class Calls(Table[Call]):
    """The calls of an account: those in progress, and the newest that have ended.

    *ready* has those that have something to do now. Who changes a call says so by
    ``note``.

    Args:
        deadlines: what falls due in the account.
    """

    # A call keeps all that was said, and a server may run for weeks.
    MOST_ENDED = 10_000

    def __init__(self, deadlines: Deadlines) -> None:
        super().__init__("Call", "transaction_id")
        self.ready: dict[str, Call] = {}
        self.in_progress: dict[str, Call] = {}
        self._ended: deque[Call] = deque()
        self._deadlines = deadlines
        self._wakes: dict[str, datetime] = {}
        self._in_order = SortedList()  # the same, by the instant
        self._on_due = self._wake

    def enter(self, call: Call) -> Call:
        """Keep a call and return it. Raises AlreadyThere."""
        super().enter(call)
        self.in_progress[call.transaction_id] = call
        self.note(call)
        return call

    def next_wake(self) -> datetime | None:
        """Return when the next call goes on by itself, if any does."""
        return self._in_order[0][0] if self._in_order else None

    def of_application(self, region: str) -> Iterator[Call]:
        """Yield the calls in progress that applications of a region have."""
        for call in self.in_progress.values():
            if call.target is not None and call.target.region == region:
                yield call

    def active_legs(self, region: str) -> int:
        """Count the legs that are up in the calls of a region's applications."""
        return sum(len(call.open_legs) for call in self.of_application(region))

    def note(self, call: Call) -> None:
        """See to it that a call goes on when it has something to do."""
        id = call.transaction_id
        is_free = call.invocation is None
        # Requests are taken while the function works: network.update() has them wait.
        if call.requests or (is_free and (call.retry or call.waiting)):
            self.ready[id] = call
        wakes = call.due[0].at if call.due else None
        before = self._wakes.get(id)
        # Most steps change nothing here, and the sorted lists stay as they are.
        if wakes != before:
            if before is not None:
                del self._wakes[id]
                self._in_order.remove((before, id))
                self._deadlines.remove(before, call, self._on_due)
            if wakes is not None:
                self._wakes[id] = wakes
                self._in_order.add((wakes, id))
                self._deadlines.add(wakes, call, self._on_due)
        if call.ended and is_free and id not in self.ready:
            self._end(call)

    def _end(self, call: Call) -> None:
        if self.in_progress.pop(call.transaction_id, None) is None:
            return
        self._ended.append(call)
        if len(self._ended) > self.MOST_ENDED:
            self.leave(self._ended.popleft())

    def _wake(self, due: Sequence[Due]) -> None:
        for when, _, call, _ in due:
            del self._wakes[call.transaction_id]
            self._in_order.remove((when, call.transaction_id))
            # Not run here, inside of the lock: the door lets ready calls go on.
            self.ready[call.transaction_id] = call
