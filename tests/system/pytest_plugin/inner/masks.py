"""Two people who are masked."""

from __future__ import annotations

from typing import Any

from proxymock import Sandbox

PAIR = ["+12065550100", "+14015550101"]


def mask(sandbox: Sandbox) -> tuple[Any, str]:
    """Return a new session and its proxy number."""
    session = sandbox.client.create_proxy_session(
        VoiceConnectorId=sandbox.voice_connector_id,
        ParticipantPhoneNumbers=PAIR,
        Capabilities=["Voice"],
    )["ProxySession"]
    return session, session["Participants"][0]["ProxyPhoneNumber"]
