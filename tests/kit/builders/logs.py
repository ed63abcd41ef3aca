"""What the tests of the logs of calls start from, and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.builders.receivers import attach_telephones, terminate
from kit.oracles.logs import log, sip_line_problems
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SIP_GROUP = "/aws/ChimeVoiceConnectorSipMessages"
MEDIA_GROUP = "/aws/ChimeVoiceConnectorLogs"
BEGUN = ["INVITE", "100 INVITE", "180 INVITE", "200 INVITE", "ACK"]
WHOLE = [*BEGUN, "BYE", "200 BYE"]


def switch(client: ChimeSDKVoiceClient, connector_id: str, **on: bool) -> None:
    """Say what a connector logs."""
    setting: Any = on
    client.put_voice_connector_logging_configuration(
        VoiceConnectorId=connector_id, LoggingConfiguration=setting
    )


def log_calls(client: ChimeSDKVoiceClient, connector_id: str, **on: bool) -> None:
    """Let a connector have NUMBER and a telephone system, and log."""
    attach_telephones(client, connector_id)
    terminate(client, connector_id)
    switch(client, connector_id, **on)


def events(connect: Connect, group: str) -> list[Any]:
    """Return the events of a log group, in the order of their times."""
    answer = connect("logs").filter_log_events(logGroupName=group)
    return answer["events"]  # type: ignore[no-any-return]


def sip_events(connect: Connect, connector_id: str) -> list[Any]:
    """Return the events of a connector's log of SIP messages."""
    return events(connect, f"{SIP_GROUP}/{connector_id}")


def sip_lines(connect: Connect, connector_id: str) -> list[dict[str, Any]]:
    """Return the lines of that log, each held against what is known."""
    found = sip_events(connect, connector_id)
    assert [sip_line_problems(event["message"]) for event in found] == [[]] * len(found)
    return log(found)
