"""What the fixtures give, and what the marker sets."""

from __future__ import annotations

from typing import Any

import pytest

from proxymock import Sandbox

PAIR = ["+12065550100", "+14015550101"]


@pytest.fixture(params=["proxymock", "proxymock_server"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """The one fixture and the other."""
    sandbox: Sandbox = request.getfixturevalue(request.param)
    return sandbox


def mask(sandbox: Sandbox) -> tuple[Any, str]:
    """Return a new session and its proxy number."""
    session = sandbox.client.create_proxy_session(
        VoiceConnectorId=sandbox.voice_connector_id,
        ParticipantPhoneNumbers=PAIR,
        Capabilities=["Voice"],
    )["ProxySession"]
    return session, session["Participants"][0]["ProxyPhoneNumber"]


def test_everything_is_of_one_account(sandbox: Sandbox) -> None:
    """Client, connector, phone, clock, faults and state."""
    session, number = mask(sandbox)
    assert session["ExpiryMinutes"] == 60
    assert sandbox.phone.call(PAIR[0], number).connected_to == PAIR[1]
    assert [mask.proxy_session_id for mask in sandbox.phone.masks()] == [
        session["ProxySessionId"]
    ]
    before = sandbox.clock.now()
    assert (sandbox.clock.advance(minutes=60) - before).total_seconds() >= 3600
    assert sandbox.phone.call(PAIR[0], number).outcome == "Rejected"
    with sandbox.faults.injected("GetProxySession", "NotFoundException"):
        assert len(sandbox.faults.pending()) == 1
    state = sandbox.snapshot.export()
    sandbox.snapshot.load(state)
    arn = sandbox.client.get_voice_connector(
        VoiceConnectorId=sandbox.voice_connector_id
    )["VoiceConnector"]["VoiceConnectorArn"]
    assert arn.split(":")[3:5] == [sandbox.region, sandbox.account_id]
    assert repr(sandbox).endswith(f"of {sandbox.account_id} in us-east-1>")


@pytest.mark.proxymock(region="eu-west-2", expiry_minutes=5)
class TestMarker:
    """Region, countries, expiry and settings are those of the closest marker."""

    @pytest.mark.proxymock(
        countries=["CA"], expiry_minutes=7, config={"deleted_sessions": "closed"}
    )
    def test_closest(self, sandbox: Sandbox) -> None:
        """What the function's marker sets, and the rest of the class's."""
        session, number = mask(sandbox)
        ids = {name: session[name] for name in ("VoiceConnectorId", "ProxySessionId")}
        assert sandbox.region == "eu-west-2"
        assert sandbox.client.meta.region_name == "eu-west-2"
        assert session["ExpiryMinutes"] == 7
        assert number == "+12045550150"
        sandbox.client.delete_proxy_session(**ids)
        found = sandbox.client.get_proxy_session(**ids)["ProxySession"]
        assert found["Status"] == "Closed"

    def test_next(self, sandbox: Sandbox) -> None:
        """What another function's marker sets is not there."""
        session, _ = mask(sandbox)
        assert session["ExpiryMinutes"] == 5
        sandbox.client.delete_proxy_session(
            VoiceConnectorId=session["VoiceConnectorId"],
            ProxySessionId=session["ProxySessionId"],
        )
        listed = sandbox.client.list_proxy_sessions(
            VoiceConnectorId=session["VoiceConnectorId"]
        )
        assert listed["ProxySessions"] == []
