"""What keeps the tests fast: hooks of pytest."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from coverage import Coverage

_OF_PROCESSES = "COVERAGE_PROCESS_CONFIG"  # by which coverage measures a new process


def pytest_collection_finish() -> None:
    """Spare the garbage collector the thousands of tests, which stay to the end."""
    _freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Iterator[None]:
    """Spare the garbage collector what a file of tests leaves, too.

    It leaves reports, and the data of botocore that its clients have loaded.
    """
    result = yield
    if nextitem is None or nextitem.path != item.path:
        _freeze()
    return result


def pytest_sessionfinish() -> None:
    """Leave nothing out when pytest looks for what nobody has closed."""
    gc.unfreeze()


def _freeze() -> None:
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test in process alone, and not the processes that it starts.

    Measuring doubles the time of a test, and other tests run the same lines there.
    """
    if item.get_closest_marker("measured"):
        return (yield)
    with ExitStack() as stack:
        stack.enter_context(_processes_unmeasured())
        if is_on_server(item) or item.get_closest_marker("unmeasured"):
            stack.enter_context(_unmeasured())
        return (yield)


@contextmanager
def _processes_unmeasured() -> Iterator[None]:
    config = os.environ.pop(_OF_PROCESSES, None)
    try:
        yield
    finally:
        if config is not None:
            os.environ[_OF_PROCESSES] = config


@contextmanager
def _unmeasured() -> Iterator[None]:
    coverage = _coverage()
    if coverage is None:
        yield
        return
    coverage.stop()
    try:
        yield
    finally:
        coverage.start()


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
