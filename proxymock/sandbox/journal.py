"""The journal of an account: the newest requests to the service, as they came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import NamedTuple

from proxymock.api.spec import Operation

LARGEST_BODY = 8192  # of those that are kept


class Entry(NamedTuple):
    """A request that was answered.

    Nothing is rendered before somebody looks, since every request makes one of these.
    *error* is the name of the error and *answer* its body, of a request that was
    refused. *fault_id* is the injected fault that the error comes from. *body* is None
    if it is larger than those that are kept.
    """

    at: datetime
    region: str
    operation: Operation
    status: int
    error: str | None
    answer: bytes
    fault_id: str | None
    labels: Sequence[str]
    query: Mapping[str, str]
    body: bytes | None
    body_size: int


class Journal:
    """The newest requests of an account, in the order of their answers.

    Requests note themselves from many threads, and outside of the door. So this is a
    ring without a lock: each change of it is one step of the interpreter.
    """

    KEPT = 1000

    def __init__(self) -> None:
        self._ranks = count()
        self._ring: list[tuple[int, Entry] | None] = [None] * self.KEPT
        self.called: set[str] = set()  # the names of operations

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} requests>"

    def __len__(self) -> int:
        return sum(kept is not None for kept in self._ring)

    def note(self, entry: Entry) -> None:
        """Keep a request, in place of the oldest one if there are too many."""
        rank = next(self._ranks)
        self._ring[rank % self.KEPT] = rank, entry
        self.called.add(entry.operation.name)
        if entry.operation.ended:
            _ended.add(entry.operation.name)

    def before(self, position: int | None) -> Iterator[tuple[int, Entry]]:
        """Yield the requests noted before *position*, or all, the newest first."""
        kept = [each for each in self._ring.copy() if each is not None]
        kept.sort(key=lambda each: each[0], reverse=True)
        return (each for each in kept if position is None or each[0] < position)


# Those that any account of the process has called. A summary for migration asks after
# accounts are gone.
_ended: set[str] = set()


def ended_calls() -> list[str]:
    """Return which operations that AWS has ended were called, in any account."""
    return sorted(_ended)


def note_ended_calls(names: Iterable[str]) -> None:
    """Note what another process has called, as if it had been called here."""
    _ended.update(names)


def forget_ended_calls() -> None:
    """Begin anew to note which operations that AWS has ended are called."""
    _ended.clear()
