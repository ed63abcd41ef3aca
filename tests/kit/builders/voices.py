"""What the tests of voice analytics start from, and read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.builders.receivers import received, stream
from kit.oracles.voice_events import voice_event_problems
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

PLACE = "us-east-1:123456789012"
CONFIGURATION = f"arn:aws:chime:{PLACE}:media-insights-pipeline-configuration/calls"
QUEUE = f"arn:aws:sqs:{PLACE}:events"


def analyse(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Have the calls of a connector analysed."""
    insights = {"Disabled": False, "ConfigurationArn": CONFIGURATION}
    stream(client, connector_id, MediaInsightsConfiguration=insights)


def told(connect: Connect) -> list[dict[str, Any]]:
    """Take what the queue was told, each held against what is known."""
    events = received(connect)
    assert [voice_event_problems(event) for event in events] == [[]] * len(events)
    return events


def statuses(events: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Return the status of each event, and whether it is about the caller."""
    details = [event["detail"] for event in events]
    return [(each["detailStatus"], each["isCaller"]) for each in details]
