"""The server that the tests of a run share."""

from __future__ import annotations

import boto3
import pytest
from masks import PAIR, mask

from proxymock import ServerSandbox, mock_aws

seen: list[tuple[str, str]] = []


@pytest.mark.parametrize("number", range(3))
def test_it(proxymock_server: ServerSandbox, number: int) -> None:
    """A test does not meet what another has done."""
    sandbox = proxymock_server
    assert sandbox.client.list_voice_connectors()["VoiceConnectors"] == []
    mask(sandbox)
    sandbox.clock.advance(days=1)
    sandbox.faults.inject("CreateVoiceConnector", "ThrottledClientException", times=9)
    seen.append((sandbox.endpoint_url, sandbox.account_id))


def test_credentials(proxymock_server: ServerSandbox) -> None:
    """The credentials call as the account of the test."""
    sts = boto3.client(
        "sts",
        "us-east-1",
        endpoint_url=proxymock_server.endpoint_url,
        **proxymock_server.credentials,
    )
    assert sts.get_caller_identity()["Account"] == proxymock_server.account_id


def test_all() -> None:
    """There was one server, and an account a test."""
    urls, accounts = zip(*seen, strict=True)
    assert (len(set(urls)), len(set(accounts))) == (1, 3)


@pytest.mark.proxymock(config={"max_session_minutes": 1000}, expiry_minutes=900)
def test_mock_in_the_test(proxymock_server: ServerSandbox) -> None:
    """A mock in process neither empties the server nor sets it."""
    _, number = mask(proxymock_server)
    with mock_aws(config={"proxymock": {"proxy_sessions": "retired"}}):
        assert mask(proxymock_server)[0]["ExpiryMinutes"] == 900
    sessions = proxymock_server.client.list_proxy_sessions(
        VoiceConnectorId=proxymock_server.voice_connector_id
    )["ProxySessions"]
    assert [s["ExpiryMinutes"] for s in sessions] == [900, 900]
    assert proxymock_server.phone.call(PAIR[0], number).connected_to == PAIR[1]
