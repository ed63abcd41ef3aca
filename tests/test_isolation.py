"""Tests that share one server, each with an account of its own, never meet."""

from __future__ import annotations

import threading

import moto.sts.models  # noqa: F401  # pytester forgets what a server imports meanwhile
import pytest

from proxymock.plugin.fixtures import Options, ServerSandbox, on_server
from proxymock.plugin.sandbox_client import Clock
from proxymock.plugin.transports import OverHTTP
from support import ALICE, BOB, WARNINGS_ARE_ERRORS

THREADS = 4
ROUNDS = 5

# What each test does to its own account while the others do the same to theirs. The
# clock goes so far that anybody else's session would expire.
TESTS = """
import pytest

@pytest.mark.parametrize("n", range(8))
def test_account(proxymock_server, n):
    sandbox = proxymock_server
    minutes = 10 * (n + 1)
    operation = ["CreateProxySession", "GetProxySession"][n % 2]
    for _ in range(3):
        before = sandbox.clock.now()
        session = sandbox.client.create_proxy_session(
            VoiceConnectorId=sandbox.voice_connector_id,
            ParticipantPhoneNumbers=["+12065550100", "+14015550101"],
            Capabilities=["Voice"],
            ExpiryMinutes=minutes,
        )["ProxySession"]
        number = session["Participants"][0]["ProxyPhoneNumber"]
        assert number == "+12015550150"
        assert len(sandbox.phone.masks()) == 1
        assert sandbox.phone.call("+12065550100", number).outcome == "Connected"
        with sandbox.faults.injected(operation, "ForbiddenException", times=99):
            assert len(sandbox.faults.pending()) == 1
            with pytest.raises(sandbox.client.exceptions.ForbiddenException):
                if n % 2:
                    sandbox.client.get_proxy_session(
                        VoiceConnectorId=sandbox.voice_connector_id,
                        ProxySessionId=session["ProxySessionId"],
                    )
                else:
                    sandbox.client.create_proxy_session(
                        VoiceConnectorId=sandbox.voice_connector_id,
                        ParticipantPhoneNumbers=["+12065550100", "+14015550101"],
                        Capabilities=["Voice"],
                    )
        passed = sandbox.clock.advance(minutes=minutes) - before
        assert minutes <= passed.total_seconds() / 60 < minutes + 5
        assert sandbox.phone.masks() == []
    assert len(sandbox.phone.log()) == 3
    print("SERVER", sandbox.endpoint_url)
"""


def test_workers_on_one_server(
    pytester: pytest.Pytester, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight tests in four processes advance clocks and inject faults on one server."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", server_url)
    pytester.makepyfile(test_it=TESTS)

    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", "-n", "4", "-rP", *WARNINGS_ARE_ERRORS
    )

    result.assert_outcomes(passed=8)
    assert result.outlines.count(f"SERVER {server_url}") == 8


def test_threads_on_one_server(server_url: str) -> None:
    """At the very same time, nobody's clock, fault or mask touches another's."""
    barrier = threading.Barrier(THREADS)
    seen: list[tuple[int, int, int]] = []

    def use(sandbox: ServerSandbox, n: int) -> None:
        client, connector_id = sandbox.client, sandbox.voice_connector_id
        for _ in range(ROUNDS):
            barrier.wait()
            client.create_proxy_session(
                VoiceConnectorId=connector_id,
                ParticipantPhoneNumbers=[ALICE, BOB],
                Capabilities=["Voice"],
                ExpiryMinutes=10 * (n + 1),
            )
            masks = sandbox.phone.masks()
            barrier.wait()
            sandbox.clock.advance(minutes=10 * (n + 1))
            seen.append((n, len(masks), len(sandbox.phone.masks())))

    sandboxes = [on_server(Options(), server_url) for _ in range(THREADS)]
    threads = [
        threading.Thread(target=use, args=(sandbox, n))
        for n, sandbox in enumerate(sandboxes)
    ]
    for sandbox in sandboxes:
        assert sandbox.voice_connector_id  # boto3 makes no two clients at a time
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(seen) == [(n, 1, 0) for n in range(THREADS) for _ in range(ROUNDS)]


def test_server_mode_of_moto(
    pytester: pytest.Pytester, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With TEST_SERVER_MODE the modules and the fixture talk to that server."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", server_url)
    pytester.makepyfile(
        test_it="""
import boto3
import requests
from moto import mock_aws, settings
from proxymock import clock, faults, phone, snapshot

URL = settings.test_server_mode_endpoint() + "/moto-api/proxymock/"

@mock_aws
def test_modules():
    client = boto3.client("chime-sdk-voice", "us-east-1")
    client.create_voice_connector(Name="Rides", RequireEncryption=True)
    assert snapshot.export() == requests.get(URL + "state").json()
    assert len(snapshot.export()["Regions"]["us-east-1"]["VoiceConnectors"]) == 1
    clock.advance(days=1)
    assert requests.get(URL + "clock").json()["Now"][:10] == str(clock.now())[:10]
    phone.text("+12065550100", "+14015550101", "Hello")
    assert len(requests.get(URL + "interactions").json()["Interactions"]) == 1
    faults.inject("GetProxySession", "NotFoundException")
    assert len(requests.get(URL + "faults").json()["Faults"]) == 1
    snapshot.load({"FormatVersion": 1}, account_id="111111111111")
    try:
        clock.advance(days=-1)
    except ValueError as error:
        assert "forwards only" in str(error)

def test_fixture(proxymock):
    assert proxymock.client.meta.endpoint_url == settings.test_server_mode_endpoint()
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    id = proxymock.voice_connector_id
    theirs = boto3.client("chime-sdk-voice", "us-east-1")
    connectors = theirs.list_voice_connectors()["VoiceConnectors"]
    assert [c["VoiceConnectorId"] for c in connectors] == [id]
    assert snapshot.export() == proxymock.snapshot.export()
    query = {"AccountId": proxymock.account_id}
    assert requests.get(URL + "state", query).json() == snapshot.export()
    assert requests.get(URL + "state").json() == {"FormatVersion": 2}

def test_next(proxymock):
    assert proxymock.client.list_voice_connectors()["VoiceConnectors"] == []
"""
    )

    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", *WARNINGS_ARE_ERRORS
    )

    result.assert_outcomes(passed=3)


def test_fixtures_do_not_empty_the_server_of_others(
    pytester: pytest.Pytester, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on a server that tests share is there after the fixtures."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", server_url)
    clock = Clock(transport=OverHTTP(server_url))
    before = clock.advance(weeks=100)
    pytester.makepyfile("def test_it(proxymock, proxymock_server): ...")

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)
    assert clock.now() >= before


def test_server_without_proxymock_is_named(server_url: str) -> None:
    """An address that is no server of ours is said to be none."""
    clock = Clock(transport=OverHTTP(f"{server_url}/moto-api/x"))

    with pytest.raises(ValueError, match="does not answer as proxymock does"):
        clock.now()
