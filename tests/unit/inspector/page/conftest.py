"""What the tests of the page share: noon, a client in this process, and a look."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Protocol

import pytest
import time_machine

from kit.oracles.screens import Screen
from proxymock.inspector.pages import page
from proxymock.plugin.control import simulation_of

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
SERVER = "http://127.0.0.1:5000"


class Look(Protocol):
    """Looks at a view of the default account."""

    def __call__(self, view: str, **members: str) -> Screen:
        """Return what is to be seen."""
        ...


@pytest.fixture
def endpoint_url() -> None:
    """In this process: the page over HTTP is tested elsewhere."""


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def look() -> Look:
    """Return what looks at a view of the default account."""

    def look(view: str, **members: str) -> Screen:
        query = {"View": view, **members}
        return Screen(page(simulation_of("123456789012"), query, SERVER).body)

    return look
