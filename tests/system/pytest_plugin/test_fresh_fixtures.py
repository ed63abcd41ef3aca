"""The fixtures are fresh, and only theirs, whatever the process is like."""

from __future__ import annotations

import socket

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests


def test_mock_around_the_fixtures(pytester: pytest.Pytester) -> None:
    """A mock of a wider scope neither reaches into a fixture nor hears of it."""
    copy_tests(pytester, "fresh", conftest="around")

    result = run_tests(pytester)

    result.assert_outcomes(passed=3)


def test_everybody_is_in_the_world_of_the_fixture(pytester: pytest.Pytester) -> None:
    """In a mock, client of before, modules and other services are the fixture's."""
    copy_tests(pytester, "inside_a_mock", conftest="around")

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)


def _nowhere() -> str:
    """Return a URL at which nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{reserved.getsockname()[1]}"


CONFIG = """
[default]
region = mars-1
retry_mode = nonsense
services = elsewhere
use_fips_endpoint = true
[services elsewhere]
chime_sdk_voice =
  endpoint_url = {nowhere}
sts =
  endpoint_url = {nowhere}
"""
ENVIRONMENTS = 8  # of inner/surroundings.py


@pytest.mark.measured
def test_environment_stays_outside(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is set for other programs does not reach into the fixtures."""
    nowhere = _nowhere()
    pytester.path.joinpath("config").write_text(CONFIG.format(nowhere=nowhere))
    monkeypatch.setenv("NOWHERE", nowhere)
    copy_tests(pytester, "fresh", conftest="surroundings")

    result = run_tests(pytester)

    result.assert_outcomes(passed=3 * ENVIRONMENTS)


def test_clients_of_the_program_follow_no_endpoint(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that the program makes in a test looks where the fixture does."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", _nowhere())
    monkeypatch.delenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", raising=False)
    copy_tests(pytester, "program_client")

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)


LIBRARIES = 6  # of inner/mocked_http.py


def test_what_a_test_mocks_is_not_in_the_way(pytester: pytest.Pytester) -> None:
    """The server of the fixture is reached past every library that mocks HTTP."""
    copy_tests(pytester, "fresh", conftest="mocked_http")

    result = run_tests(pytester)

    result.assert_outcomes(passed=3 * LIBRARIES)


def test_responses_is_not_in_the_way(pytester: pytest.Pytester) -> None:
    """A test that mocks other HTTP with the library responses has both fixtures."""
    copy_tests(pytester, "fresh", "responses_active")

    result = run_tests(pytester, "test_responses_active.py")

    result.assert_outcomes(passed=1)


def test_file_named_as_the_package(pytester: pytest.Pytester) -> None:
    """A file proxymock.py in the working directory is nobody's server."""
    pytester.makepyfile(
        **{
            "elsewhere/proxymock": "raise SystemExit('not this one')",
            "conftest": "import os\nos.chdir('elsewhere')\n",
            "test_it": "def test_it(proxymock_server): ...",
        }
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)
