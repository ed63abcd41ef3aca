"""A test whose conftest mocks AWS."""

from __future__ import annotations

from rides import use


def test_it() -> None:
    """A test that says nothing of moto."""
    use()
