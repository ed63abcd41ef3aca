"""Whether coverage measures the processes that a test starts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_CONFIG = "COVERAGE_PROCESS_CONFIG"  # by which coverage measures a new process


def are_processes_measured() -> bool:
    """Tell whether coverage measures a process that is started now."""
    return _CONFIG in os.environ


@contextmanager
def processes_unmeasured() -> Iterator[None]:
    """Let coverage measure no process that is started meanwhile.

    Afterwards they are measured if they were before, whatever happens in between.
    """
    config = os.environ.pop(_CONFIG, None)
    try:
        yield
    finally:
        os.environ.pop(_CONFIG, None)
        if config is not None:
            os.environ[_CONFIG] = config
