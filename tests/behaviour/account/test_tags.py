"""Tags of all resources that have them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kit.builders.taggable import KINDS, create, delete, get
from kit.oracles.answers import body
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import TagTypeDef


def tag(key: str, value: str = "") -> TagTypeDef:
    """Return a tag as the API spells it."""
    return {"Key": key, "Value": value}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """What an ARN calls the resource's kind."""
    return str(request.param)


@pytest.fixture
def arn(client: ChimeSDKVoiceClient, kind: str) -> str:
    """The ARN of a resource that has the tags team=rides and stage=test."""
    return create(client, kind, team="rides", stage="test")


def test_tags_of_a_new_resource(client: ChimeSDKVoiceClient, arn: str) -> None:
    """The tags that Create took are there at once."""
    answer = client.list_tags_for_resource(ResourceARN=arn)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert body(answer) == {"Tags": [tag("team", "rides"), tag("stage", "test")]}


def test_tags_are_no_part_of_the_resource(
    client: ChimeSDKVoiceClient, arn: str
) -> None:
    """Get does not answer tags."""
    assert "Tags" not in get(client, arn)


def test_no_tags(client: ChimeSDKVoiceClient, kind: str) -> None:
    """A resource that was made without tags has an empty list of them."""
    answer = client.list_tags_for_resource(ResourceARN=create(client, kind))

    assert body(answer) == {"Tags": []}


def test_tag_adds_and_overwrites(client: ChimeSDKVoiceClient, arn: str) -> None:
    """A key that is there gets the new value, another one is added."""
    answer = client.tag_resource(
        ResourceARN=arn, Tags=[tag("stage", "live"), tag("cost", "")]
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        tag("team", "rides"),
        tag("stage", "live"),
        tag("cost"),
    ]


def test_last_of_equal_keys_counts(client: ChimeSDKVoiceClient, kind: str) -> None:
    """A key that comes twice in one request has the value that comes last."""
    arn = create(client, kind)

    client.tag_resource(ResourceARN=arn, Tags=[tag("cost", "1"), tag("cost", "2")])

    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [tag("cost", "2")]


def test_untag_removes(client: ChimeSDKVoiceClient, arn: str) -> None:
    """Keys that are there are removed, others are ignored."""
    answer = client.untag_resource(ResourceARN=arn, TagKeys=["team", "unknown"])

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        tag("stage", "test")
    ]


def test_fifty_tags_are_the_limit(client: ChimeSDKVoiceClient, arn: str) -> None:
    """A resource has at most fifty tags; too many change nothing."""
    client.tag_resource(ResourceARN=arn, Tags=[tag(f"key{n}") for n in range(48)])

    with pytest.raises(client.exceptions.ResourceLimitExceededException) as error:
        client.tag_resource(ResourceARN=arn, Tags=[tag("team", "food"), tag("more")])

    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error.value.response["Error"]["Message"] == (
        "A resource has at most 50 tags, not 51"
    )
    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        tag("team", "rides"),
        tag("stage", "test"),
        *(tag(f"key{n}") for n in range(48)),
    ]


def test_full_resource_takes_new_values(client: ChimeSDKVoiceClient, arn: str) -> None:
    """A resource with fifty tags takes new values of these."""
    client.tag_resource(ResourceARN=arn, Tags=[tag(f"key{n}") for n in range(48)])

    client.tag_resource(ResourceARN=arn, Tags=[tag("team", "food")])

    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    assert (len(tags), tags[0]) == (50, tag("team", "food"))


def call_all(client: ChimeSDKVoiceClient, arn: str, error: type[Exception]) -> set[str]:
    """Return the messages of the *error* that each operation on tags answers."""
    calls: list[Callable[[], object]] = [
        lambda: client.list_tags_for_resource(ResourceARN=arn),
        lambda: client.tag_resource(ResourceARN=arn, Tags=[tag("k")]),
        lambda: client.untag_resource(ResourceARN=arn, TagKeys=["k"]),
    ]
    messages = set()
    for call in calls:
        with pytest.raises(error) as raised:
            call()
        messages.add(raised.value.response["Error"]["Message"])  # type: ignore[attr-defined]
    return messages


def test_unknown_resource(client: ChimeSDKVoiceClient, kind: str) -> None:
    """An ARN of a kind that has tags, but of no resource, is a 404."""
    arn = f"arn:aws:chime:us-east-1:123456789012:{kind}/abcdef1ghij2klmno3pqr4"

    messages = call_all(client, arn, client.exceptions.NotFoundException)

    assert messages == {f"Could not find resource with Id '{arn}'"}


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:chime:us-east-1:123456789012:meeting/abc",
        "arn:aws:chime:us-east-1:123456789012:vcg/abc",
        "arn:aws:chime:us-east-1:123456789012:voice-profile/vp-abc",
        "arn:aws:s3:::bucket",
        "arn:",
    ],
)
def test_resource_without_tags(client: ChimeSDKVoiceClient, arn: str) -> None:
    """An ARN of any other kind is a 400 in the words that AWS used."""
    messages = call_all(client, arn, client.exceptions.BadRequestException)

    assert messages == {"Invalid resource"}


def test_resource_of_another_region(connect: Connect, arn: str) -> None:
    """Tags are read through the endpoint that made the resource."""
    west = connect(region="us-west-2")

    with pytest.raises(west.exceptions.NotFoundException):
        west.list_tags_for_resource(ResourceARN=arn)


def test_tags_go_with_their_resource(client: ChimeSDKVoiceClient, arn: str) -> None:
    """A deleted resource has no tags any more."""
    delete(client, arn)

    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(ResourceARN=arn)
