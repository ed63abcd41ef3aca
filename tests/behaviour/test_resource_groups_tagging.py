"""Tagged resources, as AWS's Resource Groups Tagging API sees them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import pytest

from support import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.skipif(
    find_spec("moto.core.resource_tagging") is None,
    reason="this moto's tagging API knows a fixed list of services",
)


@pytest.fixture
def tagging(connect: Connect) -> Any:
    """A client of the tagging API."""
    return connect("resourcegroupstaggingapi")


@pytest.fixture
def arn(client: ChimeSDKVoiceClient) -> str:
    """The ARN of a connector that is tagged, beside one that is not."""
    client.create_voice_connector(Name="Untagged", RequireEncryption=True)
    answer = client.create_voice_connector(
        Name="Rides",
        RequireEncryption=True,
        Tags=[{"Key": "team", "Value": "rides"}],
    )
    return answer["VoiceConnector"]["VoiceConnectorArn"]


def tags_of(client: ChimeSDKVoiceClient, arn: str) -> dict[str, str]:
    """Return the tags of a resource as the service itself lists them."""
    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in tags}


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"TagFilters": [{"Key": "team", "Values": ["rides"]}]},
        {"ResourceTypeFilters": ["chime"]},
        {"ResourceTypeFilters": ["chime:vc"]},
    ],
)
def test_tagged_connectors_are_found(
    tagging: Any, arn: str, filters: dict[str, Any]
) -> None:
    """A connector with tags is found, by its tags and its type too."""
    answer = tagging.get_resources(**filters)

    assert answer["ResourceTagMappingList"] == [
        {"ResourceARN": arn, "Tags": [{"Key": "team", "Value": "rides"}]}
    ]


def test_other_types_do_not_match(tagging: Any, arn: str) -> None:
    """A connector is no SIP media application."""
    answer = tagging.get_resources(ResourceTypeFilters=["chime:sma"])

    assert answer["ResourceTagMappingList"] == []


def test_tagging_tags_the_connector(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """Tags that the tagging API sets are the connector's."""
    answer = tagging.tag_resources(ResourceARNList=[arn], Tags={"stage": "test"})

    assert answer["FailedResourcesMap"] == {}
    assert tags_of(client, arn) == {"team": "rides", "stage": "test"}


def test_untagging_untags_the_connector(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """Tags that the tagging API removes are the connector's no more."""
    answer = tagging.untag_resources(ResourceARNList=[arn], TagKeys=["team"])

    assert answer["FailedResourcesMap"] == {}
    assert tags_of(client, arn) == {}


def test_an_unknown_connector_cannot_be_tagged(tagging: Any, arn: str) -> None:
    """A resource that does not exist is reported as failed."""
    unknown = f"{arn}x"

    for answer in (
        tagging.tag_resources(ResourceARNList=[unknown], Tags={"stage": "test"}),
        tagging.untag_resources(ResourceARNList=[unknown], TagKeys=["stage"]),
    ):
        assert list(answer["FailedResourcesMap"]) == [unknown]


def test_a_resource_with_too_many_tags_is_reported(
    client: ChimeSDKVoiceClient, tagging: Any, arn: str
) -> None:
    """A 51st tag is reported as failed, and changes nothing."""
    tags = {f"key{n}": "value" for n in range(50)}

    answer = tagging.tag_resources(ResourceARNList=[arn], Tags=tags)

    assert list(answer["FailedResourcesMap"]) == [arn]
    assert tags_of(client, arn) == {"team": "rides"}
