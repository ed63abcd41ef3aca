"""moto's own mock, imported by a test."""

from __future__ import annotations

from rides import use


def test_it() -> None:
    """A test that imports moto."""
    from moto import mock_aws

    mock_aws(use)()
