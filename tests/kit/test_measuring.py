"""What coverage measures in a run that it measures, and nothing in another one."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.measured_processes import are_processes_measured


def is_measured() -> bool:
    """Tell whether coverage measures this process now."""
    coverage = sys.modules.get("coverage")
    return coverage is not None and coverage.Coverage.current() is not None


IS_MEASURED = is_measured()  # the run


@pytest.fixture(scope="module")
def shared() -> bool:
    """Tell whether the set-up of a shared fixture is measured."""
    return is_measured()


@pytest.fixture
def own() -> bool:
    """Tell whether the set-up of a test's own fixture is measured."""
    return is_measured()


@pytest.mark.parametrize("endpoint_url", ["server", "in process"])
def test_server_is_not_measured(endpoint_url: str, shared: bool, own: bool) -> None:
    """A test is measured in process, and a shared fixture for whichever test."""
    expected = IS_MEASURED and endpoint_url == "in process"

    assert (shared, own, is_measured()) == (IS_MEASURED, expected, expected)
    assert not are_processes_measured()


@pytest.mark.measured
@pytest.mark.parametrize("endpoint_url", ["server", "in process"])
def test_marked_test_is_measured(endpoint_url: str, own: bool) -> None:
    """A marked test is measured on the server, too, and so are its processes."""
    assert (own, is_measured()) == (IS_MEASURED, IS_MEASURED)
    assert are_processes_measured() == IS_MEASURED


@pytest.mark.sampled(2)
@pytest.mark.parametrize("case", range(4))
def test_cases_are_sampled(case: int, own: bool) -> None:
    """Of a test that is sampled, the first cases are measured."""
    expected = IS_MEASURED and case < 2

    assert (own, is_measured()) == (expected, expected)


EXAMPLES: list[bool] = []


@pytest.mark.sampled(2)
@settings(max_examples=4)
@given(st.integers())
def test_examples_are_sampled(number: int) -> None:
    """Of a test of Hypothesis, the first examples are."""
    EXAMPLES.append(is_measured())

    assert EXAMPLES[-1] == (IS_MEASURED and len(EXAMPLES) <= 2)
