"""A number whose calls an application of ours has, and functions that answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kit.builders.sip import NUMBER, create_application, create_rule, function, own

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ARN = function()["LambdaArn"]
OTHER_ARN = function(name="other")["LambdaArn"]
CALLER = "+12065550111"
COURIER = "+12065550122"
SECOND = "+12065550101"
Handler = Callable[[Any, Any], Any]


def action(type: str, **parameters: Any) -> dict[str, Any]:
    """Return an action of an answer."""
    return {"Type": type, "Parameters": parameters}


def answer(*actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an answer with these actions."""
    return {"SchemaVersion": "1.0", "Actions": [*actions], **more}


def bridge(
    to: str = COURIER, caller_id: str = NUMBER, **parameters: Any
) -> dict[str, Any]:
    """Return the action that puts through to somebody."""
    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": to}]
    return action(
        "CallAndBridge", CallerIdNumber=caller_id, Endpoints=endpoints, **parameters
    )


def to_telephones(connector_id: str, user: str = "desk-7") -> dict[str, Any]:
    """Return the action that puts through to a connector's telephone system."""
    arn = f"arn:aws:chime:us-east-1:123456789012:vc/{connector_id}"
    action = bridge()
    endpoint = {"BridgeEndpointType": "AWS", "Arn": arn, "Uri": user}
    action["Parameters"]["Endpoints"] = [endpoint]
    return action


def hang_up_the_others(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer that ends the legs that are still connected."""
    return answer(
        *(
            action("Hangup", ParticipantTag=each["ParticipantTag"])
            for each in event["CallDetails"]["Participants"]
            if each.get("Status") == "Connected"
        )
    )


def masking(event: Any, context: Any) -> Any:
    """Put every caller through to the courier, and end both legs together."""
    if event["InvocationEventType"] == "NEW_INBOUND_CALL":
        return answer(bridge())
    if event["InvocationEventType"] == "HANGUP":
        return hang_up_the_others(event)
    return answer()


def saying(**answers: Any) -> Handler:
    """Return a function with an answer for each type of event, or none."""
    return lambda event, context: answers.get(event["InvocationEventType"], answer())


def open_desk(client: ChimeSDKVoiceClient) -> str:
    """Have NUMBER answered by an application; return its id."""
    own(client)
    application_id = create_application(client)
    create_rule(client, NUMBER, application_id)
    return application_id


def open_second_desk(client: ChimeSDKVoiceClient) -> str:
    """Have SECOND answered by an application of its own; return the id of that."""
    own(client, SECOND)
    made = client.create_sip_media_application(
        AwsRegion="us-east-1", Name="Other", Endpoints=[{"LambdaArn": OTHER_ARN}]
    )
    id = made["SipMediaApplication"]["SipMediaApplicationId"]
    create_rule(client, SECOND, id)
    return id


def told(events: Any) -> list[str]:
    """Return events in a few words each, in order."""
    return [_words(event) for event in events]


def _words(event: Mapping[str, Any]) -> str:
    data = event.get("ActionData", {})
    type = event["InvocationEventType"]
    words = [str(event["Sequence"]), type]
    if type == "HANGUP":
        parameters = data["Parameters"]
        words += [parameters["ParticipantTag"], str(parameters["SipResponseCode"])]
    elif type.startswith("ACTION"):
        words += [data["Type"]]
    words += [data["ErrorType"]] if "ErrorType" in data else []
    return " ".join(words)
