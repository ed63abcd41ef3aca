"""What triggers SIP rules: hosts of voice connectors, and phone numbers."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.sip import (
    NUMBER,
    UNKNOWN_ID,
    create_rule,
    host_of,
    list_rules,
    own,
    state_of,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

LATER = datetime(2028, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)


def test_connector_of_any_aws_region_can_trigger(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """The AwsRegion of a connector does not matter to a rule."""
    connector = client.create_voice_connector(
        Name="West", RequireEncryption=True, AwsRegion="us-west-2"
    )["VoiceConnector"]

    rule_id = create_rule(client, connector["OutboundHostName"], application_id)

    assert list_rules(client) == [rule_id]


@pytest.mark.parametrize(
    "host",
    [
        "abcdef1ghij2klmno3pqr4.voiceconnector.chime.aws",
        "example.com",
        ".",
    ],
)
def test_host_must_be_a_connectors(
    client: ChimeSDKVoiceClient, application_id: str, host: str
) -> None:
    """Only the outbound host of a connector of the account triggers a rule."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, host, application_id)

    assert error.value.response["Error"]["Message"] == (
        f"TriggerValue must refer to an existing VoiceConnector, not '{host}'"
    )
    assert list_rules(client) == []


@pytest.mark.parametrize("value", ["host.example.com", NUMBER.removeprefix("+")])
def test_number_is_quoted_as_it_was_sent(
    client: ChimeSDKVoiceClient, application_id: str, value: str
) -> None:
    """The error for what is no number of the account does not add a plus sign."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.create_sip_rule(
            Name="Rule",
            TriggerType="ToPhoneNumber",
            TriggerValue=value,
            TargetApplications=[{"SipMediaApplicationId": application_id}],
        )

    assert error.value.response["Error"]["Message"] == (
        f"TriggerValue must refer to an existing PhoneNumber, not '{value}'"
    )


def test_host_must_be_the_whole_name(
    client: ChimeSDKVoiceClient, connector_id: str, application_id: str
) -> None:
    """The id of a connector in another domain is not its outbound host."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, f"{connector_id}.example.com", application_id)

    assert error.value.response["Error"]["Message"] == (
        f"TriggerValue must be '{host_of(connector_id)}', not "
        f"'{connector_id}.example.com'"
    )


def test_host_serves_one_rule(
    client: ChimeSDKVoiceClient, connector_id: str, application_id: str
) -> None:
    """A second rule for a host is a conflict, even if the first one is disabled."""
    host = host_of(connector_id)
    rule_id = create_rule(client, host, application_id, Disabled=True)

    with pytest.raises(client.exceptions.ConflictException) as error:
        create_rule(client, host, application_id)

    assert error.value.response["Error"]["Message"] == (
        f"'{host}' is the trigger of SipRule '{rule_id}'"
    )
    assert list_rules(client) == [rule_id]


def test_rule_claims_its_number(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A number that triggers a rule is assigned to it."""
    own(client)

    with time_machine.travel(LATER, tick=False):
        rule_id = create_rule(client, NUMBER, application_id)

    number = client.get_phone_number(PhoneNumberId=NUMBER)["PhoneNumber"]
    assert number["Status"] == "Assigned"
    assert number["UpdatedTimestamp"] == LATER
    assert number["Associations"] == [
        {"Name": "SipRuleId", "Value": rule_id, "AssociatedTimestamp": LATER}
    ]


def test_deleted_rule_frees_its_number(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A number is unassigned when its rule is deleted, and can trigger another one."""
    own(client)
    rule_id = create_rule(client, NUMBER, application_id, Disabled=True)

    client.delete_sip_rule(SipRuleId=rule_id)

    assert state_of(client) == ("Unassigned", [])
    create_rule(client, NUMBER, application_id)


def test_enabled_rule_for_a_number_cannot_be_deleted(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A rule for a number must be disabled first."""
    own(client)
    rule_id = create_rule(client, NUMBER, application_id)

    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_sip_rule(SipRuleId=rule_id)

    assert error.value.response["Error"]["Message"] == (
        f"SipRule '{rule_id}' must be disabled before it is deleted"
    )
    assert state_of(client) == ("Assigned", [("SipRuleId", rule_id)])
    client.get_sip_rule(SipRuleId=rule_id)


def test_disabled_rule_holds_its_number(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A rule that is disabled, or made so, keeps its number to itself."""
    own(client)
    rule_id = create_rule(client, NUMBER, application_id)
    client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=True)

    with pytest.raises(client.exceptions.ConflictException) as error:
        create_rule(client, NUMBER, application_id)

    assert error.value.response["Error"]["Message"] == (
        f"'{NUMBER}' is the trigger of SipRule '{rule_id}'"
    )
    assert state_of(client) == ("Assigned", [("SipRuleId", rule_id)])


def test_number_without_plus_is_the_same(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A number may be given without its plus sign, and is answered with it."""
    own(client)

    answer = client.create_sip_rule(
        Name="Rule",
        TriggerType="ToPhoneNumber",
        TriggerValue=NUMBER.removeprefix("+"),
        TargetApplications=[{"SipMediaApplicationId": application_id}],
    )

    assert answer["SipRule"]["TriggerValue"] == NUMBER


def test_number_must_be_in_the_inventory(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Only a number of the account triggers a rule."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, NUMBER, application_id)

    assert error.value.response["Error"]["Message"] == (
        f"TriggerValue must refer to an existing PhoneNumber, not '{NUMBER}'"
    )


def test_number_must_be_for_applications(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Only a number with the product type of SIP media applications does."""
    own(client, product_type="VoiceConnector")

    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, NUMBER, application_id)

    assert error.value.response["Error"]["Message"] == (
        "TriggerValue must be a number with the product type "
        "SipMediaApplicationDialIn, not VoiceConnector"
    )
    assert state_of(client) == ("Unassigned", [])


def test_number_must_have_been_acquired(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Only a number whose order has been carried out does."""
    client.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[NUMBER]
    )

    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, NUMBER, application_id)

    assert error.value.response["Error"]["Message"] == (
        "TriggerValue must be a number that is ready for use, not AcquireInProgress"
    )


def test_refused_rule_claims_nothing(client: ChimeSDKVoiceClient) -> None:
    """A rule that is refused for its target leaves the number as it was."""
    own(client)

    with pytest.raises(client.exceptions.BadRequestException):
        create_rule(client, NUMBER, UNKNOWN_ID)

    assert state_of(client) == ("Unassigned", [])
