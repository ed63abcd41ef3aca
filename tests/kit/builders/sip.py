"""What the tests of SIP media applications and SIP rules start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.builders.numbers import acquire

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.literals import PhoneNumberProductTypeType
    from mypy_boto3_chime_sdk_voice.type_defs import SipMediaApplicationEndpointTypeDef

NUMBER = "+12065550100"
UNKNOWN_ID = "abcdefab-abcd-abcd-abcd-abcdefabcdef"


def function(
    region: str = "us-east-1", name: str = "ivr"
) -> SipMediaApplicationEndpointTypeDef:
    """Return an endpoint: a function in *region*."""
    arn = f"arn:aws:lambda:{region}:123456789012:function:{name}"
    return {"LambdaArn": arn}


def create_application(
    client: ChimeSDKVoiceClient, region: str = "us-east-1", name: str = "IVR"
) -> str:
    """Create an application and return its id."""
    answer = client.create_sip_media_application(
        AwsRegion=region, Name=name, Endpoints=[function(region)]
    )
    return answer["SipMediaApplication"]["SipMediaApplicationId"]


def host_of(connector_id: str) -> str:
    """Return the outbound host of a connector."""
    return f"{connector_id}.voiceconnector.chime.aws"


def create_rule(
    client: ChimeSDKVoiceClient, trigger: str, *applications: str, **members: Any
) -> str:
    """Create a rule for a number or a host and return its id."""
    by_number = trigger.startswith("+")
    answer = client.create_sip_rule(
        Name="Rule",
        TriggerType="ToPhoneNumber" if by_number else "RequestUriHostname",
        TriggerValue=trigger,
        TargetApplications=[
            {"SipMediaApplicationId": id, "Priority": priority}
            for priority, id in enumerate(applications, 1)
        ],
        **members,
    )
    return answer["SipRule"]["SipRuleId"]


def list_rules(client: ChimeSDKVoiceClient, **filter: str) -> list[str]:
    """Return the ids of the rules that a list has, through botocore's paginator."""
    found = client.get_paginator("list_sip_rules").paginate(
        PaginationConfig={"PageSize": 2}, **filter
    )
    return [rule["SipRuleId"] for page in found for rule in page["SipRules"]]


def own(
    client: ChimeSDKVoiceClient,
    number: str = NUMBER,
    product_type: PhoneNumberProductTypeType = "SipMediaApplicationDialIn",
) -> None:
    """Have *number*, by default one that a SIP rule may be for."""
    acquire(client, number, product_type=product_type)


def state_of(
    client: ChimeSDKVoiceClient, number: str = NUMBER
) -> tuple[str, list[tuple[str, str]]]:
    """Return the status of *number*, and what it is associated with."""
    found = client.get_phone_number(PhoneNumberId=number)["PhoneNumber"]
    associations = [(made["Name"], made["Value"]) for made in found["Associations"]]
    return found["Status"], [*associations]
