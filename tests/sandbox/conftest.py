"""The sandbox, in this process and through the server."""

from __future__ import annotations

import pytest

from proxymock.plugin.control_client import Connection
from proxymock.plugin.tools import Clock, Faults, Snapshot


@pytest.fixture
def clock(connection: Connection) -> Clock:
    """The clock of the default account."""
    return Clock(connection=connection)


@pytest.fixture
def faults(connection: Connection) -> Faults:
    """The faults of the default account."""
    return Faults(connection=connection)


@pytest.fixture
def snapshot(connection: Connection) -> Snapshot:
    """The state of the default account."""
    return Snapshot(connection=connection)
