"""What the tests of SIP media applications and SIP rules start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.service.phone_numbers import PhoneNumber

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
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
    product_type: str = "SipMediaApplicationDialIn",
    status: str = "Unassigned",
) -> PhoneNumber:
    """Put *number* into the inventory of the client's region."""
    store = chimesdkvoice_backends["123456789012"][client.meta.region_name].store
    return store.phone_numbers.add(
        number,
        PhoneNumber(
            phone_number_id=number,
            phone_number_arn=store.arn("phone-number", number),
            e164_phone_number=number,
            country="US",
            type="Local",
            product_type=product_type,
            status=status,
            capabilities={},
            created_timestamp=store.now(),
            updated_timestamp=store.now(),
            order_id=None,
            sequence=store.account.next_sequence(),
        ),
    )
