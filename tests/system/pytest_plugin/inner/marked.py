"""Markers that set nothing: the tests have no fixture of ours."""

from __future__ import annotations

import unittest

import pytest


@pytest.mark.proxymock(region="eu-west-2")
def test_right() -> None:
    """A function with a right marker."""


@pytest.mark.proxymock(place="us-east-1")
def test_wrong() -> None:
    """A function with a wrong marker."""


@pytest.mark.proxymock(region="eu-west-2")
class TestRight(unittest.TestCase):
    """A class with a right marker."""

    def test_it(self) -> None:
        """A test of it."""


@pytest.mark.proxymock(place="us-east-1")
class TestWrong(unittest.TestCase):
    """A class with a wrong marker."""

    def test_it(self) -> None:
        """A test of it."""
