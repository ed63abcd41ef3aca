"""A whole telephone setup: calls come in, go out and are answered by a program.

``python examples/telephone_setup.py`` builds one and takes it down again: no AWS
account, no network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3

from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

PBX = "192.0.2.10"  # the company's own telephone exchange
MENU = "arn:aws:lambda:us-east-1:123456789012:function:menu"


@dataclass(frozen=True)
class TelephoneSetup:
    """The ids of the parts of a setup."""

    connector_id: str
    group_id: str
    application_id: str
    rule_id: str


def set_up(voice: ChimeSDKVoiceClient) -> TelephoneSetup:
    """Connect the exchange, and let a program answer calls to the connector."""
    connector = voice.create_voice_connector(
        Name="Headquarters", RequireEncryption=True, AwsRegion="us-east-1"
    )["VoiceConnector"]
    connector_id = connector["VoiceConnectorId"]
    _configure(voice, connector_id)
    group = voice.create_voice_connector_group(
        Name="All sites",
        VoiceConnectorItems=[{"VoiceConnectorId": connector_id, "Priority": 1}],
    )["VoiceConnectorGroup"]
    application = voice.create_sip_media_application(
        AwsRegion="us-east-1", Name="Menu", Endpoints=[{"LambdaArn": MENU}]
    )["SipMediaApplication"]
    rule = voice.create_sip_rule(
        Name="Menu",
        TriggerType="RequestUriHostname",
        TriggerValue=connector["OutboundHostName"],
        TargetApplications=[
            {
                "SipMediaApplicationId": application["SipMediaApplicationId"],
                "Priority": 1,
                "AwsRegion": application["AwsRegion"],
            }
        ],
    )["SipRule"]
    return TelephoneSetup(
        connector_id=connector_id,
        group_id=group["VoiceConnectorGroupId"],
        application_id=application["SipMediaApplicationId"],
        rule_id=rule["SipRuleId"],
    )


def _configure(voice: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Let the exchange make and take calls, and stream their audio."""
    voice.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": [f"{PBX}/32"]},
    )
    voice.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={"Routes": [{"Host": PBX, "Port": 5061, "Protocol": "TCP"}]},
    )
    voice.put_voice_connector_streaming_configuration(
        VoiceConnectorId=connector_id,
        StreamingConfiguration={
            "DataRetentionInHours": 24,
            "Disabled": False,
            "StreamingNotificationTargets": [{"NotificationTarget": "EventBridge"}],
        },
    )


def tear_down(voice: ChimeSDKVoiceClient, setup: TelephoneSetup) -> None:
    """Delete everything, each thing before those that it depends on."""
    voice.update_sip_rule(SipRuleId=setup.rule_id, Name="Menu", Disabled=True)
    voice.delete_sip_rule(SipRuleId=setup.rule_id)
    voice.delete_sip_media_application(SipMediaApplicationId=setup.application_id)
    voice.update_voice_connector_group(
        VoiceConnectorGroupId=setup.group_id, Name="All sites", VoiceConnectorItems=[]
    )
    voice.delete_voice_connector_group(VoiceConnectorGroupId=setup.group_id)
    voice.delete_voice_connector(VoiceConnectorId=setup.connector_id)


@mock_aws
def main() -> None:
    """Build a setup, show it, and take it down."""
    voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
    setup = set_up(voice)
    rule = voice.get_sip_rule(SipRuleId=setup.rule_id)["SipRule"]
    print(f"Calls to {rule['TriggerValue']} are answered by {MENU}.")
    tear_down(voice, setup)
    print("Everything is deleted.")


if __name__ == "__main__":
    main()
