"""``proxymock-server --ended``: what was called on it that AWS has ended."""

from __future__ import annotations

import signal
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from kit.transports.clients import CREDENTIALS, REGION
from kit.transports.servers import Start, url_in
from proxymock.server import main

ENDS = 30


@pytest.mark.measured
@pytest.mark.parametrize(
    ("operation", "told"),
    [
        ("get_voice_connector_proxy", "GetVoiceConnectorProxy (2026-04-07)"),
        ("get_voice_connector", "none"),
    ],
)
def test_told_at_the_end(start: Start, operation: str, told: str) -> None:
    """The last line has the operations, with the day on which AWS ended them."""
    process, line = start("--ended", "--quiet")
    client: Any = boto3.client(  # type: ignore[call-overload]
        "chime-sdk-voice",
        region_name=REGION,
        endpoint_url=url_in(line),
        **CREDENTIALS,
    )
    with pytest.raises(ClientError):
        getattr(client, operation)(VoiceConnectorId="abcdef1ghij2klmno3pqr4")

    process.send_signal(signal.SIGTERM)
    _, printed = process.communicate(timeout=ENDS)

    assert printed == f"Operations called that AWS has ended: {told}\n"
    assert process.returncode == 0


def test_not_with_a_reloading_server(capsys: pytest.CaptureFixture[str]) -> None:
    """A server that starts again would forget what was called before."""
    with pytest.raises(SystemExit):
        main(["--ended", "--reload"])

    assert "--ended cannot follow --reload" in capsys.readouterr().err
