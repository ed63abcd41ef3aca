"""The clients of a program, and a moto that a test imports."""

from __future__ import annotations

import program


def test_it() -> None:
    """Clients from before are mocked."""
    from moto import mock_aws

    with mock_aws():
        assert program.connectors() == ["Rides"]
