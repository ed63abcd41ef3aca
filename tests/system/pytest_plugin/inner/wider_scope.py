"""A module's own sandboxes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proxymock import Sandbox, ServerSandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One in process for all tests of the module."""
    with Sandbox.mocked(region="eu-west-2", expiry_minutes=7) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def server(proxymock_server_url: str) -> ServerSandbox:
    """One at the server for all tests of the module."""
    return ServerSandbox.on(proxymock_server_url, region="eu-west-2", expiry_minutes=7)


@pytest.mark.parametrize("n", [1, 2])
def test_one_world(sandbox: Sandbox, server: ServerSandbox, n: int) -> None:
    """What a test does is there in the next."""
    for each in sandbox, server:
        assert each.client.meta.region_name == "eu-west-2"
        session = each.client.create_proxy_session(
            VoiceConnectorId=each.voice_connector_id,
            ParticipantPhoneNumbers=["+12065550100", "+14015550101"],
            Capabilities=["Voice"],
        )["ProxySession"]
        assert session["ExpiryMinutes"] == 7
        assert len(each.phone.masks()) == n


def test_apart(sandbox: Sandbox, proxymock: Sandbox) -> None:
    """The fixture of a test does not see it."""
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    assert len(sandbox.phone.masks()) == 2


def test_wrong() -> None:
    """Its keywords are checked."""
    with pytest.raises(ValueError, match="region must be one of"):
        ServerSandbox.on("http://127.0.0.1:1", region="mars-1")
