"""The journal of an account: the newest requests to the service, as they came."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import NamedTuple


class Entry(NamedTuple):
    """A request that was answered; what people see of it is rendered when they look.

    *error* is the name of the error and *answer* its body, both None if there was none.
    *fault_id* is the injected fault that it comes from.
    """

    rank: int
    at: datetime
    region: str
    operation: str
    status: int
    error: str | None
    answer: bytes | None
    fault_id: str | None
    labels: list[str]
    query: dict[str, str]
    body: bytes


class Journal:
    """The newest requests of an account, in the order of their answers.

    Requests note themselves from many threads, outside of the door. So this is a ring
    without a lock: every change of it is one step of the interpreter.
    """

    KEPT = 1000

    def __init__(self) -> None:
        self._ranks = count()
        self._ring: list[Entry | None] = [None] * self.KEPT
        self.called: set[str] = set()

    def __repr__(self) -> str:
        return f"<Journal of {len(self)} requests>"

    def __len__(self) -> int:
        return sum(entry is not None for entry in self._ring)
