"""The sandbox, in this process and through the server."""

from __future__ import annotations

import pytest

from proxymock.plugin.tools import (
    Clock,
    Connection,
    Faults,
    InProcess,
    OverHTTP,
    Phone,
    Snapshot,
)


@pytest.fixture
def connection(endpoint_url: str | None) -> Connection:
    """The way to the sandbox of where the client calls."""
    return InProcess() if endpoint_url is None else OverHTTP(endpoint_url)


@pytest.fixture
def phone(connection: Connection) -> Phone:
    """The phone network of the default account."""
    return Phone(connection=connection)


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
