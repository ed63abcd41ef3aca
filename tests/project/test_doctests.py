from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

import proxymock

FINDER = doctest.DocTestFinder(exclude_empty=True)
SCRIPTS = sorted(Path(__file__).parents[2].glob("scripts/*.py"))
MODULES = [
    import_module(module.name)
    for module in pkgutil.walk_packages(proxymock.__path__, "proxymock.")
    if not module.name.endswith(".__main__")  # which would start a server
] + [
    import_module(path.stem)
    for path in sorted(Path(__file__).parents[2].glob("scripts/*.py"))
]
EXAMPLES = [
    example
    for module in MODULES
    for example in FINDER.find(module, module.__name__)
    if example.examples
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_examples_in_docstrings_are_true(example: doctest.DocTest) -> None:
    """What a docstring of the package or of a script shows is what happens."""
    assert doctest.DocTestRunner().run(example).failed == 0


def test_parts_have_examples() -> None:
    """The test above has something to test in each part that explains itself so."""
    parts = {part for example in EXAMPLES for part in example.name.split(".")[:2]}

    assert parts >= {"api", "numbering_plan", "sandbox", "clock", "faults", "phone"}
    assert parts >= {"http_commands", "ledger_anchors", "release"}
