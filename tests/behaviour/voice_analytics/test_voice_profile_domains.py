"""Voice profile domains, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.oracles.answers import body, pages
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)
KEY = {"KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/1234abcd"}


def create(client: ChimeSDKVoiceClient, **members: Any) -> dict[str, Any]:
    """Create a domain, by default named Riders, and return it."""
    answer = client.create_voice_profile_domain(
        **{"Name": "Riders", "ServerSideEncryptionConfiguration": KEY, **members}
    )
    return dict(answer["VoiceProfileDomain"])


def test_create_answers_the_domain(client: ChimeSDKVoiceClient) -> None:
    """A new domain has the members that were given."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_voice_profile_domain(
            Name="Riders",
            Description="Who rides",
            ServerSideEncryptionConfiguration={"KmsKeyArn": KEY["KmsKeyArn"]},
        )
    id = answer["VoiceProfileDomain"]["VoiceProfileDomainId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "VoiceProfileDomain": {
            "VoiceProfileDomainId": id,
            "VoiceProfileDomainArn": (
                f"arn:aws:chime:us-east-1:123456789012:voice-profile-domain/{id}"
            ),
            "Name": "Riders",
            "Description": "Who rides",
            "ServerSideEncryptionConfiguration": KEY,
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
        }
    }


def test_get_answers_what_create_did(client: ChimeSDKVoiceClient) -> None:
    """Get answers the domain as Create answered it, without what was not given."""
    created = create(client)

    answer = client.get_voice_profile_domain(
        VoiceProfileDomainId=created["VoiceProfileDomainId"]
    )

    assert body(answer) == {"VoiceProfileDomain": created}
    assert sorted(created) == [
        "CreatedTimestamp",
        "Name",
        "ServerSideEncryptionConfiguration",
        "UpdatedTimestamp",
        "VoiceProfileDomainArn",
        "VoiceProfileDomainId",
    ]


def test_list_answers_summaries(client: ChimeSDKVoiceClient) -> None:
    """A list tells everything about a domain but its encryption."""
    summary = create(client, Description="Who rides")
    del summary["ServerSideEncryptionConfiguration"]

    answer = client.list_voice_profile_domains()

    assert body(answer) == {"VoiceProfileDomains": [summary]}


def test_list_pages_in_order_of_creation(client: ChimeSDKVoiceClient) -> None:
    """The pages of a list hold everything once, in the order of creation."""
    names = [f"Domain {n}" for n in range(5)]
    for name in names:
        create(client, Name=name)

    found = pages(
        client.list_voice_profile_domains, "VoiceProfileDomains", MaxResults=2
    )

    assert [[domain["Name"] for domain in page] for page in found] == [
        names[0:2],
        names[2:4],
        names[4:5],
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"Name": "Drivers"},
        {"Description": "Who drives"},
        {"Description": ""},
        {"Name": "Drivers", "Description": "Who drives"},
        {},
    ],
    ids=str,
)
def test_update_changes_what_is_given(
    client: ChimeSDKVoiceClient, change: dict[str, str]
) -> None:
    """Update sets name and description where given, and bumps the update timestamp."""
    before = create(client, Description="Who rides")

    with time_machine.travel(LATER, tick=False):
        answer = client.update_voice_profile_domain(
            VoiceProfileDomainId=before["VoiceProfileDomainId"], **change
        )

    assert body(answer) == {
        "VoiceProfileDomain": {**before, **change, "UpdatedTimestamp": LATER}
    }


def test_deleted_domain_is_gone(client: ChimeSDKVoiceClient) -> None:
    """A deleted domain is neither found nor listed, and Delete answers 204."""
    id = create(client)["VoiceProfileDomainId"]

    answer = client.delete_voice_profile_domain(VoiceProfileDomainId=id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert client.list_voice_profile_domains()["VoiceProfileDomains"] == []
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_voice_profile_domain(VoiceProfileDomainId=id)
    assert error.value.response["Error"] == {
        "Code": "NotFoundException",
        "Message": f"Could not find VoiceProfileDomain with Id '{id}'",
    }


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("update_voice_profile_domain", {"Name": "Drivers"}),
        ("delete_voice_profile_domain", {}),
        ("list_voice_profiles", {}),
    ],
)
def test_unknown_domain(
    client: ChimeSDKVoiceClient, operation: str, members: dict[str, str]
) -> None:
    """Whatever names a domain that does not exist answers NotFoundException."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, operation)(VoiceProfileDomainId="vpd-none", **members)

    assert error.value.response["Error"]["Message"] == (
        "Could not find VoiceProfileDomain with Id 'vpd-none'"
    )


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:kms:us-east-1:123456789012:alias/riders",
        "arn:aws:kms:us-east-1:123456789012:key/",
        "arn:aws:s3:::riders",
    ],
)
def test_key_must_be_the_arn_of_a_key(client: ChimeSDKVoiceClient, arn: str) -> None:
    """An alias, or anything else that is no key, is refused."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create(client, ServerSideEncryptionConfiguration={"KmsKeyArn": arn})

    assert error.value.response["Error"]["Message"] == (
        "ServerSideEncryptionConfiguration.KmsKeyArn must be the ARN of a KMS key, "
        f"not '{arn}'"
    )
    assert client.list_voice_profile_domains()["VoiceProfileDomains"] == []


def test_same_token_makes_one_domain(client: ChimeSDKVoiceClient) -> None:
    """A request that is sent again with its token answers the domain it has made."""
    created = create(client, ClientRequestToken="ride-1")

    assert create(client, ClientRequestToken="ride-1") == created
    assert len(client.list_voice_profile_domains()["VoiceProfileDomains"]) == 1


def test_requests_without_token_are_different(client: ChimeSDKVoiceClient) -> None:
    """Names are not unique: without a token each request makes a domain."""
    ids = {create(client)["VoiceProfileDomainId"] for _ in range(2)}

    assert len(ids) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"Name": "Drivers"},
        {"Description": "Who drives"},
        {"ServerSideEncryptionConfiguration": {"KmsKeyArn": f"{KEY['KmsKeyArn']}s"}},
        {"Tags": [{"Key": "team", "Value": "drivers"}]},
    ],
    ids=["name", "description", "key", "tags"],
)
def test_token_of_another_request(
    client: ChimeSDKVoiceClient, other: dict[str, Any]
) -> None:
    """A token that comes with any other member answers ConflictException."""
    create(client, ClientRequestToken="ride-1")

    with pytest.raises(client.exceptions.ConflictException) as error:
        create(client, ClientRequestToken="ride-1", **other)

    assert error.value.response["Error"]["Message"] == (
        "ClientRequestToken must be new, not 'ride-1' of another request"
    )


def test_token_is_free_after_deletion(client: ChimeSDKVoiceClient) -> None:
    """A token lives as long as what it has made."""
    first = create(client, ClientRequestToken="ride-1")["VoiceProfileDomainId"]
    client.delete_voice_profile_domain(VoiceProfileDomainId=first)

    second = create(client, ClientRequestToken="ride-1")["VoiceProfileDomainId"]

    assert first != second


def test_regions_have_domains_of_their_own(connect: Connect) -> None:
    """A domain is visible only through the endpoint that made it."""
    create(connect(region="us-west-2"))

    assert connect().list_voice_profile_domains()["VoiceProfileDomains"] == []


def test_terraform_sequence(client: ChimeSDKVoiceClient) -> None:
    """Terraform's life of a domain: create, read, retag, update, delete, be gone."""
    created = create(client, Description="", Tags=[{"Key": "team", "Value": "a"}])
    id, arn = created["VoiceProfileDomainId"], created["VoiceProfileDomainArn"]
    read = client.get_voice_profile_domain(VoiceProfileDomainId=id)
    tags = client.list_tags_for_resource(ResourceARN=arn)
    client.untag_resource(ResourceARN=arn, TagKeys=["team"])
    client.tag_resource(ResourceARN=arn, Tags=[{"Key": "env", "Value": "test"}])
    client.update_voice_profile_domain(VoiceProfileDomainId=id, Name="Drivers")
    reread = client.get_voice_profile_domain(VoiceProfileDomainId=id)
    retagged = client.list_tags_for_resource(ResourceARN=arn)
    client.delete_voice_profile_domain(VoiceProfileDomainId=id)

    assert body(read) == {"VoiceProfileDomain": created}
    assert tags["Tags"] == [{"Key": "team", "Value": "a"}]
    assert reread["VoiceProfileDomain"]["Name"] == "Drivers"
    assert reread["VoiceProfileDomain"]["Description"] == ""
    assert retagged["Tags"] == [{"Key": "env", "Value": "test"}]
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_voice_profile_domain(VoiceProfileDomainId=id)
    with pytest.raises(client.exceptions.NotFoundException):
        client.list_tags_for_resource(ResourceARN=arn)
