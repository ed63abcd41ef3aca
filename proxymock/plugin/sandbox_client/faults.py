"""Errors on demand, for Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from proxymock.plugin.sandbox_client.client import SandboxClient
from proxymock.sandbox import commands
from proxymock.sandbox.faults import Fault


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
            # All of its calls may have failed by now; then this does nothing.
            self.clear(fault_id, account_id=account_id)
