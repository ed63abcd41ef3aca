"""The account that MOTO_ACCOUNT_ID names."""

from __future__ import annotations

from masks import PAIR, mask

from proxymock import Sandbox, ServerSandbox, phone


def test_process(proxymock: Sandbox) -> None:
    """It is the account of this process, for the modules too."""
    assert proxymock.account_id == "111111111111"
    _, number = mask(proxymock)
    assert phone.call(PAIR[0], number).outcome == "Connected"


def test_server(proxymock_server: ServerSandbox) -> None:
    """A server of ours knows nothing of it."""
    arn = proxymock_server.client.get_voice_connector(
        VoiceConnectorId=proxymock_server.voice_connector_id
    )["VoiceConnector"]["VoiceConnectorArn"]
    assert arn.split(":")[4] == proxymock_server.account_id != "111111111111"
