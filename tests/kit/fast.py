"""What keeps the tests fast: hooks of pytest, and a fixture."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    """Measure no test that runs the same code as another: it takes twice the time.

    A test that runs in process and on the server is measured in process.
    """
    coverage = _coverage()
    if coverage is None or _is_to_be_measured(item):
        return (yield)
    with _processes_unmeasured():
        coverage.stop()
        try:
            return (yield)
        finally:
            coverage.start()


def _coverage() -> Coverage | None:
    """Return what measures this process; where nothing does, it need not be there."""
    if "coverage" not in sys.modules:
        return None
    from coverage import Coverage

    return Coverage.current()


def _is_to_be_measured(item: pytest.Item) -> bool:
    if item.get_closest_marker("measured"):
        return True
    return not is_on_server(item) and not item.get_closest_marker("unmeasured")


def is_on_server(item: pytest.Item) -> bool:
    """Tell whether a test is the case, of a test for several places, on the server."""
    callspec = getattr(item, "callspec", None)
    places = callspec.params if callspec else {}
    return "server" in (places.get("endpoint_url"), places.get("wire"))


@pytest.fixture
def unmeasured_processes() -> Iterator[None]:
    """Processes that a test starts are not measured, since others run the same code."""
    with _processes_unmeasured():
        yield


@contextmanager
def _processes_unmeasured() -> Iterator[None]:
    config = os.environ.pop(_OF_PROCESSES, None)
    try:
        yield
    finally:
        if config is not None:
            os.environ[_OF_PROCESSES] = config
