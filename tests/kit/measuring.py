"""Hooks of pytest that stop coverage where other tests run the same lines.

Measuring doubles the time of a test.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import is_hypothesis_test

if TYPE_CHECKING:
    from coverage import Coverage

_NUMBER = pytest.StashKey[int]()  # which case of its test a case is
_OF_PROCESSES = "COVERAGE_PROCESS_CONFIG"  # by which coverage measures a new process


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Number the cases of each test."""
    cases = Counter[str]()
    for item in items:
        test, _, _ = item.nodeid.partition("[")
        item.stash[_NUMBER] = cases[test]
        cases[test] += 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Iterator[None]:
    """Measure a test only in this process, and only if it is not on the server.

    Of a test that is sampled, measure the first cases, or examples of Hypothesis.
    """
    if item.get_closest_marker("measured"):
        return (yield)
    with ExitStack() as stack:
        stack.enter_context(_processes_unmeasured())
        coverage = _coverage()
        if coverage is None:
            return (yield)

        def stop() -> None:
            coverage.stop()
            stack.callback(coverage.start)

        sampled = item.get_closest_marker("sampled")
        if is_on_server(item):
            stop()
        elif sampled and is_hypothesis_test(item.obj):
            stack.enter_context(_before_example(sampled.args[0], item.obj, stop))
        elif sampled and item.stash[_NUMBER] >= sampled.args[0]:
            stop()
        return (yield)


def are_processes_measured() -> bool:
    """Tell whether coverage measures a process that is started now."""
    return _OF_PROCESSES in os.environ


@contextmanager
def _processes_unmeasured() -> Iterator[None]:
    config = os.environ.pop(_OF_PROCESSES, None)
    try:
        yield
    finally:
        if config is not None:
            os.environ[_OF_PROCESSES] = config


def _coverage() -> Coverage | None:
    """Return what measures this process; where nothing does, it need not be there."""
    if "coverage" not in sys.modules:
        return None
    from coverage import Coverage

    return Coverage.current()


def is_on_server(item: pytest.Item) -> bool:
    """Tell whether a test is the case, of a test for several places, on the server."""
    callspec = getattr(item, "callspec", None)
    places = callspec.params if callspec else {}
    return "server" in (places.get("endpoint_url"), places.get("wire"))


def _before_example(number: int, test: Any, then: Callable[[], None]) -> Any:
    """Call *then* before a test of Hypothesis runs its example of this number."""
    inner = test.hypothesis.inner_test
    numbers = count()

    @wraps(inner)
    def numbered(*arguments: Any, **options: Any) -> Any:
        if next(numbers) == number:
            then()
        return inner(*arguments, **options)

    return patch.object(test.hypothesis, "inner_test", numbered)
