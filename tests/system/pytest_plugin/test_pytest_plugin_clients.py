"""Under pytest no client reaches AWS while AWS is mocked, whenever it was made."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests

WAYS = [
    "clients_in_the_fixture",
    pytest.param("clients_before_moto", marks=pytest.mark.measured),
    "clients_before_the_mock",
    "clients_that_are_patched",
    "clients_without_a_mock",
]


def run(pytester: pytest.Pytester, *names: str, options: str = "") -> pytest.RunResult:
    """Run tests, a process each, with a program, where no request gets out."""
    copy_tests(pytester, *names, modules=("program", "no_way_out"))
    # A module of its own name, so that tests catch the very class that it raises.
    pytester.makeconftest("import no_way_out")
    pytester.syspathinsert()
    return run_tests(pytester, *options.split())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("options", ["", "-p program"], ids=["imported", "plugin"])
def test_client_of_before(pytester: pytest.Pytester, way: str, options: str) -> None:
    """Clients and resources from before moto was imported are mocked, while AWS is."""
    result = run(pytester, way, options=options)

    result.assert_outcomes(passed=1)


MODES = {
    "a host that moto does not know": ("moto_does_not_know", {}),
    "moto's server": ("of_before", {"TEST_SERVER_MODE": "true"}),
    "moto's proxy": ("of_before", {"TEST_PROXY_MODE": "true"}),
}


@pytest.mark.measured
@pytest.mark.parametrize(("test", "environment"), MODES.values(), ids=MODES)
def test_request_that_would_leave_fails_the_test(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    test: str,
    environment: dict[str, str],
) -> None:
    """What no mock can answer is not sent; the test fails, and says what to do."""
    monkeypatch.setenv("MOTO_CALL_RESET_API", "false")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    result = run(pytester, "leaving", options=f"-k {test}")

    result.assert_outcomes(failed=1, deselected=1)
    result.stdout.fnmatch_lines(
        ["proxymock: a request for * was about to leave for AWS, which is mocked. *"]
    )


def test_what_moto_lets_through_may_leave(pytester: pytest.Pytester) -> None:
    """A URL or a service that the test lets through reaches the network."""
    result = run(pytester, "let_through")

    result.assert_outcomes(passed=2)


ENDPOINTS = {
    "variable": {"AWS_ENDPOINT_URL": "http://nobody.invalid"},
    "variable of the service": {
        "AWS_ENDPOINT_URL_CHIME_SDK_VOICE": "http://nobody.invalid"
    },
    "file": {"AWS_CONFIG_FILE": "config"},
}


@pytest.mark.measured
@pytest.mark.parametrize("environment", ENDPOINTS.values(), ids=ENDPOINTS)
def test_client_of_before_with_an_endpoint_fails_the_test(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
) -> None:
    """A client that was made for another endpoint would look elsewhere."""
    pytester.path.joinpath("config").write_text(
        "[default]\nservices = s\n"
        "[services s]\nchime_sdk_voice =\n  endpoint_url = http://nobody.invalid\n"
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    result = run(pytester, "client_with_an_endpoint")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["proxymock: a client sends to nobody.invalid, not to the mocked AWS. *"]
    )
