"""moto's own mock, in a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws


@pytest.fixture(autouse=True)
def aws() -> Iterator[None]:
    """Mock AWS around each test."""
    with mock_aws():
        yield
