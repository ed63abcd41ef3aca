"""A marker that sets nothing, on a module."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.proxymock(region="eu-west-2")


def test_it() -> None:
    """A test that passes but for its marker."""


def test_broken() -> None:
    """A test that fails for a reason of its own."""
    pytest.fail("its own reason")
