"""A plugin of pytest: what Pyodide cannot run is skipped, with the reason."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

import pytest

from wasm.absent import Absent

Report = TypeVar("Report", pytest.CollectReport, pytest.TestReport)

# What fails because one of these is not there is skipped. Their files are those of
# another system: an import would fail in the middle, each in a way of its own.
UNUSED, MISSING = "cryptography", "rpds"
NOT_BUILT = (UNUSED, MISSING)
sys.meta_path.insert(0, Absent(UNUSED))
sys.modules[MISSING] = None  # type: ignore[assignment]  # refuses the import
ALONE = "Pyodide has neither processes nor threads nor sockets"
FIXTURES = {"motos_server_url", "pytester", "server_url", "start"}
SIGNS = "a topic of moto's signs what it sends, which needs cryptography"
SIGNED = (
    "test_voice_analytics.py::TestSinks::test_topic",
    *(
        f"test_topics.py::TestFunctions::{name}"
        for name in (
            *("test_bound", "test_event", "test_unbound", "test_that_raises"),
            "test_filter_policy",
        )
    ),
    *(
        f"test_topics.py::TestOthers::{name}"
        for name in ("test_deleted_queue", "test_rule", "test_sink")
    ),
)
DEEP = "Node.js has room for calls that are deeper than elsewhere"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a server, and what needs the stack to have an end."""
    for item in items:
        parameters = getattr(item, "callspec", None)
        values = [*parameters.params.values()] if parameters else []
        if "server" in values or FIXTURES & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.skip(reason=ALONE))
        if item.nodeid.partition("[")[0].endswith(SIGNED):
            item.add_marker(pytest.mark.skip(reason=SIGNS))
        if any("nested too deep" in str(value) for value in values):
            item.add_marker(pytest.mark.skip(reason=DEEP))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Skip a file of tests that has failed for what is not there."""
    report = yield
    return _skipped_if_missing(report, collector, getattr(report, "call", None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skip a test that has failed for what is not there."""
    report = yield
    return _skipped_if_missing(report, item, call)


def _skipped_if_missing(
    report: Report, node: pytest.Item | pytest.Collector, call: Any
) -> Report:
    if report.failed and call is not None and call.excinfo is not None:
        for error in _chain(call.excinfo.value):
            reason = _reason(error)
            if reason is not None:
                report.outcome = "skipped"
                report.longrepr = str(node.path), 0, f"Skipped: {reason}"
    return report


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _reason(error: BaseException) -> str | None:
    if isinstance(error, ImportError):
        name = (error.name or "").partition(".")[0]
        return f"{name} is not built for Pyodide" if name in NOT_BUILT else None
    if isinstance(error, AttributeError) and error.name in ("fork", "tzset"):
        return f"Pyodide has no {error.name}()"
    if "start new thread" in str(error) or "emscripten does not" in str(error):
        return ALONE
    return None
