"""A plugin of pytest: what Pyodide cannot run is skipped, with the reason."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

# A test that fails because one of these cannot be imported is skipped.
NOT_BUILT = ("_cffi_backend", "cryptography", "pyfakefs")
ALONE = "Pyodide has neither processes nor threads nor sockets"
FIXTURES = {"pytester", "server_url", "start"}
DEEP = "Node.js has room for calls that are deeper than elsewhere"
# Whose code is a library's is told by where its file is.
ZIPPED = "the library of Python is a zip file in Pyodide"
LIBRARY = ("test_place_is_in_ones_own_code", "test_library_as_a_function")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a server, and what needs the stack to have an end."""
    for item in items:
        parameters = getattr(item, "callspec", None)
        values = [*parameters.params.values()] if parameters else []
        if "server" in values or FIXTURES & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.skip(reason=ALONE))
        if getattr(item, "originalname", None) in LIBRARY:
            item.add_marker(pytest.mark.skip(reason=ZIPPED))
        if any("nested too deep" in str(value) for value in values):
            item.add_marker(pytest.mark.skip(reason=DEEP))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Skip a test that has failed for what is not there."""
    report = yield
    if report.failed and call.excinfo is not None:
        for error in _chain(call.excinfo.value):
            reason = _reason(error)
            if reason is not None:
                report.outcome = "skipped"
                report.longrepr = str(item.path), 0, f"Skipped: {reason}"
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
