"""The clients of a program, of which moto patches one as well."""

from __future__ import annotations

import program
from moto import mock_aws
from moto.core import patch_client  # type: ignore[attr-defined]


@mock_aws
def test_it() -> None:
    """A client is not mocked twice."""
    patch_client(program.voice)
    assert program.connectors() == ["Rides"]
