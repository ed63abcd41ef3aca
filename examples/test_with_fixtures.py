"""The fixtures with types, and one of a wider scope."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from proxymock import Sandbox, SandboxError, ServerSandbox


@pytest.fixture(scope="module")
def dispatch() -> Iterator[Sandbox]:
    """One mocked AWS for all tests of this module."""
    with Sandbox.mocked(expiry_minutes=30) as sandbox:
        yield sandbox


@pytest.fixture
def proxy_number(dispatch: Sandbox) -> str:
    """The number that masks a rider and a driver from each other."""
    answer = dispatch.client.create_proxy_session(
        VoiceConnectorId=dispatch.voice_connector_id,
        ParticipantPhoneNumbers=["+12065550101", "+14155550102"],
        Capabilities=["Voice"],
    )
    return answer["ProxySession"]["Participants"][0]["ProxyPhoneNumber"]


def test_rider_reaches_driver(dispatch: Sandbox, proxy_number: str) -> None:
    """The rider dials the proxy number, and the driver answers."""
    call = dispatch.phone.call("+12065550101", proxy_number)

    assert call.connected_to == "+14155550102"


def test_time_goes_on(dispatch: Sandbox) -> None:
    """The clock refuses to run backwards, with an error of its own."""
    with pytest.raises(SandboxError):
        dispatch.clock.advance(minutes=-1)


@pytest.mark.usefixtures("proxy_number")
def test_fixtures_are_apart(
    dispatch: Sandbox, proxymock: Sandbox, proxymock_server: ServerSandbox
) -> None:
    """The fixtures of one test begin empty, whatever the module has done."""
    assert proxymock.phone.masks() == proxymock_server.phone.masks() == []
    assert dispatch.phone.masks() != []
