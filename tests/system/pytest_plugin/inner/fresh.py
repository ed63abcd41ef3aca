"""A fixture is fresh, and all of it works."""

from __future__ import annotations

import pytest

from proxymock import Sandbox


def use(sandbox: Sandbox) -> None:
    """Do all that can be done with a fresh sandbox."""
    client, id = sandbox.client, sandbox.voice_connector_id
    connectors = client.list_voice_connectors()["VoiceConnectors"]
    assert [connector["VoiceConnectorId"] for connector in connectors] == [id]
    client.create_proxy_session(
        VoiceConnectorId=id,
        Capabilities=["Voice"],
        ParticipantPhoneNumbers=["+12065550100", "+14015550101"],
    )
    [mask] = sandbox.phone.masks()
    assert mask.voice_connector_id == id
    assert len(sandbox.phone.log()) == 0
    sandbox.phone.call("+12065550100", mask.proxy_phone_number)
    sandbox.faults.inject("ListVoiceConnectors", "ForbiddenException", times=9)
    sandbox.clock.advance(days=1)
    assert sandbox.phone.masks() == []
    assert len(sandbox.phone.log()) == 1
    state = sandbox.snapshot.export()
    sandbox.snapshot.load(state)
    assert sandbox.snapshot.export() == state


@pytest.mark.parametrize("fixture", ["proxymock", "proxymock_server"])
def test_one(fixture: str, request: pytest.FixtureRequest) -> None:
    """Each by itself."""
    use(request.getfixturevalue(fixture))


def test_both(proxymock: Sandbox, proxymock_server: Sandbox) -> None:
    """Both in one test."""
    use(proxymock)
    use(proxymock_server)
