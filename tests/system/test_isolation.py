"""Tests that share one server, each with an account of its own, never meet."""

from __future__ import annotations

import threading

import moto.sts.models  # noqa: F401  # pytester forgets what a server imports meanwhile
import pytest

from kit.builders.people import ALICE, BOB
from kit.transports.inner_pytest import copy_tests, run_tests
from proxymock.plugin.fixtures import Options, ServerSandbox, on_server
from proxymock.plugin.sandbox_client import Clock
from proxymock.plugin.transports import OverHTTP

THREADS = 4
ROUNDS = 5


def test_workers_on_one_server(
    pytester: pytest.Pytester, motos_server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight tests in four processes advance clocks and inject faults on one server."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", motos_server_url)
    copy_tests(pytester, "own_accounts")

    result = run_tests(pytester, "-n", "4", "-rP")

    result.assert_outcomes(passed=8)
    assert result.outlines.count(f"SERVER {motos_server_url}") == 8


def test_threads_on_one_server(motos_server_url: str) -> None:
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

    sandboxes = [on_server(Options(), motos_server_url) for _ in range(THREADS)]
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


@pytest.mark.measured
def test_server_mode_of_moto(
    pytester: pytest.Pytester, motos_server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With TEST_SERVER_MODE the modules and the fixture talk to that server."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", motos_server_url)
    copy_tests(pytester, "server_mode")

    result = run_tests(pytester)

    result.assert_outcomes(passed=3)


def test_fixtures_do_not_empty_the_server_of_others(
    pytester: pytest.Pytester, motos_server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is on a server that tests share is there after the fixtures."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", motos_server_url)
    clock = Clock(transport=OverHTTP(motos_server_url))
    before = clock.advance(weeks=100)
    pytester.makepyfile("def test_it(proxymock, proxymock_server): ...")

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)
    assert clock.now() >= before


def test_server_without_proxymock_is_named(motos_server_url: str) -> None:
    """An address that is no server of ours is said to be none."""
    clock = Clock(transport=OverHTTP(f"{motos_server_url}/moto-api/x"))

    with pytest.raises(ValueError, match="does not answer as proxymock does"):
        clock.now()


@pytest.mark.measured
@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "MOTO_ACCOUNT_ID",
            "111111111111",
            "proxymock: MOTO_ACCOUNT_ID must be unset with TEST_SERVER_MODE, or all "
            "tests would share one account of the server",
        ),
        (
            "TEST_SERVER_MODE_ENDPOINT",
            "http://127.0.0.1:1",
            "proxymock: ?Errno * '127.0.0.1:1'",
        ),
    ],
)
@pytest.mark.parametrize("fixture", ["proxymock", "proxymock_server"])
def test_shared_server_that_cannot_be_used(
    pytester: pytest.Pytester, fixture: str, variable: str, value: str, message: str
) -> None:
    """What is wrong with a shared server is said in one line, without a traceback."""
    pytester.makepyfile(f"def test_it({fixture}): pass")
    for name, set_to in {"TEST_SERVER_MODE": "true", variable: value}.items():
        pytester._monkeypatch.setenv(name, set_to)

    result = run_tests(pytester)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*ERROR at setup of test_it *", message], consecutive=True
    )
