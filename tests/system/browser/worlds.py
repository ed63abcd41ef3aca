"""Accounts with something in each view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kit.builders.documents import seed
from kit.builders.numbers import acquire
from proxymock import ServerSandbox

PROXY, RIDER, DRIVER = "+12015550150", "+12065550101", "+14155550102"
OTHER_RIDER, OTHER_DRIVER = "+12065550103", "+14155550104"
HOTLINE, COURIER = "+12065550100", "+12065550122"
BRANCH = "+12065550107"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:masking"
DISPATCH = "arn:aws:lambda:us-east-1:123456789012:function:dispatch"
Members = dict[str, Any]


def bridge(number: str, caller_id: str) -> Members:
    """Return the action that connects a caller with a number."""
    return {
        "Type": "CallAndBridge",
        "Parameters": {
            "CallTimeoutSeconds": 30,
            "CallerIdNumber": caller_id,
            "Endpoints": [{"BridgeEndpointType": "PSTN", "Uri": number}],
        },
    }


def connects(number: str, caller_id: str) -> Callable[[Members, object], Members]:
    """Return a function that connects whoever calls with a number, and ends both."""

    def connect(event: Members, context: object) -> Members:
        actions: list[Members] = []
        if event["InvocationEventType"] == "NEW_INBOUND_CALL":
            actions = [bridge(number, caller_id)]
        elif event["InvocationEventType"] == "HANGUP":
            others = event["CallDetails"]["Participants"]
            actions = [
                {"Type": "Hangup", "Parameters": {"CallId": each["CallId"]}}
                for each in others
                if each.get("Status") == "Connected"
            ]
        return {"SchemaVersion": "1.0", "Actions": actions}

    return connect


def masked(event: Members, context: object) -> Members:
    """Connect whoever calls the hotline with the courier, and greet them wrongly."""
    actions = []
    if event["InvocationEventType"] == "NEW_INBOUND_CALL":
        actions = [bridge(COURIER, HOTLINE)]
    elif event["InvocationEventType"] == "HANGUP":
        actions = [{"Type": "Speak", "Parameters": {"ParticipantTag": "LEG-A"}}]
    return {"SchemaVersion": "1.0", "Actions": actions}


def greets_with(text: str) -> Callable[[Members, object], Members]:
    """Return a function that says a text to whoever calls."""

    def greet(event: Members, context: object) -> Members:
        return {
            "SchemaVersion": "1.0",
            "Actions": [{"Type": "Speak", "Parameters": {"Text": text}}],
        }

    return greet


def mask(
    sandbox: ServerSandbox, first: str, second: str, **members: Any
) -> tuple[str, str]:
    """Mask two people; return the id of the session and the proxy number."""
    answer = sandbox.client.create_proxy_session(
        VoiceConnectorId=sandbox.voice_connector_id,
        ParticipantPhoneNumbers=[first, second],
        Capabilities=["Voice", "SMS"],
        **members,
    )
    session = answer["ProxySession"]
    return session["ProxySessionId"], session["Participants"][0]["ProxyPhoneNumber"]


def fill(sandbox: ServerSandbox) -> None:
    """Make something of everything that a view shows."""
    mask(sandbox, "+12065550105", "+14155550106", Name="Ride 15", ExpiryMinutes=10)
    sandbox.clock.advance(minutes=11)
    mask(sandbox, RIDER, DRIVER, Name="Ride 17")
    _, number = mask(sandbox, OTHER_RIDER, OTHER_DRIVER, Name="Ride 18")
    sandbox.phone.text(OTHER_DRIVER, number, "I am at the corner")
    sandbox.phone.call(OTHER_RIDER, number)
    _hotline(sandbox)
    sandbox.faults.inject("GetProxySession", "ThrottledClientException")


def _hotline(sandbox: ServerSandbox) -> None:
    """Have a function answer at a number, and have called it."""
    client = sandbox.client
    _answered(sandbox, HOTLINE, "Hotline", "Masking", FUNCTION)
    client.create_voice_connector_group(
        Name="All connectors",
        VoiceConnectorItems=[
            {"VoiceConnectorId": sandbox.voice_connector_id, "Priority": 1}
        ],
    )
    sandbox.functions.bind(FUNCTION, masked)
    sandbox.phone.call("+12065550111", HOTLINE).hang_up("B")


def _answered(
    sandbox: ServerSandbox, number: str, rule: str, name: str, function: str
) -> None:
    """Have a function answer at a number."""
    client = sandbox.client
    acquire(client, number, product_type="SipMediaApplicationDialIn")
    answer = client.create_sip_media_application(
        AwsRegion="us-east-1", Name=name, Endpoints=[{"LambdaArn": function}]
    )
    id = answer["SipMediaApplication"]["SipMediaApplicationId"]
    client.create_sip_rule(
        Name=rule,
        TriggerType="ToPhoneNumber",
        TriggerValue=number,
        TargetApplications=[{"SipMediaApplicationId": id, "Priority": 1}],
    )


def confer(sandbox: ServerSandbox) -> str:
    """Let the hotline lead to a branch, whose function has the courier.

    Returns the id of the first of both calls, which are over.
    """
    _answered(sandbox, BRANCH, "Branch", "Dispatch", DISPATCH)
    sandbox.functions.bind(FUNCTION, connects(BRANCH, HOTLINE))
    sandbox.functions.bind(DISPATCH, connects(COURIER, BRANCH))
    sandbox.phone.person(COURIER, answers="at once", after=4)
    call = sandbox.phone.call("+12065550111", HOTLINE)
    sandbox.clock.advance(seconds=5)
    call.press("1")
    sandbox.clock.advance(seconds=30)
    call.hang_up()
    return call.id


def crowd(sandbox: ServerSandbox, sessions: int) -> None:
    """Load a state with so many live sessions."""
    sandbox.snapshot.load(
        seed(
            ProxySessions=[
                {
                    "ProxySessionId": f"{n:08}-0000-4000-8000-000000000000",
                    "Name": f"Ride {n}",
                    "ExpiryMinutes": 600,
                    "Capabilities": ["Voice"],
                    "ParticipantPhoneNumbers": [f"+1206555{n:04}", f"+1415555{n:04}"],
                    "ProxyPhoneNumber": PROXY,
                }
                for n in range(sessions)
            ]
        )
    )
