"""The time of one account: real time, plus what a test has let pass."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from proxymock.sandbox import SandboxError

# Long before Python's last instant, so that what expires later still has a time.
LAST = datetime(9000, 1, 1, tzinfo=timezone.utc)
# What an instant has beyond its milliseconds. To subtract one of these takes a fifth of
# the time of replace(), and every request asks for the time.
_BEYOND = tuple(timedelta(microseconds=n) for n in range(1000))


class Clock:
    """A clock that runs like the real one, *offset* ahead of it.

    It shows milliseconds, as AWS does, and stands still at the beginning of the year
    9000, wherever real time is.

    Args:
        real_now: returns the real time in UTC, as freezegun or time-machine show it.
    """

    def __init__(self, real_now: Callable[[], datetime]) -> None:
        self.real_now = real_now
        self.offset = timedelta()

    def __repr__(self) -> str:
        return f"<Clock {self.offset} ahead>"

    def now(self) -> datetime:
        """Return the time of the account, UTC."""
        try:
            now = self.real_now() + self.offset
        except OverflowError:
            return LAST
        if now > LAST:
            return LAST
        return now - _BEYOND[now.microsecond % 1000]

    def check(self, to: datetime) -> None:
        """Refuse an instant to which no time can pass; raises SandboxError."""
        by = to - self.now()
        if by < timedelta():
            raise SandboxError(
                f"The clock goes forwards only, not by {by.total_seconds():g} seconds; "
                "a reset takes it back to real time"
            )
        if to >= LAST:
            raise SandboxError(f"The clock ends in the year {LAST.year}")

    def advance_to(self, to: datetime) -> None:
        """Let time pass until an instant, unless real time has passed it meanwhile."""
        self.offset += max(to - self.now(), timedelta())

    def reset(self) -> None:
        """Return to real time."""
        self.offset = timedelta()
