"""What is known of the look of what calls leave behind, held against it.

Members stand in the order of the recorded ones. A member is a type, a pattern of the
whole text, or the one value that it can have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
E164 = r"\+[1-9]\d{1,14}"
CONNECTOR = r"[a-z][a-z0-9]{21}"
MILLISECONDS = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"
FRAGMENT = r"\d{47}"
STREAM_ARN = (
    rf"arn:aws:kinesisvideo:[a-z0-9-]+:\d{{12}}:"
    rf"stream/ChimeVoiceConnector-{CONNECTOR}-{UUID}/\d{{13}}"
)
PIPELINE = rf"arn:aws:chime:[a-z0-9-]+:\d{{12}}:media-pipeline/{UUID}"
ENVELOPE = {
    "version": "0",
    "id": UUID,
    "detail-type": r"[A-Z][A-Za-z ]+",
    "source": "aws.chime",
    "account": r"\d{12}",
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "region": r"[a-z]{2}-[a-z]+-\d",
    "resources": list,
    "detail": dict,
}
_CALL = {"callId": UUID, "direction": "Inbound|Outbound", "fromNumber": E164}
_IDS = {"transactionId": UUID, "voiceConnectorId": CONNECTOR}
_VERSION = {"version": "0"}
_STREAM = {
    "isCaller": bool,
    "mediaType": "audio/L16",
    "startFragmentNumber": FRAGMENT,
    "startTime": MILLISECONDS,
    "streamArn": STREAM_ARN,
}
STREAMING_STATUS: dict[str, JSON] = {
    "STARTED": {
        **_CALL,
        **_STREAM,
        "toNumber": E164,
        **_IDS,
        "streamingStatus": "STARTED",
        **_VERSION,
    },
    "ENDED": {
        "callId": UUID,
        "currentFragmentNumber": FRAGMENT,
        "direction": "Inbound|Outbound",
        "endTime": MILLISECONDS,
        "fromNumber": E164,
        "isCaller": bool,
        "startFragmentNumber": FRAGMENT,
        "startTime": MILLISECONDS,
        "streamArn": STREAM_ARN,
        "toNumber": E164,
        **_IDS,
        "streamingStatus": "ENDED",
        **_VERSION,
    },
    "FAILED": {
        "callId": UUID,
        "direction": "Inbound|Outbound",
        "failTime": MILLISECONDS,
        "failureReason": "Internal failure",
        **_IDS,
        "streamingStatus": "FAILED",
        **_VERSION,
    },
    "ALL_STARTED": {
        **_CALL,
        "streams": [_STREAM, _STREAM],
        "toNumber": E164,
        **_IDS,
        "streamingStatus": "ALL_STARTED",
        **_VERSION,
    },
}
INSIGHTS = {
    "version": "0",
    "mediaInsightsPipelineArn": PIPELINE,
    "eventType": r"chime:MediaInsights(InProgress|Stopped)",
    "transactionId": UUID,
    "fromNumber": E164,
    "toNumber": E164,
    "callId": UUID,
    "voiceConnectorId": CONNECTOR,
    "direction": "Inbound|Outbound",
}
INSIGHTS_CREATED = {
    "version": "0",
    "mediaInsightsPipelineArn": PIPELINE,
    "mediaInsightsPipelineConfigurationArn": r"arn:aws:chime:.+",
    **INSIGHTS,
    "eventType": "chime:MediaInsightsCreated",
}


def event_problems(event: JSON) -> list[str]:
    """Return all that is wrong with an event of the service."""
    detail = event["detail"]
    if "streamingStatus" in detail:
        schema = STREAMING_STATUS[detail["streamingStatus"]]
    elif detail["eventType"] == "chime:MediaInsightsCreated":
        schema = INSIGHTS_CREATED
    else:
        schema = INSIGHTS
    return [*problems(event, ENVELOPE), *problems(detail, schema, "detail")]


def problems(given: Any, schema: Any, at: str = "$") -> Iterator[str]:
    """Yield all that is wrong with what is given."""
    if isinstance(schema, dict):
        if list(given) != list(schema):
            yield f"{at} has the members {list(given)}"
            return
        for name, part in schema.items():
            yield from problems(given[name], part, f"{at}.{name}")
    elif isinstance(schema, list):
        if len(given) != len(schema):
            yield f"{at} has {len(given)} items"
        for index, (item, part) in enumerate(zip(given, schema, strict=False)):
            yield from problems(item, part, f"{at}[{index}]")
    elif isinstance(schema, type):
        if type(given) is not schema:
            yield f"{at} is {given!r}"
    elif not isinstance(given, str) or not re.fullmatch(schema, given):
        yield f"{at} is {given!r}"
