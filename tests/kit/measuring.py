"""Hooks of pytest that stop coverage where other tests run the same lines.

Measuring doubles the time of a test.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from itertools import count
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import is_hypothesis_test

from kit.measured_processes import processes_unmeasured

if TYPE_CHECKING:
    from coverage import Coverage

_NUMBER = pytest.StashKey[int]()  # which case of its test a case is


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Number the cases of each test."""
    cases = Counter[str]()
    for item in items:
        test, _, _ = item.nodeid.partition("[")
        item.stash[_NUMBER] = cases[test]
        cases[test] += 1


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Function) -> Generator[None, bool, bool]:
    """Measure a test only in this process, and only if it is not on the server.

    Of a test that is sampled, measure the first cases, or examples of Hypothesis.
    """
    if item.get_closest_marker("measured"):
        return (yield)
    sampled = item.get_closest_marker("sampled")
    with ExitStack() as stack:
        stack.enter_context(processes_unmeasured())
        stack.enter_context(_coverage.restored())
        if is_on_server(item):
            _coverage.stop()
        elif sampled and is_hypothesis_test(item.obj):
            number = sampled.args[0]
            stack.enter_context(_before_example(number, item.obj, _coverage.stop))
        elif sampled and item.stash[_NUMBER] >= sampled.args[0]:
            _coverage.stop()
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any],
) -> Generator[None, object, object]:
    """Measure the set-up of a shared fixture, whichever test comes first."""
    with _coverage.restored():
        if fixturedef.scope != "function":
            _coverage.start()
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """Measure the teardown of fixtures that a file or all tests share."""
    if nextitem is None or nextitem.path != item.path:
        _coverage.start()
    return (yield)


class _Coverage:
    """What measures this process, if anything does. It can be stopped for a while."""

    def __init__(self) -> None:
        self._stopped: Coverage | None = None

    def stop(self) -> None:
        if self._stopped is None and "coverage" in sys.modules:
            from coverage import Coverage  # It may not be installed.

            self._stopped = Coverage.current()
            if self._stopped:
                self._stopped.stop()

    def start(self) -> None:
        if self._stopped:
            with processes_unmeasured():  # Its start would have them measured again.
                self._stopped.start()
            self._stopped = None

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Restore the present state afterwards."""
        restore = self.stop if self._stopped else self.start
        try:
            yield
        finally:
            restore()


_coverage = _Coverage()


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
