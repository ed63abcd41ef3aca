"""Whoever waits for an injected error keeps nobody else waiting."""

from __future__ import annotations

import time

import pytest

from proxymock.api.errors import NotFoundException
from proxymock.sandbox.faults import Fault, Faults


def test_others_may_inject_during_a_delay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A delay is waited for without the lock of the faults."""
    faults = Faults()
    injected: list[Fault] = []

    def sleep(seconds: float) -> None:
        assert not faults._lock.locked(), "to inject would be to wait for ever"
        injected.append(faults.inject("GetProxySession", "NotFoundException"))

    monkeypatch.setattr(time, "sleep", sleep)
    faults.inject("GetProxySession", "NotFoundException", delay=1)

    with pytest.raises(NotFoundException):
        faults.raise_if_due("GetProxySession")

    assert len(injected) == 1
    assert faults.pending() == injected
