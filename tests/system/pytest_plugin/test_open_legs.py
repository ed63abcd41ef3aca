"""Legs that were forgotten, in test files of their own."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests


@pytest.mark.measured
def test_forgotten_legs_fail_the_test(pytester: pytest.Pytester) -> None:
    """With the marker, a leg that was forgotten fails its test, and is shown."""
    copy_tests(pytester, "open_legs")

    result = run_tests(pytester)

    result.assert_outcomes(failed=2, passed=8)
    result.stdout.fnmatch_lines(
        [
            "proxymock: call *: LEG-B is up although the other leg has hung up",
            "*Chime SDK*",
            "*BYE*",
            "*HANGUP LEG-A 0*",
        ]
    )
