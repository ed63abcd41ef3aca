"""Whoever waits for an injected error keeps nobody else waiting."""

from __future__ import annotations

import time
from threading import Thread

import pytest

from proxymock.api.errors import NotFoundException
from proxymock.sandbox.faults import Fault, Faults


def test_others_may_inject_during_a_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A delay is waited for without the lock of the faults."""
    faults = Faults()
    injected: list[Fault] = []

    def inject() -> None:
        injected.append(faults.inject("GetProxySession", "NotFoundException"))

    def sleep(seconds: float) -> None:
        # With the lock taken, this thread would wait for ever.
        other = Thread(target=inject, daemon=True)
        other.start()
        other.join(10)

    monkeypatch.setattr(time, "sleep", sleep)
    faults.inject("GetProxySession", "NotFoundException", delay=1)

    with pytest.raises(NotFoundException):
        faults.raise_if_due("GetProxySession")

    assert len(injected) == 1
    assert faults.pending() == injected
