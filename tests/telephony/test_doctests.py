"""The examples in docstrings."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["description", "responses"])
def test_examples_in_docstrings_are_true(name: str) -> None:
    """What a docstring shows is what happens."""
    results = doctest.testmod(import_module(f"proxymock.telephony.{name}"))

    assert (results.failed, results.attempted > 0) == (0, True)
