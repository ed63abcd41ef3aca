"""moto's own mock, imported at the top of a module."""

from __future__ import annotations

import unittest

from moto import mock_aws
from rides import use


@mock_aws
def test_function() -> None:
    """A function."""
    use()


@mock_aws
class TestPlain:
    """A plain class."""

    def test_it(self) -> None:
        """A test of it."""
        use()


@mock_aws
class TestUnittest(unittest.TestCase):
    """A class of unittest."""

    def test_it(self) -> None:
        """A test of it."""
        use()
