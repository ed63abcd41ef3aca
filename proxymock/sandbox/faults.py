"""Errors that the service answers with on demand."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import count
from threading import Lock

from proxymock.api import spec
from proxymock.api.errors import ERRORS
from proxymock.sandbox import SandboxError

LONGEST_DELAY = 3600.0
# Shared by all accounts and never reset, so that an old id clears no newer fault.
_IDS = count(1)


@dataclass(kw_only=True, slots=True)
class Fault:
    """An error that waits for the next *times* calls of an operation.

    *delay* is how many seconds of real time each of their answers takes.
    """

    fault_id: str
    operation: str
    error: str
    times: int
    message: str
    delay: float


class Faults:
    """The faults of one account that are still pending, the oldest first."""

    def __init__(self) -> None:
        self._pending: list[Fault] = []
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<Faults {len(self._pending)} pending>"

    def pending(self) -> list[Fault]:
        """Return the faults that still wait for calls, the oldest first."""
        return list(self._pending)

    def inject(
        self,
        operation: str,
        error: str,
        times: int = 1,
        message: str | None = None,
        delay: float = 0.0,
    ) -> Fault:
        """Let the next *times* calls of *operation* fail, each after *delay* seconds.

        Raises SandboxError if there is no such operation, if it does not declare the
        error, or if *times* or *delay* is out of range.
        """
        check_operation(operation)
        declared = spec.operation(operation).errors
        if error not in declared:
            raise SandboxError(
                f"{operation} does not declare {error!r}, only "
                f"{', '.join(sorted(declared))}"
            )
        if times < 1:
            raise SandboxError(f"A fault strikes at least once, not {times} times")
        if not (math.isfinite(delay) and 0 <= delay <= LONGEST_DELAY):
            raise SandboxError(
                f"A delay is from 0 to {LONGEST_DELAY:g} seconds, not {delay}"
            )
        fault = Fault(
            fault_id=str(next(_IDS)),
            operation=operation,
            error=error,
            times=times,
            message=f"Injected {error}" if message is None else message,
            delay=float(delay),
        )
        with self._lock:
            self._pending.append(fault)
        return fault

    def clear(self, fault_id: str | None = None) -> None:
        """Forget all faults, or the one with this id if it is still pending."""
        with self._lock:
            self._pending[:] = [
                fault
                for fault in self._pending
                if fault_id is not None and fault.fault_id != fault_id
            ]

    def raise_if_due(self, operation: str) -> None:
        """Raise the error of the oldest fault of *operation*, if there is one."""
        if not self._pending:  # without the lock: every request comes by here
            return
        with self._lock:
            fault = next((f for f in self._pending if f.operation == operation), None)
            if fault is None:
                return
            fault.times -= 1
            if not fault.times:
                self._pending.remove(fault)
        if fault.delay:  # outside of the lock, or other calls would wait as well
            time.sleep(fault.delay)
        error = ERRORS[fault.error](fault.message)
        error.fault_id = fault.fault_id
        raise error


def check_operation(operation: str) -> None:
    """Raise SandboxError unless there is such an *operation*."""
    if operation in spec.operation_names():
        return
    message = f"Amazon Chime SDK Voice has no operation {operation!r}"
    plain = operation.replace("_", "").replace("-", "").lower()
    meant = [name for name in spec.operation_names() if name.lower() == plain]
    raise SandboxError(f"{message}; it is spelt {meant[0]!r}" if meant else message)
