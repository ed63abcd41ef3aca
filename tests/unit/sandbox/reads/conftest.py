"""What the tests of the reads share: noon, a client in this process, and its reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any, Protocol

import pytest
import time_machine

from proxymock.plugin.transports import InProcess
from proxymock.sandbox.command_table import Answer, Command

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


class Read(Protocol):
    """Runs a read in the default account."""

    def __call__(self, command: Command[..., Answer], **arguments: Any) -> Answer:
        """Return what it answers."""
        ...


@pytest.fixture
def endpoint_url() -> None:
    """In this process: that both ways are equal is tested for all commands at once."""


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def read() -> Read:
    """Return what runs reads in the default account."""

    def read(command: Command[..., Answer], **arguments: Any) -> Answer:
        return InProcess().run(command, None, arguments)

    return read
