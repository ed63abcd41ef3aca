"""Calls that a bound function handles, in process, against one call of boto3.

A call is four events, each composed, handed over, answered and obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import boto3

from benchmarks.interleaved import Ratio, timed
from proxymock import functions, mock_aws, phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
CALLER, NUMBER, COURIER = "+12065550111", "+12065550100", "+12065550122"
CALL_BAR = 2.5
FIELD_BAR = 0.5
KEYS = "1" * 100


@contextmanager
def ratios() -> Iterator[list[Ratio]]:
    """Yield the ratios, to be measured inside."""
    with mock_aws():
        voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        application_id = _open_desk(voice)
        functions.bind(ARN, _masking)
        long = phone.call(CALLER, NUMBER)
        long.press(KEYS)

        def call() -> None:
            with phone.call(CALLER, NUMBER):
                pass

        def get() -> object:
            return voice.get_sip_media_application(SipMediaApplicationId=application_id)

        yield [
            _ratio("masked call, of a get", CALL_BAR, call, get),
            _ratio(
                "call.outcome, of a ladder",
                FIELD_BAR,
                lambda: long.outcome,
                long.ladder,
            ),
        ]


def _ratio(name: str, bar: float, ours: Any, theirs: Any) -> Ratio:
    return Ratio(
        name=name,
        bar=bar,
        ours=lambda times: timed(ours, times),
        theirs=lambda times: timed(theirs, times),
    )


def _open_desk(voice: ChimeSDKVoiceClient) -> str:
    """Have NUMBER answered by an application; return its id."""
    order = voice.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[NUMBER]
    )["PhoneNumberOrder"]
    voice.get_phone_number_order(PhoneNumberOrderId=order["PhoneNumberOrderId"])
    id = voice.create_sip_media_application(
        AwsRegion="us-east-1", Name="Masking", Endpoints=[{"LambdaArn": ARN}]
    )["SipMediaApplication"]["SipMediaApplicationId"]
    voice.create_sip_rule(
        Name="Masking",
        TriggerType="ToPhoneNumber",
        TriggerValue=NUMBER,
        TargetApplications=[
            {"SipMediaApplicationId": id, "Priority": 1, "AwsRegion": "us-east-1"}
        ],
    )
    return id


def _masking(event: Any, context: Any) -> Any:
    """Put every caller through to the courier, and end both legs together."""
    actions: list[dict[str, Any]] = []
    if event["InvocationEventType"] == "NEW_INBOUND_CALL":
        endpoints = [{"BridgeEndpointType": "PSTN", "Uri": COURIER}]
        parameters = {"CallerIdNumber": NUMBER, "Endpoints": endpoints}
        actions = [{"Type": "CallAndBridge", "Parameters": parameters}]
    elif event["InvocationEventType"] == "HANGUP":
        actions = [
            {"Type": "Hangup", "Parameters": {"CallId": leg["CallId"]}}
            for leg in event["CallDetails"]["Participants"]
            if leg["Status"] == "Connected"
        ]
    return {"SchemaVersion": "1.0", "Actions": actions}
