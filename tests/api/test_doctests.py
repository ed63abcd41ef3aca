from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

from proxymock import api

MODULES = [module.name for module in pkgutil.iter_modules(api.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name: str) -> None:
    """What a docstring shows is what happens."""
    failed, _ = doctest.testmod(import_module(f"proxymock.api.{name}"))

    assert failed == 0


def test_there_are_examples() -> None:
    """The test above has something to test."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    modules = (import_module(f"proxymock.api.{name}") for name in MODULES)
    examples = [test for module in modules for test in finder.find(module)]

    assert sum(len(test.examples) for test in examples) >= 3
