"""The sandbox for Python, in this process or on the server that moto shall use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import SandboxError, commands
from proxymock.sandbox.faults import Fault
from proxymock.sandbox.phone import Interaction, Mask


class Phone(SandboxClient):
    """The simulated phone network.

    Numbers are in any usual spelling: ``+12065550100``, ``+1 206 555 0100``,
    ``(206) 555-0100``, ``0044 20 7946 0000``. Digits alone are international, as they
    are for the API. Answers have E.164 numbers.

    Every method raises SandboxError for an account id that is not twelve digits.
    """

    def call(
        self, from_number: str, to_number: str, *, account_id: str | None = None
    ) -> Interaction:
        """Call *to_number*; return whom that reaches, and what they see.

        A call that reaches nobody is no error: its outcome is ``Rejected``, and its
        reason says why. A call through an open session makes it ``InProgress``.

        Args:
            from_number: who calls, in any usual spelling; it need not exist.
                ``"anonymous"`` is a caller who hides the number.
            to_number: the number that is dialled, in any usual spelling.
            account_id: whose phone network, by default that of this process.

        Raises SandboxError if either is no phone number; then nothing is logged.
        """
        return self._run(
            commands.call, account_id, from_number=from_number, to_number=to_number
        )

    def text(
        self,
        from_number: str,
        to_number: str,
        body: str,
        *,
        account_id: str | None = None,
    ) -> Interaction:
        """Send a text to *to_number*; return whom that reaches, and what they see.

        It is like ``call``, but a session needs the capability ``SMS`` for it, and a
        text never goes to a fallback number.

        Raises SandboxError if either is no phone number; then nothing is logged.
        """
        return self._run(
            commands.text,
            account_id,
            from_number=from_number,
            to_number=to_number,
            body=body,
        )

    def log(
        self, *, proxy_session_id: str | None = None, account_id: str | None = None
    ) -> list[Interaction]:
        """Return all calls and texts, or those of one session, in order."""
        answer = self._run(
            commands.interactions, account_id, proxy_session_id=proxy_session_id
        )
        return answer.interactions

    def masks(self, *, account_id: str | None = None) -> list[Mask]:
        """Return each session that has not ended, in all regions, the oldest first."""
        return self._run(commands.masks, account_id).masks

    def set_analysis(
        self,
        transaction_id: str,
        *,
        status: str = "SUCCEEDED",
        status_message: str | None = None,
        confidence_scores: Mapping[str, float] | None = None,
        account_id: str | None = None,
    ) -> None:
        """Say how the analysis tasks of a call end, those that have not ended yet.

        What was said of the call before no longer counts.

        Args:
            transaction_id: the call, which need not have tasks yet.
            status: ``SUCCEEDED``, ``PARTIAL_SUCCESS``, which leaves no voiceprint, or
                ``FAILED``.
            status_message: why.
            confidence_scores: which voice profiles a speaker search finds, by their
                ids, and how sure it is, from 0 to 1; by default those that the same
                voice enrolled.
            account_id: whose tasks, by default those of this process.

        Raises SandboxError, which names what is wrong; then nothing has changed.
        """
        scores = None if confidence_scores is None else dict(confidence_scores)
        self._run(
            commands.set_analysis,
            account_id,
            transaction_id=transaction_id,
            status=status,
            status_message=status_message,
            confidence_scores=scores,
        )


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
        if not isinstance(to, datetime):
            raise SandboxError(f"The clock is set to a datetime, not to {to!r}")
        return self._run(commands.move_time, account_id, set=to).now

    def reset(self, *, account_id: str | None = None) -> datetime:
        """Return to real time, and return that; sessions that have expired stay so."""
        return self._run(commands.reset_time, account_id).now


class Faults(SandboxClient):
    """Errors that the service answers with, although nothing is wrong.

    Every method raises SandboxError for an account id that is not twelve digits.
    """

    def inject(
        self,
        operation: str,
        error: str,
        *,
        times: int = 1,
        message: str | None = None,
        delay: float = 0.0,
        account_id: str | None = None,
    ) -> str:
        """Have the next *times* calls of *operation* fail; return the fault's id.

        Args:
            operation: its name in the API, such as ``CreateProxySession``.
            error: one that the operation declares, such as
                ``ThrottledClientException``.
            times: how many calls fail, at least one; each retry of an SDK is a call.
            message: what the error says, by default ``Injected`` and its name.
            delay: how many seconds of real time the answer takes, 3600 at most.
            account_id: whose calls, by default those of this process.

        Raises SandboxError if there is no such operation, if it does not declare the
        error, or if *times* or *delay* is out of range; then nothing is injected.
        """
        answer = self._run(
            commands.inject_fault,
            account_id,
            operation=operation,
            error=error,
            times=times,
            message=message,
            delay=delay,
        )
        return answer.fault_id

    def pending(self, *, account_id: str | None = None) -> list[Fault]:
        """Return the faults that still wait for calls, the oldest first.

        The *times* of each is how many calls it still waits for. They are copies, which
        no call changes.
        """
        return self._run(commands.faults, account_id).faults

    def clear(
        self, fault_id: str | None = None, *, account_id: str | None = None
    ) -> None:
        """Forget all faults, or one; it may have struck already, or never have been."""
        self._run(commands.clear_faults, account_id, fault_id=fault_id)

    @contextmanager
    def injected(
        self,
        operation: str,
        error: str,
        *,
        times: int = 1,
        message: str | None = None,
        delay: float = 0.0,
        account_id: str | None = None,
    ) -> Iterator[None]:
        """Inject a fault, and forget it afterwards if it is still pending.

        The arguments, and the SandboxError, are those of ``inject``.
        """
        fault_id = self.inject(
            operation,
            error,
            times=times,
            message=message,
            delay=delay,
            account_id=account_id,
        )
        try:
            yield
        finally:
            self.clear(fault_id, account_id=account_id)


class Snapshot(SandboxClient):
    """The state of the account as JSON.

    It has all that the API, the phone and the clock depend on, in all regions; settings
    and faults are the test's own and are not in it.

    Both methods raise SandboxError for an account id that is not twelve digits.
    """

    def export(self, *, account_id: str | None = None) -> dict[str, Any]:
        """Return all of it, ready for ``json.dump``.

        It is a copy, which nothing changes. ``FormatVersion`` says how it is written;
        instants in it are ISO 8601 in UTC, ``2026-01-02T03:04:05.678Z``.
        """
        return self._run(commands.state, account_id)

    def load(self, state: Mapping[str, Any], *, account_id: str | None = None) -> None:
        """Put *state* in place of all of it, or of nothing.

        Args:
            state: what ``export`` returned, or what a person wrote in its format. It
                may come from another account, whose ARNs become this one's.
            account_id: whose state, by default that of this process.

        Raises SandboxError, which says where *state* is wrong; then nothing of it has
        been loaded.
        """
        if not isinstance(state, Mapping):
            kind = type(state).__name__
            raise SandboxError(f"A state must be what export() returns, no {kind}")
        self._run(commands.put_state, account_id, document=state)
