from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

import proxymock

FINDER = doctest.DocTestFinder(exclude_empty=True)
EXAMPLES = [
    example
    for module in pkgutil.walk_packages(proxymock.__path__, "proxymock.")
    if not module.name.endswith(".__main__")  # which would start a server
    for example in FINDER.find(import_module(module.name), module.name)
    if example.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_examples_in_docstrings_are_true(example: doctest.DocTest) -> None:
    """What a docstring of any part of the package shows is what happens."""
    assert doctest.DocTestRunner().run(example).failed == 0


def test_parts_have_examples() -> None:
    """The test above has something to test in each part that explains itself so."""
    parts = {example.name.split(".")[1] for example in EXAMPLES}

    assert parts >= {"api", "numbering_plan", "sandbox", "clock", "faults", "phone"}
