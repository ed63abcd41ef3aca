"""What programs that set up telephony do, call by call, in their own order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.sip import (
    NUMBER,
    UNKNOWN_ID,
    create_application,
    function,
    own,
    state_of,
)
from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def forward(
    client: ChimeSDKVoiceClient, application_id: str, name: str = "Rule"
) -> str:
    """Have an application answer the number, as an operator of a call centre does."""
    application = client.get_sip_media_application(SipMediaApplicationId=application_id)
    answer = client.create_sip_rule(
        Name=name,
        TriggerType="ToPhoneNumber",
        TriggerValue=NUMBER,
        Disabled=False,
        TargetApplications=[
            {
                "SipMediaApplicationId": application_id,
                "Priority": 1,
                "AwsRegion": application["SipMediaApplication"]["AwsRegion"],
            }
        ],
    )
    return answer["SipRule"]["SipRuleId"]


def test_terraform_sip_media_application(client: ChimeSDKVoiceClient) -> None:
    """Terraform reads back what it created, updates both members, and deletes."""
    created = client.create_sip_media_application(
        AwsRegion="us-east-1",
        Name="tf-acc",
        Endpoints=[function()],
        Tags=[{"Key": "key1", "Value": "value1"}],
    )["SipMediaApplication"]
    id, arn = created["SipMediaApplicationId"], created["SipMediaApplicationArn"]
    read = client.get_sip_media_application(SipMediaApplicationId=id)
    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]

    assert read["SipMediaApplication"] == created
    assert tags == [{"Key": "key1", "Value": "value1"}]

    client.update_sip_media_application(
        SipMediaApplicationId=id, Name="tf-new", Endpoints=[function(name="new")]
    )
    client.untag_resource(ResourceARN=arn, TagKeys=["key1"])
    client.tag_resource(ResourceARN=arn, Tags=[{"Key": "key2", "Value": "value2"}])
    updated = client.get_sip_media_application(SipMediaApplicationId=id)
    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]

    assert updated["SipMediaApplication"]["Name"] == "tf-new"
    assert updated["SipMediaApplication"]["Endpoints"] == [function(name="new")]
    assert tags == [{"Key": "key2", "Value": "value2"}]

    client.delete_sip_media_application(SipMediaApplicationId=id)

    with pytest.raises(client.exceptions.NotFoundException):
        client.get_sip_media_application(SipMediaApplicationId=id)


def test_terraform_sip_rule(client: ChimeSDKVoiceClient, application_id: str) -> None:
    """Terraform deletes an enabled rule for a host without disabling it first."""
    connector = client.create_voice_connector(
        Name="tf-acc", RequireEncryption=True, AwsRegion="us-east-1"
    )["VoiceConnector"]
    created = client.create_sip_rule(
        Name="tf-acc",
        TriggerType="RequestUriHostname",
        TriggerValue=connector["OutboundHostName"],
        TargetApplications=[
            {
                "SipMediaApplicationId": application_id,
                "Priority": 1,
                "AwsRegion": "us-east-1",
            }
        ],
    )["SipRule"]

    assert client.get_sip_rule(SipRuleId=created["SipRuleId"])["SipRule"] == created

    client.update_sip_rule(SipRuleId=created["SipRuleId"], Name="tf-new")
    updated = client.get_sip_rule(SipRuleId=created["SipRuleId"])["SipRule"]

    assert updated == {
        **created,
        "Name": "tf-new",
        "UpdatedTimestamp": updated["UpdatedTimestamp"],
    }

    client.delete_sip_rule(SipRuleId=created["SipRuleId"])
    client.delete_sip_media_application(SipMediaApplicationId=application_id)
    client.delete_voice_connector(VoiceConnectorId=connector["VoiceConnectorId"])

    with pytest.raises(client.exceptions.NotFoundException):
        client.get_sip_rule(SipRuleId=created["SipRuleId"])


def test_cdk_application(send: Send) -> None:
    """The CDK construct puts settings, a boolean as text, and deletes nothing else."""
    application = {"AwsRegion": "us-east-1", "Name": "cdk", "Endpoints": [function()]}
    logging = {"EnableSipMediaApplicationMessageLogs": "true"}
    skill = {
        "AlexaSkillStatus": "ACTIVE",
        "AlexaSkillIds": ["amzn1.application-oa2-client." + "0" * 32],
    }

    created = send("POST", "/sip-media-applications", json.dumps(application))
    path = "/sip-media-applications/{SipMediaApplicationId}".format_map(
        created.json()["SipMediaApplication"]
    )
    logged = send(
        "PUT",
        f"{path}/logging-configuration",
        json.dumps({"SipMediaApplicationLoggingConfiguration": logging}),
    )
    skilled = send(
        "PUT",
        f"{path}/alexa-skill-configuration",
        json.dumps({"SipMediaApplicationAlexaSkillConfiguration": skill}),
    )
    deleted = send("DELETE", path)

    answers = created, logged, skilled, deleted
    assert [answer.status_code for answer in answers] == [201, 200, 200, 204]
    assert logged.json() == {
        "SipMediaApplicationLoggingConfiguration": {
            "EnableSipMediaApplicationMessageLogs": True
        }
    }
    assert skilled.json() == {"SipMediaApplicationAlexaSkillConfiguration": skill}


def test_cdk_rule(client: ChimeSDKVoiceClient, application_id: str) -> None:
    """The CDK construct tries again while the number is not ready, and disables."""
    client.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[NUMBER]
    )

    with pytest.raises(client.exceptions.BadRequestException):
        forward(client, application_id)
    client.list_phone_number_orders()
    rule_id = forward(client, application_id)

    client.update_sip_rule(SipRuleId=rule_id, Name="cdk-uid", Disabled=True)
    read = client.get_sip_rule(SipRuleId=rule_id)["SipRule"]
    client.delete_sip_rule(SipRuleId=rule_id)

    assert (read["Name"], read["Disabled"]) == ("cdk-uid", True)
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_sip_rule(SipRuleId=rule_id)


def test_call_forwarding(
    client: ChimeSDKVoiceClient, connector_id: str, application_id: str
) -> None:
    """A number goes from a connector to an application and back."""
    own(client, product_type="VoiceConnector")
    numbers: dict[str, Any] = {
        "VoiceConnectorId": connector_id,
        "E164PhoneNumbers": [NUMBER],
    }
    client.associate_phone_numbers_with_voice_connector(**numbers)

    client.disassociate_phone_numbers_from_voice_connector(**numbers)
    client.update_phone_number(
        PhoneNumberId=NUMBER, ProductType="SipMediaApplicationDialIn"
    )
    rule_id = forward(client, application_id)

    assert state_of(client) == ("Assigned", [("SipRuleId", rule_id)])
    with pytest.raises(client.exceptions.ClientError):
        client.update_phone_number(PhoneNumberId=NUMBER, ProductType="VoiceConnector")

    client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=True)
    client.delete_sip_rule(SipRuleId=rule_id)

    assert state_of(client) == ("Unassigned", [])

    client.update_phone_number(PhoneNumberId=NUMBER, ProductType="VoiceConnector")
    client.associate_phone_numbers_with_voice_connector(**numbers, ForceAssociate=True)

    assert state_of(client) == ("Assigned", [("VoiceConnectorId", connector_id)])


def test_pstn_provider(client: ChimeSDKVoiceClient) -> None:
    """A number can be deleted once its rule and then its application are gone."""
    own(client)
    application_id = create_application(client)
    rule_id = forward(client, application_id)

    with pytest.raises(client.exceptions.BadRequestException):
        client.delete_phone_number(PhoneNumberId=NUMBER)
    client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=True)
    client.delete_sip_rule(SipRuleId=rule_id)
    client.delete_sip_media_application(SipMediaApplicationId=application_id)
    client.delete_phone_number(PhoneNumberId=NUMBER)

    assert state_of(client) == ("DeleteInProgress", [])


def test_updated_call(client: ChimeSDKVoiceClient, application_id: str) -> None:
    """A call is updated by its transaction, and no other transaction is."""
    own(client)
    made = client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER,
        ToPhoneNumber="+12065550199",
        SipMediaApplicationId=application_id,
    )["SipMediaApplicationCall"]

    updated = client.update_sip_media_application_call(
        SipMediaApplicationId=application_id,
        TransactionId=made["TransactionId"],
        Arguments={"action": "hangup"},
    )["SipMediaApplicationCall"]

    assert updated == made
    with pytest.raises(client.exceptions.NotFoundException):
        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id,
            TransactionId=UNKNOWN_ID,
            Arguments={"action": "hangup"},
        )
