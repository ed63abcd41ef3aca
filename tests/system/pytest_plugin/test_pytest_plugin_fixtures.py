"""The fixtures and the marker, in test files of their own."""

from __future__ import annotations

import os

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests

FIXTURES = ("proxymock", "proxymock_server")


def run(pytester: pytest.Pytester, code: str, **env: str) -> pytest.RunResult:
    """Run a test file."""
    pytester.makepyfile(test_it=code)
    for name, value in env.items():
        pytester._monkeypatch.setenv(name, value)
    return run_tests(pytester)


def test_fixtures_are_mocked_and_marked(pytester: pytest.Pytester) -> None:
    """Both fixtures have one account each, and are what the closest marker says."""
    copy_tests(pytester, "sandboxes")

    result = run_tests(pytester, "--strict-markers")

    result.assert_outcomes(passed=6)


def test_proxymock_is_the_default_account(pytester: pytest.Pytester) -> None:
    """In process it is moto's account, and the modules without a name are its."""
    copy_tests(pytester, "default_account", modules=["masks"])

    result = run_tests(pytester)

    result.assert_outcomes(passed=2)


def test_account_of_the_process(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MOTO_ACCOUNT_ID is for the calls in process; our server knows nothing of it."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "111111111111")
    copy_tests(pytester, "process_account", modules=["masks"])

    result = run_tests(pytester)

    result.assert_outcomes(passed=2)


def test_server_has_an_account_per_test(pytester: pytest.Pytester) -> None:
    """All tests share a server, and none meets what another, or a mock, has done."""
    copy_tests(pytester, "shared_server", modules=["masks"])

    result = run_tests(pytester)

    result.assert_outcomes(passed=6)


KEYWORDS = "region, countries, expiry_minutes, config, open_legs"
WRONG = {
    "place='us-east-1'": f"the marker proxymock takes {KEYWORDS}, not place",
    "config={}, expiry=3": f"the marker proxymock takes {KEYWORDS}, not expiry",
    "'us-east-1'": f"the marker proxymock takes {KEYWORDS}, not 'us-east-1'",
    "region='mars-1'": "region must be one of us-east-1, *, not 'mars-1'",
    "countries='US'": "countries must be a list of some of *, not 'US'",
    "countries=['US', 'ZZ']": "countries must be a list of some of *, not *'ZZ'[]]",
    "countries=[[]]": "countries must be a list of some of *, not *",
    "expiry_minutes=0": "expiry_minutes must be an integer of at least 1, not 0",
    "expiry_minutes='60'": "expiry_minutes must be an integer of at least 1, not '60'",
    "open_legs='mend'": "open_legs must be 'report' or 'fail', not 'mend'",
    "config={'deleted_session': 1}": "proxymock has no setting 'deleted_session'; *",
    "config={'max_session_minutes': 0}": "max_session_minutes must be a positive *",
}


@pytest.mark.measured
def test_wrong_marker_fails_the_test(pytester: pytest.Pytester) -> None:
    """A wrong keyword or value is one clear line and no traceback."""
    tests = "".join(
        f"@pytest.mark.proxymock({marker})\ndef test_{n}_{fixture}({fixture}): pass\n"
        for n, marker in enumerate(WRONG)
        for fixture in FIXTURES
    )

    result = run(pytester, f"import pytest\n{tests}")

    result.assert_outcomes(errors=2 * len(WRONG))
    for message in WRONG.values():
        result.stdout.fnmatch_lines([f"proxymock: {message}"] * 2)
    result.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_marker_has_the_regions_that_requests_have(pytester: pytest.Pytester) -> None:
    """Where moto accepts any region, so does the marker."""
    marked = "import pytest\npytestmark = pytest.mark.proxymock(region='eu-north-1')\n"
    calls = [f"def test_{it}({it}): {it}.client.list_sip_rules()" for it in FIXTURES]
    tests = marked + "\n".join(calls)

    result = run(pytester, tests, MOTO_ALLOW_NONEXISTENT_REGION="true")

    result.assert_outcomes(passed=2)


@pytest.mark.measured
def test_server_needs_its_packages(pytester: pytest.Pytester) -> None:
    """Without flask the failure says what to install."""
    pytester.makepyfile(**{"broken/flask": "raise ImportError('no flask')"})
    path = f"{pytester.path / 'broken'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"

    result = run(pytester, "def test_it(proxymock_server): pass\n", PYTHONPATH=path)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "proxymock: the server does not begin: proxymock-server needs more "
            "packages (no flask): pip install 'proxymock[[]server]'"
        ]
    )


def test_fixtures_and_marker_are_listed(pytester: pytest.Pytester) -> None:
    """pytest tells what there is."""
    fixtures = run_tests(pytester, "--fixtures")
    markers = run_tests(pytester, "--markers")

    fixtures.stdout.fnmatch_lines(["proxymock -- *", "*A fresh mocked AWS*"])
    fixtures.stdout.fnmatch_lines(["proxymock_server -- *", "*An account of its own*"])
    markers.stdout.fnmatch_lines(
        ["@pytest.mark.proxymock(region=, countries=, expiry_minutes=, config=, *"]
    )
