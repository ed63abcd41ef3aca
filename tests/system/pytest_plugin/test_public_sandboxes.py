"""Sandboxes outside of the fixtures, and what is set where it can do nothing."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests


def test_fixture_of_a_wider_scope(pytester: pytest.Pytester) -> None:
    """A module can have a sandbox of its own; a test's fixture is apart from it."""
    copy_tests(pytester, "wider_scope")

    result = run_tests(pytester)

    result.assert_outcomes(passed=4)


@pytest.mark.measured
def test_marker_without_a_fixture_fails(pytester: pytest.Pytester) -> None:
    """A marker that sets nothing is an error, on a function, a class or a module."""
    copy_tests(pytester, "marked", "marked_module")

    result = run_tests(pytester)

    result.assert_outcomes(failed=6)
    result.stdout.fnmatch_lines(["proxymock: the marker proxymock sets the *"] * 5)
    result.stdout.fnmatch_lines(["*Failed: its own reason"])


@pytest.mark.measured
def test_sandbox_outside_of_a_mock(pytester: pytest.Pytester) -> None:
    """What would be lost with the next mock is refused, and says why."""
    copy_tests(pytester, "outside_of_a_mock")

    result = run_tests(pytester)

    result.assert_outcomes(passed=5)


def test_public_names_bring_no_moto(pytester: pytest.Pytester) -> None:
    """The error can be imported where nothing else of moto is."""
    result = pytester.runpython_c(
        "import sys; from proxymock import SandboxError as error; "
        "print(error.__name__, 'moto' in sys.modules)"
    )

    assert result.outlines == ["SandboxError False"]
