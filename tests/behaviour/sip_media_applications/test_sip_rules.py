"""SIP rules, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.sip import (
    UNKNOWN_ID,
    create_application,
    create_rule,
    host_of,
    list_rules,
    own,
)
from kit.oracles.answers import body
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)


@pytest.fixture
def host(connector_id: str) -> str:
    """The outbound host of a connector."""
    return host_of(connector_id)


@pytest.fixture
def rule_id(client: ChimeSDKVoiceClient, host: str, application_id: str) -> str:
    """An enabled rule for the host."""
    return create_rule(client, host, application_id)


def rule_of(client: ChimeSDKVoiceClient, rule_id: str) -> Any:
    """Return a rule as Get answers it."""
    return client.get_sip_rule(SipRuleId=rule_id)["SipRule"]


def test_create_answers_the_rule(
    client: ChimeSDKVoiceClient, host: str, application_id: str
) -> None:
    """A new rule has the members that were given, and is enabled."""
    target = {
        "SipMediaApplicationId": application_id,
        "Priority": 1,
        "AwsRegion": "us-east-1",
    }
    with time_machine.travel(NOON, tick=False):
        answer = client.create_sip_rule(
            Name="Rule",
            TriggerType="RequestUriHostname",
            TriggerValue=host,
            TargetApplications=[target],  # type: ignore[list-item]
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "SipRule": {
            "SipRuleId": answer["SipRule"]["SipRuleId"],
            "Name": "Rule",
            "Disabled": False,
            "TriggerType": "RequestUriHostname",
            "TriggerValue": host,
            "TargetApplications": [target],
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
        }
    }
    assert rule_of(client, answer["SipRule"]["SipRuleId"]) == answer["SipRule"]


def test_deleted_rule_is_gone(client: ChimeSDKVoiceClient, rule_id: str) -> None:
    """A deleted rule is neither found nor listed."""
    answer = client.delete_sip_rule(SipRuleId=rule_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert list_rules(client) == []
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.delete_sip_rule(SipRuleId=rule_id)
    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipRule with Id '{rule_id}'"
    )


def test_enabled_rule_for_a_host_can_be_deleted(
    client: ChimeSDKVoiceClient, host: str, application_id: str
) -> None:
    """A rule for a host need not be disabled first, and its host is free again."""
    client.delete_sip_rule(SipRuleId=create_rule(client, host, application_id))

    again = create_rule(client, host, application_id)

    assert list_rules(client) == [again]


@pytest.mark.parametrize("operation", ["get_sip_rule", "delete_sip_rule"])
def test_unknown_rule(client: ChimeSDKVoiceClient, operation: str) -> None:
    """A rule that does not exist is not found."""
    with pytest.raises(client.exceptions.NotFoundException):
        getattr(client, operation)(SipRuleId=UNKNOWN_ID)


def test_update_of_an_unknown_rule(client: ChimeSDKVoiceClient) -> None:
    """A rule that does not exist cannot be updated."""
    with pytest.raises(client.exceptions.NotFoundException):
        client.update_sip_rule(SipRuleId=UNKNOWN_ID, Name="Rule")


def test_update_renames_alone(client: ChimeSDKVoiceClient, rule_id: str) -> None:
    """Update answers 202, and what is not given stays as it is."""
    before = rule_of(client, rule_id)

    with time_machine.travel(LATER, tick=False):
        answer = client.update_sip_rule(SipRuleId=rule_id, Name="Menu")

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert body(answer) == {
        "SipRule": {**before, "Name": "Menu", "UpdatedTimestamp": LATER}
    }


def test_update_of_a_disabled_rule_keeps_it_disabled(
    client: ChimeSDKVoiceClient, host: str, application_id: str
) -> None:
    """An update without Disabled does not enable a rule."""
    rule_id = create_rule(client, host, application_id, Disabled=True)

    client.update_sip_rule(SipRuleId=rule_id, Name="Menu")

    assert rule_of(client, rule_id)["Disabled"] is True


def test_update_moves_to_other_targets(
    client: ChimeSDKVoiceClient, rule_id: str, application_id: str
) -> None:
    """New targets replace the old ones, which the rule then no longer holds."""
    other_id = create_application(client)

    answer = client.update_sip_rule(
        SipRuleId=rule_id,
        Name="Rule",
        TargetApplications=[{"SipMediaApplicationId": other_id, "Priority": 2}],
    )

    assert answer["SipRule"]["TargetApplications"] == [
        {"SipMediaApplicationId": other_id, "Priority": 2, "AwsRegion": "us-east-1"}
    ]
    assert list_rules(client, SipMediaApplicationId=other_id) == [rule_id]
    assert list_rules(client, SipMediaApplicationId=application_id) == []
    client.delete_sip_media_application(SipMediaApplicationId=application_id)


def test_refused_update_changes_nothing(
    client: ChimeSDKVoiceClient, rule_id: str
) -> None:
    """An update with an unknown target changes neither name nor state."""
    before = rule_of(client, rule_id)

    with pytest.raises(client.exceptions.BadRequestException):
        client.update_sip_rule(
            SipRuleId=rule_id,
            Name="Menu",
            Disabled=True,
            TargetApplications=[{"SipMediaApplicationId": UNKNOWN_ID}],
        )

    assert rule_of(client, rule_id) == before


def test_rule_without_its_target_cannot_be_enabled(
    client: ChimeSDKVoiceClient, rule_id: str, application_id: str
) -> None:
    """A disabled rule whose target has been deleted can be renamed, not enabled."""
    client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=True)
    client.delete_sip_media_application(SipMediaApplicationId=application_id)
    client.update_sip_rule(SipRuleId=rule_id, Name="Old")

    with pytest.raises(client.exceptions.BadRequestException):
        client.update_sip_rule(SipRuleId=rule_id, Name="New", Disabled=False)

    assert rule_of(client, rule_id)["Name"] == "Old"


def test_enabled_rule_keeps_its_connector(
    client: ChimeSDKVoiceClient, connector_id: str, rule_id: str
) -> None:
    """A connector cannot be deleted while its host triggers an enabled rule."""
    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_voice_connector(VoiceConnectorId=connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnector '{connector_id}' is the trigger of the enabled SipRule "
        f"'{rule_id}'"
    )
    client.get_voice_connector(VoiceConnectorId=connector_id)


def test_disabled_rule_outlives_its_connector(
    client: ChimeSDKVoiceClient, connector_id: str, rule_id: str
) -> None:
    """A disabled rule lets its connector go, and cannot be enabled afterwards."""
    client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=True)
    client.delete_voice_connector(VoiceConnectorId=connector_id)

    with pytest.raises(client.exceptions.BadRequestException):
        client.update_sip_rule(SipRuleId=rule_id, Name="Rule", Disabled=False)
    client.delete_sip_rule(SipRuleId=rule_id)

    assert list_rules(client) == []


def test_regions_have_rules_of_their_own(connect: Connect, rule_id: str) -> None:
    """A rule is visible only through the endpoint that made it."""
    assert list_rules(connect()) == [rule_id]
    assert list_rules(connect(region="us-west-2")) == []


def test_paginator_lists_in_order_of_creation(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """botocore's paginator finds every rule once, in order of creation."""
    numbers = [f"+1206555010{digit}" for digit in range(5)]
    for number in numbers:
        own(client, number)

    ids = [create_rule(client, number, application_id) for number in numbers]

    assert list_rules(client) == ids
