"""Whole events, as the tests of calls expect them."""

from __future__ import annotations

from typing import Any

from kit.builders.telephones import ACCOUNT, CALLER, COURIER, NUMBER, START, TARGET

JSON = dict[str, Any]

UP = "Connected"
DOWN = "Disconnected"


def participant(
    tag: str, call_id: str, to: str, from_: str, way: str, at: float, status: str | None
) -> JSON:
    """Return a leg; *at* is when it began, in seconds after the call."""
    milliseconds = str(round((START.timestamp() + at) * 1000))
    shown = {
        "CallId": call_id,
        "ParticipantTag": tag,
        "To": to,
        "From": from_,
        "Direction": way,
        "StartTimeInMilliseconds": milliseconds,
    }
    return shown if status is None else {**shown, "Status": status}


def leg_a(status: str | None = None) -> JSON:
    """Return the leg of a caller."""
    return participant("LEG-A", "id-2", NUMBER, CALLER, "Inbound", 0, status)


def callee(status: str | None = None) -> JSON:
    """Return the leg of whom an application calls."""
    return participant("LEG-A", "id-2", CALLER, NUMBER, "Outbound", 0, status)


def leg_b(status: str, call_id: str = "id-3", to: str = COURIER, at: float = 0) -> JSON:
    """Return the leg of who was bridged."""
    return participant("LEG-B", call_id, to, NUMBER, "Outbound", at, status)


def event(
    sequence: int,
    type: str,
    *participants: JSON,
    data: JSON | None = None,
    attributes: JSON | None = None,
    **error: str,
) -> JSON:
    """Return an event of a call to or by TARGET."""
    top = {"SchemaVersion": "1.0", "Sequence": sequence, "InvocationEventType": type}
    details: JSON = {"TransactionId": "id-1"}
    if attributes is not None:
        details["TransactionAttributes"] = attributes
    details |= {"AwsAccountId": ACCOUNT, "AwsRegion": TARGET.region}
    if participants[0]["Direction"] == "Inbound" or len(participants) > 1:
        details["SipRuleId"] = TARGET.sip_rule_id
    details["SipMediaApplicationId"] = TARGET.sip_media_application_id
    details["Participants"] = list(participants)
    action_data = {} if data is None else {"ActionData": data}
    return {**top, **action_data, "CallDetails": details, **error}


def hung_up(tag: str, call_id: str, code: int = 0) -> JSON:
    """Return the ActionData of a HANGUP."""
    return data("Hangup", SipResponseCode=code, CallId=call_id, ParticipantTag=tag)


def data(type: str, /, **parameters: Any) -> JSON:
    """Return the ActionData of an action."""
    return {"Type": type, "Parameters": parameters}


def bridged(call_id: str = "id-2", **more: Any) -> JSON:
    """Return the ActionData of a bridge to the courier."""
    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": COURIER}]
    parameters = {
        "CallerIdNumber": NUMBER,
        "Endpoints": endpoints,
        "CallTimeoutSeconds": 30,
        "CallId": call_id,
    }
    return {"Type": "CallAndBridge", "Parameters": parameters, **more}


NOT_ANSWERED = {"ErrorType": "CallNotAnswered", "ErrorMessage": "Call not answered"}
SYSTEM_ERROR = {
    "ErrorType": "SystemException",
    "ErrorMessage": "System error while running action",
}


# What events repeat of an action that says Hello.
SPOKEN = data(
    "Speak", Text="Hello", Engine="standard", TextType="text", VoiceId="Joanna"
)
