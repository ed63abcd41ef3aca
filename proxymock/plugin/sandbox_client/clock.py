"""The clock of an account, for Python."""

from __future__ import annotations

from datetime import datetime, timedelta

from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import SandboxError, commands


class Clock(SandboxClient):
    """The time that the service goes by: real time plus what a test lets pass.

    Times are aware datetimes in UTC, to the millisecond, which is all that AWS shows.
    The clock goes forwards only, and runs on with real time, or with what freezegun
    and time-machine make of it. It ends in the year 9000.

    Every method raises SandboxError for an account id that is not twelve digits.
    """

    def now(self, *, account_id: str | None = None) -> datetime:
        """Return the time, UTC."""
        return self._run(commands.time, account_id).now

    def advance(
        self,
        *,
        weeks: float = 0,
        days: float = 0,
        hours: float = 0,
        minutes: float = 0,
        seconds: float = 0,
        account_id: str | None = None,
    ) -> datetime:
        """Let time pass, the sum of all that is given; return the new time.

        It only goes forward: ``reset`` returns to real time.

        Raises SandboxError if the sum is negative, is no number, or leads to the year
        9000 or beyond; then no time has passed.
        """
        try:
            by = timedelta(
                weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
            )
        except OverflowError as error:
            raise SandboxError(f"The step is too far: {error}") from None
        # Of NaN; the infinite is an OverflowError.
        except ValueError as error:
            raise SandboxError(f"The step is no number: {error}") from None
        return self._run(commands.move_time, account_id, advance=by.total_seconds()).now

    def set(self, to: datetime, *, account_id: str | None = None) -> datetime:
        """Let time pass until *to*; return the new time.

        Args:
            to: an instant that is not past, in any time zone.
            account_id: whose clock, by default that of this process.

        Raises SandboxError if *to* is no datetime or has no time zone, is before now,
        or is in the year 9000 or later; then no time has passed.
        """
        # The command would take a text, too, since JSON has no instants.
        if not isinstance(to, datetime):
            raise SandboxError(f"The clock is set to a datetime, not to {to!r}")
        return self._run(commands.move_time, account_id, set=to).now

    def reset(self, *, account_id: str | None = None) -> datetime:
        """Return to real time, and return that; sessions that have expired stay so."""
        return self._run(commands.reset_time, account_id).now
