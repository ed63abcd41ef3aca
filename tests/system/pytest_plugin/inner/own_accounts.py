"""What each test does to its account while the others do the same to theirs.

The clock goes so far that anybody else's session would expire.
"""

from __future__ import annotations

import pytest

from proxymock import ServerSandbox

PAIR = ["+12065550100", "+14015550101"]


@pytest.mark.parametrize("n", range(8))
def test_account(proxymock_server: ServerSandbox, n: int) -> None:
    """Nobody meets another's number, session, fault or time."""
    sandbox = proxymock_server
    minutes = 10 * (n + 1)
    operation = ["CreateProxySession", "GetProxySession"][n % 2]
    for _ in range(3):
        before = sandbox.clock.now()
        session = sandbox.client.create_proxy_session(
            VoiceConnectorId=sandbox.voice_connector_id,
            ParticipantPhoneNumbers=PAIR,
            Capabilities=["Voice"],
            ExpiryMinutes=minutes,
        )["ProxySession"]
        number = session["Participants"][0]["ProxyPhoneNumber"]
        assert number == "+12015550150"
        assert len(sandbox.phone.masks()) == 1
        assert sandbox.phone.call("+12065550100", number).outcome == "Connected"
        with sandbox.faults.injected(operation, "ForbiddenException", times=99):
            assert len(sandbox.faults.pending()) == 1
            meet_the_fault(sandbox, n, session["ProxySessionId"])
        passed = sandbox.clock.advance(minutes=minutes) - before
        assert minutes <= passed.total_seconds() / 60 < minutes + 5
        assert sandbox.phone.masks() == []
    assert len(sandbox.phone.log()) == 3
    print("SERVER", sandbox.endpoint_url)


def meet_the_fault(sandbox: ServerSandbox, n: int, session_id: str) -> None:
    """Call the operation that fails in the *n*-th test."""
    client, forbidden = sandbox.client, sandbox.client.exceptions.ForbiddenException
    id = sandbox.voice_connector_id
    if n % 2:
        with pytest.raises(forbidden):
            client.get_proxy_session(VoiceConnectorId=id, ProxySessionId=session_id)
    else:
        with pytest.raises(forbidden):
            client.create_proxy_session(
                VoiceConnectorId=id,
                ParticipantPhoneNumbers=PAIR,
                Capabilities=["Voice"],
            )
