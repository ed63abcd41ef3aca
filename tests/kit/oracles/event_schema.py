"""What every event must look like: keys in their order, types, and what depends on it.

Written from what AWS documents and what was recorded, and not from the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

JSON = dict[str, Any]

TOP = [
    "SchemaVersion",
    "Sequence",
    "InvocationEventType",
    "ActionData",
    "CallDetails",
    "ErrorType",
    "ErrorMessage",
]
DETAILS = {
    "TransactionId": str,
    "TransactionAttributes": dict,
    "AwsAccountId": str,
    "AwsRegion": str,
    "SipRuleId": str,
    "SipMediaApplicationId": str,
    "Participants": list,
}
OPTIONAL_DETAILS = {"TransactionAttributes", "SipRuleId"}
PARTICIPANT = {
    "CallId": str,
    "ParticipantTag": str,
    "To": str,
    "From": str,
    "Direction": str,
    "StartTimeInMilliseconds": str,
    "Status": str,
    "SipHeaders": dict,
}
OPTIONAL_PARTICIPANT = {"Status", "SipHeaders"}
# The types without ActionData, and those that are of one type of action.
BARE = {"NEW_INBOUND_CALL", "RINGING", "CALL_ANSWERED", "INVALID_LAMBDA_RESPONSE"}
ABOUT = {
    "NEW_OUTBOUND_CALL": "CallCreateRequest",
    "CALL_UPDATE_REQUESTED": "CallUpdateRequest",
    "DIGITS_RECEIVED": "ReceiveDigits",
    "HANGUP": "Hangup",
}
ACTION_EVENTS = {"ACTION_SUCCESSFUL", "ACTION_FAILED", "ACTION_INTERRUPTED"}
# What actions tell besides when they succeed.
TOLD = {
    "PlayAudioAndGetDigits": [["ReceivedDigits"]],
    "SpeakAndGetDigits": [["ReceivedDigits"]],
    "ReceiveDigits": [["ReceivedDigits"]],
    "RecordAudio": [
        ["RecordingDestination"],
        ["RecordingDestination", "RecordingTerminatorUsed"],
    ],
    "StartCallRecording": [["CallRecordingDestination"]],
    "StartBotConversation": [["IntentResult", "CallId"]],
}
FAILED = [
    ["ErrorType", "ErrorMessage"],
    ["Error"],
    ["ErrorType", "ErrorMessage", "ErrorList"],
]


def problems(event: JSON) -> list[str]:
    """Return all that is wrong with an event."""
    return [*_top(event), *_details(event), *_data(event)]


def _top(event: JSON) -> Iterator[str]:
    type = event["InvocationEventType"]
    invalid = type == "INVALID_LAMBDA_RESPONSE"
    without = {"ErrorType", "ErrorMessage"} if not invalid else set()
    if "ActionData" not in event and (type in BARE or type == "NEW_OUTBOUND_CALL"):
        without.add("ActionData")
    if list(event) != [key for key in TOP if key not in without]:
        yield f"{type} has the keys {list(event)}"
    if type not in BARE | ACTION_EVENTS | set(ABOUT):
        yield f"there is no {type}"
    if event["SchemaVersion"] != "1.0" or not isinstance(event["Sequence"], int):
        yield "SchemaVersion or Sequence is wrong"


def _typed(what: str, given: JSON, types: JSON, optional: set[str]) -> Iterator[str]:
    known = [key for key in types if key in given]
    if list(given) != known or set(types) - set(given) - optional:
        yield f"{what} has the keys {list(given)}"
    for key in known:
        if not isinstance(given[key], types[key]):
            yield f"{what}.{key} is {given[key]!r}"


def _details(event: JSON) -> Iterator[str]:
    details = event["CallDetails"]
    yield from _typed("CallDetails", details, DETAILS, OPTIONAL_DETAILS)
    tags = [each["ParticipantTag"] for each in details["Participants"]]
    if sorted(tags) not in [["LEG-A"], ["LEG-A", "LEG-B"]]:
        yield f"Participants are {tags}"
    for each in details["Participants"]:
        yield from _typed("Participant", each, PARTICIPANT, OPTIONAL_PARTICIPANT)
        if each.get("Status", "Connected") not in {"Connected", "Disconnected"}:
            yield f"Status is {each['Status']}"
        if each["ParticipantTag"] == "LEG-B" and each["Direction"] != "Outbound":
            yield "LEG-B is not Outbound"


def _data(event: JSON) -> Iterator[str]:
    type, data = event["InvocationEventType"], event.get("ActionData")
    if data is None:
        return
    keys = list(data)
    if keys[:2] != ["Type", "Parameters"] or data["Type"] != ABOUT.get(
        type, data["Type"]
    ):
        yield f"ActionData of {type} begins with {data}"
    if keys[2:] not in _more(type, data["Type"]):
        yield f"ActionData of {type} {data['Type']} has {keys[2:]}"
    if type == "HANGUP":
        hang_up = {"SipResponseCode": int, "CallId": str, "ParticipantTag": str}
        yield from _typed("Hangup", data["Parameters"], hang_up, set())


def _more(type: str, action: str) -> list[list[str]]:
    if type == "ACTION_SUCCESSFUL":
        return TOLD.get(action, [[]])
    if type == "ACTION_FAILED":
        return FAILED
    return [["ReceivedDigits"]] if type == "DIGITS_RECEIVED" else [[]]
