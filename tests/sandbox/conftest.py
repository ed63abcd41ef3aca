"""The sandbox, in this process and through the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proxymock.plugin.sandbox_client import Clock, Faults, Functions, Snapshot
from proxymock.plugin.transports import Transport


@pytest.fixture
def clock(transport: Transport) -> Clock:
    """The clock of the default account."""
    return Clock(transport=transport)


@pytest.fixture
def faults(transport: Transport) -> Faults:
    """The faults of the default account."""
    return Faults(transport=transport)


@pytest.fixture
def snapshot(transport: Transport) -> Snapshot:
    """The state of the default account."""
    return Snapshot(transport=transport)


@pytest.fixture
def functions(transport: Transport) -> Iterator[Functions]:
    """The functions of the default account."""
    functions = Functions(transport=transport)
    yield functions
    functions.close()
