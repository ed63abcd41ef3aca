"""The fixtures and the marker, in test files of their own."""

from __future__ import annotations

import os

import pytest

from kit.transports.inner_pytest import copy_tests, run_tests

SESSION = """
PAIR = ["+12065550100", "+14015550101"]

def mask(sandbox, **members):
    session = sandbox.client.create_proxy_session(
        VoiceConnectorId=sandbox.voice_connector_id,
        ParticipantPhoneNumbers=PAIR,
        Capabilities=["Voice"],
        **members,
    )["ProxySession"]
    return session, session["Participants"][0]["ProxyPhoneNumber"]
"""
FIXTURES = ("proxymock", "proxymock_server")


def run(pytester: pytest.Pytester, code: str, **env: str) -> pytest.RunResult:
    """Run a test file."""
    pytester.makepyfile(test_it=SESSION + code)
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
    result = run(
        pytester,
        """
import boto3
from proxymock import clock, faults, phone, snapshot

def test_it(proxymock):
    assert proxymock.account_id == "123456789012"
    _, number = mask(proxymock)
    assert phone.call(PAIR[0], number).outcome == "Connected"
    assert phone.log() == proxymock.phone.log()
    assert snapshot.export() == proxymock.snapshot.export()
    clock.advance(days=1)
    assert proxymock.phone.masks() == []
    faults.inject("GetProxySession", "NotFoundException")
    assert faults.pending() == proxymock.faults.pending()
    assert boto3.client("s3", "us-east-1").list_buckets()["Buckets"] == []

def test_next(proxymock):
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    assert proxymock.faults.pending() == []
""",
    )

    result.assert_outcomes(passed=2)


def test_proxymock_follows_the_process(pytester: pytest.Pytester) -> None:
    """With MOTO_ACCOUNT_ID the account is that one, for the modules too."""
    result = run(
        pytester,
        """
from proxymock import phone

def test_it(proxymock):
    assert proxymock.account_id == "111111111111"
    _, number = mask(proxymock)
    assert phone.call(PAIR[0], number).outcome == "Connected"
""",
        MOTO_ACCOUNT_ID="111111111111",
    )

    result.assert_outcomes(passed=1)


def test_server_has_an_account_per_test(pytester: pytest.Pytester) -> None:
    """All tests share a server, and none meets what another has done."""
    result = run(
        pytester,
        """
import boto3
import pytest

seen = []

@pytest.mark.parametrize("n", range(3))
def test_it(proxymock_server, n):
    sandbox = proxymock_server
    assert sandbox.client.list_voice_connectors()["VoiceConnectors"] == []
    mask(sandbox)
    sandbox.clock.advance(days=1)
    sandbox.faults.inject("CreateVoiceConnector", "ThrottledClientException", times=9)
    seen.append((sandbox.endpoint_url, sandbox.account_id))

def test_credentials(proxymock_server):
    sts = boto3.client(
        "sts",
        "us-east-1",
        endpoint_url=proxymock_server.endpoint_url,
        **proxymock_server.credentials,
    )
    assert sts.get_caller_identity()["Account"] == proxymock_server.account_id

def test_all():
    urls, accounts = zip(*seen)
    assert (len(set(urls)), len(set(accounts))) == (1, 3)
""",
    )

    result.assert_outcomes(passed=5)


KEYWORDS = "region, countries, expiry_minutes, config, open_legs"
WRONG = {
    "place='us-east-1'": f"the marker proxymock takes {KEYWORDS}, not place",
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


def test_server_lives_through_mocks_in_the_test(pytester: pytest.Pytester) -> None:
    """What is mocked in process meanwhile neither empties the server nor sets it."""
    result = run(
        pytester,
        """
import pytest
from proxymock import mock_aws

@pytest.mark.proxymock(config={"max_session_minutes": 1000}, expiry_minutes=900)
def test_it(proxymock_server):
    session, number = mask(proxymock_server)
    with mock_aws(config={"proxymock": {"proxy_sessions": "retired"}}):
        assert mask(proxymock_server)[0]["ExpiryMinutes"] == 900
    sessions = proxymock_server.client.list_proxy_sessions(
        VoiceConnectorId=proxymock_server.voice_connector_id
    )["ProxySessions"]
    assert [s["ExpiryMinutes"] for s in sessions] == [900, 900]
    assert proxymock_server.phone.call(PAIR[0], number).connected_to == PAIR[1]
""",
    )

    result.assert_outcomes(passed=1)


def test_fixtures_and_marker_are_listed(pytester: pytest.Pytester) -> None:
    """pytest tells what there is."""
    fixtures = pytester.runpytest_subprocess("--fixtures")
    markers = pytester.runpytest_subprocess("--markers")

    fixtures.stdout.fnmatch_lines(["proxymock -- *", "*A fresh mocked AWS*"])
    fixtures.stdout.fnmatch_lines(["proxymock_server -- *", "*An account of its own*"])
    markers.stdout.fnmatch_lines(
        ["@pytest.mark.proxymock(region=, countries=, expiry_minutes=, config=, *"]
    )
