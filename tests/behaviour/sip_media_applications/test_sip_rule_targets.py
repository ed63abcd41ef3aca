"""The applications that SIP rules target, and the rules that target one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.sip import (
    UNKNOWN_ID,
    create_application,
    create_rule,
    host_of,
    list_rules,
    own,
)
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import SipRuleTargetApplicationTypeDef


def targets_of(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    *targets: SipRuleTargetApplicationTypeDef,
) -> list[SipRuleTargetApplicationTypeDef]:
    """Return the targets that a new rule with *targets* has."""
    return client.create_sip_rule(
        Name="Rule",
        TriggerType="RequestUriHostname",
        TriggerValue=host_of(connector_id),
        TargetApplications=targets,
    )["SipRule"]["TargetApplications"]


def test_targets_may_be_in_several_regions(
    connect: Connect, client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A rule calls one application per region, whichever endpoint made it."""
    east = create_application(client, "us-east-1")
    west = create_application(connect(region="us-west-2"), "us-west-2")
    dublin = create_application(client, "eu-west-1")

    targets = targets_of(
        client,
        connector_id,
        {"SipMediaApplicationId": west, "Priority": 2, "AwsRegion": "us-west-2"},
        {"SipMediaApplicationId": east, "Priority": 1, "AwsRegion": "us-east-1"},
        {"SipMediaApplicationId": dublin, "Priority": 3},
    )

    assert targets == [
        {"SipMediaApplicationId": west, "Priority": 2, "AwsRegion": "us-west-2"},
        {"SipMediaApplicationId": east, "Priority": 1, "AwsRegion": "us-east-1"},
        {"SipMediaApplicationId": dublin, "Priority": 3, "AwsRegion": "eu-west-1"},
    ]


def test_list_filters_by_a_target_of_another_region(
    connect: Connect, client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A target of another region filters the list of the rule's own region."""
    west = create_application(connect(region="us-west-2"), "us-west-2")
    rule_id = create_rule(client, host_of(connector_id), west)

    here = client.list_sip_rules(SipMediaApplicationId=west)["SipRules"]
    there = connect(region="us-west-2").list_sip_rules(SipMediaApplicationId=west)

    assert [rule["SipRuleId"] for rule in here] == [rule_id]
    assert there["SipRules"] == []


def test_region_has_one_target(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Two applications in one region cannot be targets of a rule."""
    first, second = create_application(client), create_application(client)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_rule(client, host_of(connector_id), first, second)

    assert error.value.response["Error"]["Message"] == (
        "TargetApplications must have one application per AwsRegion, not two in "
        "us-east-1"
    )


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            {"SipMediaApplicationId": UNKNOWN_ID},
            "TargetApplications[0].SipMediaApplicationId must refer to an existing "
            f"SipMediaApplication, not '{UNKNOWN_ID}'",
        ),
        ({"Priority": 1}, "TargetApplications[0].SipMediaApplicationId is required"),
    ],
)
def test_target_must_be_an_application(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    target: SipRuleTargetApplicationTypeDef,
    message: str,
) -> None:
    """A target is an application of the account."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        targets_of(client, connector_id, target)

    assert error.value.response["Error"]["Message"] == message


def test_target_must_be_in_its_region(
    client: ChimeSDKVoiceClient, connector_id: str, application_id: str
) -> None:
    """The region of a target is that of the application."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        targets_of(
            client,
            connector_id,
            {"SipMediaApplicationId": application_id, "AwsRegion": "us-west-2"},
        )

    assert error.value.response["Error"]["Message"] == (
        "TargetApplications[0].AwsRegion must be us-east-1, the application's, "
        "not 'us-west-2'"
    )


def test_list_filters_by_target(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A list can be of the rules that target one application, page by page too."""
    other_id = create_application(client)
    numbers = [f"+1206555010{digit}" for digit in range(6)]
    for number in numbers:
        own(client, number)
    targets = [application_id, other_id] * 3
    ids = [create_rule(client, *pair) for pair in zip(numbers, targets, strict=True)]

    assert list_rules(client, SipMediaApplicationId=application_id) == ids[0::2]
    assert list_rules(client, SipMediaApplicationId=other_id) == ids[1::2]


def test_list_of_an_application_without_rules(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """An application that no rule targets has an empty list."""
    assert list_rules(client, SipMediaApplicationId=application_id) == []


def test_list_of_an_unknown_application(client: ChimeSDKVoiceClient) -> None:
    """A list filtered by an application that does not exist is not found."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.list_sip_rules(SipMediaApplicationId=UNKNOWN_ID)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipMediaApplication with Id '{UNKNOWN_ID}'"
    )
