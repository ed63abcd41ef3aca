"""Sandboxes outside of the fixtures, and what is set where it can do nothing."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests


def test_fixture_of_a_wider_scope(pytester: pytest.Pytester) -> None:
    """A module can have a sandbox of its own; a test's fixture is apart from it."""
    copy_tests(pytester, "wider_scope")

    result = run_tests(pytester)

    result.assert_outcomes(passed=4)


MARKED = {
    "right": "region='eu-west-2'",
    "wrong": "place='us-east-1'",
}


@pytest.mark.parametrize("keywords", MARKED.values(), ids=MARKED)
def test_marker_without_a_fixture_fails(
    pytester: pytest.Pytester, keywords: str
) -> None:
    """A marker that sets nothing is an error, on a function, a class or a module."""
    pytester.makepyfile(
        test_function=f"""
import pytest
@pytest.mark.proxymock({keywords})
def test_it(): ...
""",
        test_class=f"""
import pytest, unittest
@pytest.mark.proxymock({keywords})
class TestIt(unittest.TestCase):
    def test_it(self): ...
""",
        test_module=f"""
import pytest
pytestmark = pytest.mark.proxymock({keywords})
def test_it(): ...
def test_broken(): assert False, "its own reason"
""",
    )

    result = run_tests(pytester)

    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(["proxymock: the marker proxymock sets the *"] * 3)
    result.stdout.fnmatch_lines(["*AssertionError: its own reason"])


def test_sandbox_outside_of_a_mock(pytester: pytest.Pytester) -> None:
    """What would be lost with the next mock is refused, and says why."""
    pytester.makepyfile(
        """
import pytest
from proxymock import SandboxError, clock, faults, mock_aws, phone, snapshot

def use():
    phone.call("+12065550100", "+14015550101")

@pytest.mark.parametrize("use", [
    use, lambda: clock.advance(days=1), lambda: snapshot.load({"FormatVersion": 1}),
    lambda: faults.inject("GetProxySession", "NotFoundException"), phone.log,
])
def test_it(use):
    with mock_aws():
        use()
    with pytest.raises(SandboxError, match="^AWS is not mocked here"):
        use()
"""
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=5)


def test_public_names_bring_no_moto(pytester: pytest.Pytester) -> None:
    """The error can be imported where nothing else of moto is."""
    result = pytester.runpython_c(
        "import sys; from proxymock import SandboxError as error; "
        "print(error.__name__, 'moto' in sys.modules)"
    )

    assert result.outlines == ["SandboxError False"]
