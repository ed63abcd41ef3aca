"""Functions in the fixtures, in test files of their own."""

from __future__ import annotations

import re

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests

FAILING = "test_that_fails_in_its_function"


def test_fixtures_have_functions(pytester: pytest.Pytester) -> None:
    """Both fixtures begin without functions, and serve none after their test."""
    copy_tests(pytester, "functions")

    result = run_tests(pytester, "-k", f"not {FAILING}")

    result.assert_outcomes(passed=15, deselected=4)


@pytest.mark.measured
def test_fixtures_on_motos_server(
    pytester: pytest.Pytester, motos_server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server that moto is told to use, both fixtures serve their callables."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", motos_server_url)
    copy_tests(pytester, "functions")

    result = run_tests(pytester, "-k", f"not {FAILING}")

    result.assert_outcomes(passed=15, deselected=4)


@pytest.mark.measured
def test_functions_fail_tests(pytester: pytest.Pytester) -> None:
    """``pytest.fail`` in a function fails the test, and is no warning of a thread."""
    copy_tests(pytester, "functions")

    result = run_tests(pytester, "-k", FAILING)

    result.assert_outcomes(failed=4, deselected=15)
    reasons = re.findall(r"^E +(.+)", str(result.stdout), re.MULTILINE)
    assert reasons == ["Failed: the function is not content"] * 4
