"""The sandbox for Python, in this process or on the server that moto uses."""

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
        """Call *to_number*, and return whom the call reaches and what they see.

        A call that reaches nobody raises nothing. Its outcome is ``Rejected``, and its
        reason says why. A call through an Open session makes the session InProgress.

        Args:
            from_number: the caller's number, in any usual spelling. It need not exist.
                ``"anonymous"`` is a caller who hides the number.
            to_number: the dialled number, in any usual spelling.
            account_id: the account, twelve digits; by default that of this process.

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
        """Send a text to *to_number*, and return whom it reaches and what they see.

        It is like ``call``, with three differences: the session needs the capability
        ``SMS``, a text never goes to a fallback number, and it has a sender.

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
        """Return the sessions that have not ended, in all regions, the oldest first."""
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
        """Decide how the analysis tasks of a call end, if they have not ended yet.

        This replaces what was decided for the call before.

        Args:
            transaction_id: the call's TransactionId. The call need not have tasks yet.
            status: ``SUCCEEDED``, ``PARTIAL_SUCCESS``, which leaves no voiceprint, or
                ``FAILED``.
            status_message: the reason, which the API shows.
            confidence_scores: the voice profiles that a speaker search finds, by their
                ids, each with a score from 0 to 1; by default the profiles that the
                same voice enrolled, with 1.
            account_id: the account, twelve digits; by default that of this process.

        Raises SandboxError, which names the wrong member; then nothing has changed.
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
    """The time of the service: real time plus the time that a test lets pass.

    Times are aware datetimes in UTC, to the millisecond, as AWS shows them. The clock
    goes forward only. It runs on with real time, as freezegun and time-machine show it,
    and stands still from the beginning of the year 9000.

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
        """Let time pass, the sum of all arguments, and return the new time.

        The clock goes forward only; ``reset`` returns to real time.

        Raises SandboxError if the sum is negative, is not a number, or leads to the
        year 9000 or beyond; then no time has passed.
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
        """Let time pass until *to*, and return the new time.

        Args:
            to: an aware datetime in any time zone, which is not before ``now()``.
            account_id: the account, twelve digits; by default that of this process.

        Raises SandboxError if *to* is not a datetime, has no time zone, is before
        ``now()``, or is in the year 9000 or later; then no time has passed.
        """
        if not isinstance(to, datetime):
            raise SandboxError(f"The clock is set to a datetime, not to {to!r}")
        return self._run(commands.move_time, account_id, set=to).now

    def reset(self, *, account_id: str | None = None) -> datetime:
        """Go back to real time, and return it. Expired sessions stay Closed."""
        return self._run(commands.reset_time, account_id).now


class Faults(SandboxClient):
    """Errors that the service answers with on demand.

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
        """Let the next *times* calls of *operation* fail, and return the fault's id.

        Args:
            operation: its name in the API, such as ``CreateProxySession``.
            error: an error that the operation declares, such as
                ``ThrottledClientException``.
            times: the number of calls that fail, at least 1. Each retry of an SDK is a
                call.
            message: the message of the error, by default ``Injected`` and its name.
            delay: the seconds of real time before the answer, from 0 to 3600.
            account_id: the account, twelve digits; by default that of this process.

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

        The *times* of each is the number of calls that it still waits for. The faults
        are copies, which no call changes.
        """
        return self._run(commands.faults, account_id).faults

    def clear(
        self, fault_id: str | None = None, *, account_id: str | None = None
    ) -> None:
        """Remove all faults, or the one with this id. An unknown id is no error."""
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
        """Inject a fault for a ``with`` block, and remove it afterwards.

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
    """The state of an account as JSON.

    It has all that the API, the phone and the clock depend on, in all regions. Settings
    and faults belong to a test and are not in it.

    Both methods raise SandboxError for an account id that is not twelve digits.
    """

    def export(self, *, account_id: str | None = None) -> dict[str, Any]:
        """Return a copy of the state, ready for ``json.dump``.

        ``FormatVersion`` is the version of the format. Instants are ISO 8601 in UTC,
        such as ``2026-01-02T03:04:05.678Z``.
        """
        return self._run(commands.state, account_id)

    def load(self, state: Mapping[str, Any], *, account_id: str | None = None) -> None:
        """Replace the whole state of the account by *state*: all of it or nothing.

        Args:
            state: a mapping from ``export``, or one that a person wrote in its format.
                It may come from another account; its ARNs become those of this account.
            account_id: the account, twelve digits; by default that of this process.

        Raises SandboxError, which says where *state* is wrong; then nothing has
        changed.
        """
        if not isinstance(state, Mapping):
            kind = type(state).__name__
            raise SandboxError(f"A state must be what export() returns, no {kind}")
        self._run(commands.put_state, account_id, document=state)
