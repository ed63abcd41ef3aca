"""``pytest --proxymock-ended``: which tests call what AWS has ended.

Requests themselves note it, in ``sandbox/journal.py``. A run of pytest without the
option never imports this module.
"""

from __future__ import annotations

import sys

import pytest

_CALLED = "proxymock_ended"  # the attribute of a report, which xdist passes on
_JOURNAL = "proxymock.sandbox.journal"


class EndedOperations:
    """A plugin of pytest that lists the operations of each test.

    It sees the calls in the process of the test, and those that a fixture of proxymock
    has made to a server.
    """

    def __init__(self) -> None:
        self._called: dict[str, set[str]] = {}

    # First: a worker of xdist sends the report on.
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what was called in a phase of a test, in its report too."""
        called = vars(report).setdefault(_CALLED, _take())
        if called:
            self._called.setdefault(report.nodeid, set()).update(called)

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Print a line for each test that has called one, and all of them."""
        write = terminalreporter.write_line
        terminalreporter.ensure_newline()
        terminalreporter.section("operations that AWS has ended")
        if not self._called:
            write("No test has called one.")
            return
        # Not at the top: a project without moto has nothing to list.
        from proxymock.sandbox.reads.operations import dated

        for test, names in sorted(self._called.items()):
            write(f"{test}: {', '.join(sorted(names))}")
        write(f"All: {dated(set().union(*self._called.values()))}")


def _take() -> list[str]:
    """Return which were called since the last time, none if moto was never used."""
    journal = sys.modules.get(_JOURNAL)
    if journal is None:
        return []
    called: list[str] = journal.ended_calls()
    journal.forget_ended_calls()
    return called
