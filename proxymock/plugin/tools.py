"""The sandbox for Python, in this process or on the server that moto shall use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from proxymock.plugin.control_client import Connection, Members, default_connection
from proxymock.sandbox import SandboxError
from proxymock.sandbox.faults import Fault
from proxymock.sandbox.phone import Interaction, Mask
from proxymock.sandbox.wire import instant, unshown


class Tool:
    """A part of the sandbox.

    Args:
        account_id: the account to use where a call names none.
        connection: the way there, by default as moto's settings say.
    """

    def __init__(
        self, account_id: str | None = None, connection: Connection | None = None
    ) -> None:
        self._account_id = account_id
        self._connection = connection

    def _perform(
        self, method: str, resource: str, account_id: str | None, **members: Any
    ) -> dict[str, Any]:
        given = {name: value for name, value in members.items() if value is not None}
        return self._send(method, resource, account_id, given)

    def _send(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        connection = self._connection or default_connection()
        account_id = account_id or self._account_id
        return connection.perform(method, resource, account_id, members)


class Phone(Tool):
    """The simulated phone network."""

    def call(
        self, from_number: str, to_number: str, *, account_id: str | None = None
    ) -> Interaction:
        """Call *to_number*; return whom that reaches, and what they see.

        Args:
            from_number: in any usual spelling, or ``"anonymous"`` for a caller who
                hides it.
            to_number: in any usual spelling.
            account_id: whose numbers, by default those of this process's account.
        """
        members = {"From": from_number, "To": to_number}
        answer = self._perform("POST", "calls", account_id, **members)
        return unshown(Interaction, answer, "Interaction")

    def text(
        self,
        from_number: str,
        to_number: str,
        body: str,
        *,
        account_id: str | None = None,
    ) -> Interaction:
        """Send a text to *to_number*; return whom that reaches, and what they see."""
        members = {"From": from_number, "To": to_number, "Body": body}
        answer = self._perform("POST", "texts", account_id, **members)
        return unshown(Interaction, answer, "Interaction")

    def log(
        self, *, proxy_session_id: str | None = None, account_id: str | None = None
    ) -> list[Interaction]:
        """Return all calls and texts, or those of one session, in order."""
        answer = self._perform(
            "GET", "interactions", account_id, ProxySessionId=proxy_session_id
        )
        return [unshown(Interaction, i, "Interaction") for i in answer["Interactions"]]

    def masks(self, *, account_id: str | None = None) -> list[Mask]:
        """Return who is masked to whom now, in all regions."""
        answer = self._perform("GET", "masks", account_id)
        return [unshown(Mask, mask, "Mask") for mask in answer["Masks"]]

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

        Args:
            transaction_id: the call.
            status: ``SUCCEEDED``, ``PARTIAL_SUCCESS``, which leaves no voiceprint, or
                ``FAILED``.
            status_message: why.
            confidence_scores: which voice profiles a speaker search finds, by their
                ids, and how sure it is; by default those that the same voice enrolled.
            account_id: whose tasks, by default those of this process.
        """
        self._perform(
            "POST",
            "analyses",
            account_id,
            TransactionId=transaction_id,
            Status=status,
            StatusMessage=status_message,
            ConfidenceScores=confidence_scores,
        )


class Clock(Tool):
    """The time that the service goes by."""

    def now(self, *, account_id: str | None = None) -> datetime:
        """Return the time, UTC."""
        return _time(self._perform("GET", "clock", account_id))

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
        """Let time pass; return the new time."""
        by = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
        return _time(self._perform("POST", "clock", account_id, Advance=by))

    def set(self, to: datetime, *, account_id: str | None = None) -> datetime:
        """Let time pass until *to*, which has a time zone; return the new time."""
        if not isinstance(to, datetime):
            raise SandboxError(f"The clock is set to a datetime, not to {to!r}")
        return _time(self._perform("POST", "clock", account_id, Set=to.isoformat()))

    def reset(self, *, account_id: str | None = None) -> datetime:
        """Return to real time; sessions that have expired stay so."""
        return _time(self._perform("DELETE", "clock", account_id))


def _time(answer: Members) -> datetime:
    return instant(answer["Now"], "Now")


class Faults(Tool):
    """Errors that the service answers with, although nothing is wrong."""

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
            times: how many calls fail; each retry of an SDK is a call.
            message: what the error says.
            delay: how many seconds the answer takes.
            account_id: whose calls, by default those of this process.
        """
        answer = self._perform(
            "POST",
            "faults",
            account_id,
            Operation=operation,
            Error=error,
            Times=times,
            Message=message,
            Delay=delay,
        )
        fault_id: str = answer["FaultId"]
        return fault_id

    def pending(self, *, account_id: str | None = None) -> list[Fault]:
        """Return the faults that still wait for calls."""
        answer = self._perform("GET", "faults", account_id)
        return [unshown(Fault, fault, "Fault") for fault in answer["Faults"]]

    def clear(
        self, fault_id: str | None = None, *, account_id: str | None = None
    ) -> None:
        """Forget all faults, or one."""
        self._perform("DELETE", "faults", account_id, FaultId=fault_id)

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
        """Inject a fault, and forget it afterwards if it is still pending."""
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


class Snapshot(Tool):
    """The state of the account as JSON."""

    def export(self, *, account_id: str | None = None) -> dict[str, Any]:
        """Return all of it, ready for ``json.dump``."""
        return self._perform("GET", "state", account_id)

    def load(self, state: Members, *, account_id: str | None = None) -> None:
        """Put *state* in place of all of it."""
        if not isinstance(state, Mapping):
            kind = type(state).__name__
            raise SandboxError(f"A state must be what export() returns, no {kind}")
        self._send("PUT", "state", account_id, state)
