"""The audio of calls that voice connectors stream, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """The Kinesis video stream that has the audio of one party."""

    stream_arn: str
    is_caller: bool
    start_fragment_number: str


@dataclass(kw_only=True, slots=True)
class Streaming:
    """What one voice connector streams of a call, as its settings were at the start.

    It lasts as long as the leg with the *call_id*. *targets* are who is told of it.
    There is a pipeline if the connector has a media insights configuration. A streaming
    that *failed* never began.
    """

    voice_connector_id: str
    region: str
    call_id: str
    direction: str
    from_number: str
    to_number: str
    started_at: datetime
    targets: list[str]
    streams: list[Stream]
    media_insights_configuration_arn: str | None = None
    media_insights_pipeline_arn: str | None = None
    failed: bool = False
