"""What is known of the look of what calls leave behind, held against it.

Members stand in the order of the recorded ones. A member is a type, some types, or
a pattern of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
# Of a telephone system that calls, or of the service itself.
CALL_ID = rf"{UUID}(@192\.0\.2\.10:5060)?"
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
_CALL = {"callId": CALL_ID, "direction": "Inbound|Outbound", "fromNumber": E164}
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
        "callId": CALL_ID,
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
        "callId": CALL_ID,
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
    "callId": CALL_ID,
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

_COUNTRY = "[A-Z]{2}"
_RECORD = {"AwsAccountId": r"\d{12}", "TransactionId": UUID, "CallId": CALL_ID}
CALL_RECORD = {
    **_RECORD,
    "VoiceConnectorId": CONNECTOR,
    "Status": "Completed|Failed",
    "StatusMessage": (
        "Normal Call Clearing|Busy Here|Temporarily Unavailable|Request Terminated"
    ),
    "BillableDurationSeconds": int,
    "BillableDurationMinutes": (int, float),
    "SchemaVersion": r"2\.0",
    "SourcePhoneNumber": E164,
    "SourceCountry": _COUNTRY,
    "DestinationPhoneNumber": E164,
    "DestinationCountry": _COUNTRY,
    "UsageType": r"[A-Z]{3}\d-([A-Z]{2}-inbound|[A-Z]{2}-[A-Z]{2}-outbound)-minutes",
    "ServiceCode": "AmazonChimeVoiceConnector",
    "Direction": "Inbound|Outbound",
    "StartTimeEpochSeconds": int,
    "EndTimeEpochSeconds": int,
    "Region": r"[a-z]{2}-[a-z]+-\d",
    "Streaming": bool,
    "IsProxyCall": bool,
}
STREAMING_RECORD = {
    "SchemaVersion": r"1\.0",
    **_RECORD,
    "VoiceConnectorId": CONNECTOR,
    "StartTimeEpochSeconds": int,
    "EndTimeEpochSeconds": int,
    "Status": "Completed",
    "StatusMessage": "Streaming succeeded",
    "ServiceCode": "AmazonChime",
    "UsageType": r"[A-Z]{3}\d-VC-kinesis-audio-streaming",
    "BillableDurationSeconds": int,
    "Region": r"[a-z]{2}-[a-z]+-\d",
}
_SECONDS = r"\d+"
APPLICATION_RECORD = {
    **_RECORD,
    "CallId": UUID,
    "VoiceConnectorId": f"({CONNECTOR})?",
    "Status": "Completed|Failed",
    "BillableDurationSeconds": _SECONDS,
    "SchemaVersion": r"2\.0",
    "SourcePhoneNumber": r"\d+",
    "DestinationPhoneNumber": r"\d+",
    "UsageType": CALL_RECORD["UsageType"],
    "ServiceCode": "AmazonChimeVoiceConnector",
    "Direction": "Inbound|Outbound",
    "TimeStampEpochSeconds": _SECONDS,
    "Region": r"[a-z]{2}-[a-z]+-\d",
    "SipRuleId": f"({UUID})?",
    "SipApplicationId": UUID,
    "CallLegTriggerType": r"\w*",
    "BillableVoiceFocusSeconds": _SECONDS,
}
_FOLDERS: dict[str, JSON] = {
    "Amazon-Chime-Voice-Connector-CDRs": CALL_RECORD,
    "Amazon-Chime-Voice-Connector-SDRs": STREAMING_RECORD,
    "Amazon-Chime-SMADRs": APPLICATION_RECORD,
}
_KEY = re.compile(
    rf"(?P<folder>[\w-]+)/json/(?P<id>[\w-]+)/"
    rf"\d{{4}}/\d\d/\d\d/\d\d\.\d\d\.\d\d\.\d{{3}}_{UUID}"
)


def record_problems(key: str, record: JSON) -> list[str]:
    """Return all that is wrong with a record and its key."""
    match = _KEY.fullmatch(key)
    if match is None or match["folder"] not in _FOLDERS:
        return [f"the key is {key}"]
    if match["id"] not in record.values():
        return [f"{key} is not of {record}"]
    return list(problems(record, _FOLDERS[match["folder"]]))


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
    elif isinstance(schema, type | tuple):
        types = schema if isinstance(schema, tuple) else (schema,)
        if type(given) not in types:
            yield f"{at} is {given!r}"
    elif not isinstance(given, str) or not re.fullmatch(schema, given):
        yield f"{at} is {given!r}"
