"""The settings of an account in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.oracles.answers import body
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def test_at_first_there_is_no_bucket(client: ChimeSDKVoiceClient) -> None:
    """The settings of voice connectors are there, without a bucket."""
    answer = client.get_global_settings()

    assert body(answer) == {"VoiceConnector": {}}


def test_the_bucket_is_kept(client: ChimeSDKVoiceClient) -> None:
    """Update answers 204, and Get the bucket for call detail records."""
    answer = client.update_global_settings(VoiceConnector={"CdrBucket": "our-calls"})

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert body(client.get_global_settings()) == {
        "VoiceConnector": {"CdrBucket": "our-calls"}
    }


def test_no_bucket_clears_the_bucket(client: ChimeSDKVoiceClient) -> None:
    """An update without a bucket is how to have none."""
    client.update_global_settings(VoiceConnector={"CdrBucket": "our-calls"})

    client.update_global_settings(VoiceConnector={})

    assert body(client.get_global_settings()) == {"VoiceConnector": {}}


# A server cannot tell the namespaces apart, and the older one allowed these names.
@pytest.mark.parametrize("endpoint_url", ["in process"], indirect=True)
@pytest.mark.parametrize("bucket", ["Our-Calls", "our.calls", "xn--calls", "a-s3alias"])
def test_a_bucket_has_a_valid_name(client: ChimeSDKVoiceClient, bucket: str) -> None:
    """What cannot be the name of a bucket for call detail records is refused."""
    with pytest.raises(client.exceptions.BadRequestException):
        client.update_global_settings(VoiceConnector={"CdrBucket": bucket})

    assert body(client.get_global_settings()) == {"VoiceConnector": {}}


def test_regions_have_settings_of_their_own(connect: Connect) -> None:
    """What is set through one endpoint is not set at another."""
    connect(region="us-west-2").update_global_settings(
        VoiceConnector={"CdrBucket": "our-calls"}
    )

    assert body(connect(region="us-east-1").get_global_settings()) == {
        "VoiceConnector": {}
    }
