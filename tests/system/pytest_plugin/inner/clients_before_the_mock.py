"""The clients of a program, and a moto that is imported after it."""

from __future__ import annotations

import program
from moto import mock_aws


@mock_aws
def test_it() -> None:
    """Clients from before are mocked."""
    assert program.connectors() == ["Rides"]
