"""SIP media applications, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.sip import (
    UNKNOWN_ID,
    create_application,
    create_rule,
    function,
    host_of,
)
from kit.oracles.answers import body, pages
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import SipMediaApplicationEndpointTypeDef

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)


def test_create_answers_the_application(client: ChimeSDKVoiceClient) -> None:
    """A new application has the members that were given, an id and an ARN."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_sip_media_application(
            AwsRegion="us-west-2", Name="IVR", Endpoints=[function("us-west-2")]
        )
    id = answer["SipMediaApplication"]["SipMediaApplicationId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "SipMediaApplication": {
            "SipMediaApplicationId": id,
            "AwsRegion": "us-west-2",
            "Name": "IVR",
            "Endpoints": [function("us-west-2")],
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "SipMediaApplicationArn": f"arn:aws:chime:us-east-1:123456789012:sma/{id}",
        }
    }


def test_get_answers_what_create_did(client: ChimeSDKVoiceClient) -> None:
    """Get answers the application as Create answered it."""
    created = client.create_sip_media_application(
        AwsRegion="us-east-1", Name="IVR", Endpoints=[function()]
    )

    answer = client.get_sip_media_application(
        SipMediaApplicationId=created["SipMediaApplication"]["SipMediaApplicationId"]
    )

    assert body(answer) == body(created)


@pytest.mark.parametrize(
    ("region", "endpoint", "message"),
    [
        ("us-west-2", function(), "Endpoints[0].LambdaArn must be a function in "),
        ("us-east-1", {}, "Endpoints[0].LambdaArn is required"),
        ("mars-north-1", function(), "AwsRegion must be one of us-east-1, us-west-2, "),
    ],
)
def test_create_refuses_a_function_elsewhere(
    client: ChimeSDKVoiceClient,
    region: str,
    endpoint: SipMediaApplicationEndpointTypeDef,
    message: str,
) -> None:
    """An application needs a function in its own region, which must be one of AWS's."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.create_sip_media_application(
            AwsRegion=region, Name="IVR", Endpoints=[endpoint]
        )

    assert error.value.response["Error"]["Message"].startswith(message)
    assert client.list_sip_media_applications()["SipMediaApplications"] == []


@pytest.mark.parametrize(
    "change", [{"Name": "Menu"}, {"Endpoints": [function(name="menu")]}, {}]
)
def test_update_replaces_what_is_given(
    client: ChimeSDKVoiceClient, application_id: str, change: dict[str, object]
) -> None:
    """Update sets the given members and leaves the others as they are."""
    before = client.get_sip_media_application(SipMediaApplicationId=application_id)

    with time_machine.travel(LATER, tick=False):
        answer = client.update_sip_media_application(
            SipMediaApplicationId=application_id,
            **change,  # type: ignore[arg-type]
        )

    assert body(answer) == {
        "SipMediaApplication": {
            **before["SipMediaApplication"],
            **change,
            "UpdatedTimestamp": LATER,
        }
    }


def test_update_refuses_a_function_elsewhere(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A refused update changes nothing, not even the name."""
    before = body(
        client.get_sip_media_application(SipMediaApplicationId=application_id)
    )

    with pytest.raises(client.exceptions.BadRequestException):
        client.update_sip_media_application(
            SipMediaApplicationId=application_id,
            Name="Menu",
            Endpoints=[function("us-west-2")],
        )

    after = client.get_sip_media_application(SipMediaApplicationId=application_id)
    assert body(after) == before


def test_paginator_lists_in_order_of_creation(client: ChimeSDKVoiceClient) -> None:
    """botocore's paginator finds every application once, in order of creation."""
    ids = [create_application(client) for _ in range(5)]

    found = client.get_paginator("list_sip_media_applications").paginate(
        PaginationConfig={"PageSize": 2}
    )

    assert [
        [application["SipMediaApplicationId"] for application in page]
        for page in (answer["SipMediaApplications"] for answer in found)
    ] == [ids[0:2], ids[2:4], ids[4:5]]


def test_page_has_at_most_a_hundred(client: ChimeSDKVoiceClient) -> None:
    """A page has 100 applications unless MaxResults asks for fewer."""
    for _ in range(101):
        create_application(client)

    found = pages(client.list_sip_media_applications, "SipMediaApplications")

    assert [len(page) for page in found] == [100, 1]


@pytest.mark.settings(enforce_quotas=True)
def test_thirty_applications_per_region(connect: Connect) -> None:
    """With quotas a region has no 31st application, and another region has its own."""
    east, west = connect(region="us-east-1"), connect(region="us-west-2")
    for _ in range(30):
        create_application(east)

    with pytest.raises(east.exceptions.ResourceLimitExceededException) as error:
        create_application(east)
    create_application(west)

    assert error.value.response["Error"]["Message"] == (
        "The number of SIP media applications per region must be at most 30, not 31"
    )
    assert len(east.list_sip_media_applications()["SipMediaApplications"]) == 30


def test_regions_have_applications_of_their_own(connect: Connect) -> None:
    """An application is visible only through the endpoint that made it."""
    id = create_application(connect(region="us-west-2"), region="us-east-1")

    with pytest.raises(connect().exceptions.NotFoundException):
        connect().get_sip_media_application(SipMediaApplicationId=id)


def test_tags_of_an_application(client: ChimeSDKVoiceClient) -> None:
    """Tags given at creation are there at once, and can be changed."""
    arn = client.create_sip_media_application(
        AwsRegion="us-east-1",
        Name="IVR",
        Endpoints=[function()],
        Tags=[{"Key": "team", "Value": "rides"}, {"Key": "stage", "Value": "test"}],
    )["SipMediaApplication"]["SipMediaApplicationArn"]

    client.untag_resource(ResourceARN=arn, TagKeys=["stage"])
    client.tag_resource(ResourceARN=arn, Tags=[{"Key": "team", "Value": "food"}])

    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        {"Key": "team", "Value": "food"}
    ]


def test_deleted_application_is_gone(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A deleted application is neither found nor listed, and its tags are gone."""
    arn = client.get_sip_media_application(SipMediaApplicationId=application_id)[
        "SipMediaApplication"
    ]["SipMediaApplicationArn"]

    answer = client.delete_sip_media_application(SipMediaApplicationId=application_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_sip_media_applications()["SipMediaApplications"] == []
    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(ResourceARN=arn)
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.delete_sip_media_application(SipMediaApplicationId=application_id)
    assert error.value.response["Error"] == {
        "Code": "NotFoundException",
        "Message": f"Could not find SipMediaApplication with Id '{application_id}'",
    }


def test_enabled_rule_blocks_deletion(
    client: ChimeSDKVoiceClient, application_id: str, connector_id: str
) -> None:
    """An application cannot be deleted while an enabled rule targets it."""
    rule_id = create_rule(client, host_of(connector_id), application_id)

    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_sip_media_application(SipMediaApplicationId=application_id)

    assert error.value.response["Error"]["Message"] == (
        f"SipMediaApplication '{application_id}' is a target of the enabled SipRule "
        f"'{rule_id}'"
    )
    client.get_sip_media_application(SipMediaApplicationId=application_id)


def test_enabled_rule_of_another_region_blocks_deletion(
    connect: Connect, client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A rule protects its targets in all regions."""
    west = connect(region="us-west-2")
    application_id = create_application(west, region="us-west-2")
    create_rule(client, host_of(connector_id), application_id)

    with pytest.raises(west.exceptions.ConflictException):
        west.delete_sip_media_application(SipMediaApplicationId=application_id)


def test_disabled_rule_outlives_its_application(
    client: ChimeSDKVoiceClient, application_id: str, connector_id: str
) -> None:
    """A disabled rule does not block the deletion, and keeps the target it had."""
    rule_id = create_rule(client, host_of(connector_id), application_id, Disabled=True)
    rule = client.get_sip_rule(SipRuleId=rule_id)["SipRule"]

    client.delete_sip_media_application(SipMediaApplicationId=application_id)

    assert client.get_sip_rule(SipRuleId=rule_id)["SipRule"] == rule


@pytest.mark.parametrize(
    "operation",
    [
        "get_sip_media_application",
        "update_sip_media_application",
        "delete_sip_media_application",
        "put_sip_media_application_logging_configuration",
        "get_sip_media_application_logging_configuration",
        "put_sip_media_application_alexa_skill_configuration",
        "get_sip_media_application_alexa_skill_configuration",
    ],
)
def test_unknown_application(client: ChimeSDKVoiceClient, operation: str) -> None:
    """An application that does not exist is not found."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, operation)(SipMediaApplicationId=UNKNOWN_ID)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find SipMediaApplication with Id '{UNKNOWN_ID}'"
    )
