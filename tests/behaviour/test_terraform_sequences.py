"""The calls of Terraform's AWS provider, in its order.

Its acceptance tests pass on AWS, so what it does must work here. It drops a resource
from its state when a read raises NotFoundException, and only then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def assert_gone(
    client: ChimeSDKVoiceClient, read: Callable[..., Any], **members: str
) -> None:
    """Fail unless *read* says that its resource does not exist."""
    with pytest.raises(client.exceptions.NotFoundException):
        read(**members)


def test_voice_connector_with_tags(client: ChimeSDKVoiceClient) -> None:
    """Tags are read after each change; an update of tags removes, then adds."""
    created = client.create_voice_connector(
        Name="vc",
        RequireEncryption=True,
        AwsRegion="us-east-1",
        Tags=[{"Key": "key1", "Value": "value1"}, {"Key": "key2", "Value": "value2"}],
    )["VoiceConnector"]
    id, arn = created["VoiceConnectorId"], created["VoiceConnectorArn"]
    assert client.get_voice_connector(VoiceConnectorId=id)["VoiceConnector"] == created
    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        {"Key": "key1", "Value": "value1"},
        {"Key": "key2", "Value": "value2"},
    ]

    client.update_voice_connector(
        VoiceConnectorId=id, Name="vc", RequireEncryption=False
    )
    client.untag_resource(ResourceARN=arn, TagKeys=["key1"])
    client.tag_resource(ResourceARN=arn, Tags=[{"Key": "key2", "Value": "updated"}])
    read = client.get_voice_connector(VoiceConnectorId=id)["VoiceConnector"]
    assert read["RequireEncryption"] is False
    assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == [
        {"Key": "key2", "Value": "updated"}
    ]

    client.delete_voice_connector(VoiceConnectorId=id)
    assert_gone(client, client.get_voice_connector, VoiceConnectorId=id)


def test_voice_connector_group(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """A group is emptied and read before it is deleted, then its connectors go."""
    first: Any = [{"VoiceConnectorId": connector_id, "Priority": 1}]
    second: Any = [{"VoiceConnectorId": connector_id, "Priority": 3}]
    created = client.create_voice_connector_group(Name="g", VoiceConnectorItems=first)
    id = created["VoiceConnectorGroup"]["VoiceConnectorGroupId"]

    def read_items() -> list[Any]:
        group = client.get_voice_connector_group(VoiceConnectorGroupId=id)
        return group["VoiceConnectorGroup"]["VoiceConnectorItems"]

    assert read_items() == first
    client.update_voice_connector_group(
        VoiceConnectorGroupId=id, Name="g", VoiceConnectorItems=second
    )
    assert read_items() == second

    client.update_voice_connector_group(
        VoiceConnectorGroupId=id, Name="g", VoiceConnectorItems=[]
    )
    assert read_items() == []
    client.delete_voice_connector_group(VoiceConnectorGroupId=id)
    assert_gone(client, client.get_voice_connector_group, VoiceConnectorGroupId=id)
    client.delete_voice_connector(VoiceConnectorId=connector_id)


def test_origination(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """An encrypted connector takes UDP routes; what was put is read."""
    first: Any = {
        "Routes": [
            {
                "Host": "200.100.12.1",
                "Port": 5060,
                "Protocol": "UDP",
                "Priority": 1,
                "Weight": 1,
            }
        ],
        "Disabled": False,
    }
    second: Any = {"Routes": [{**first["Routes"][0], "Protocol": "TCP", "Weight": 20}]}
    id = {"VoiceConnectorId": connector_id}

    client.put_voice_connector_origination(**id, Origination=first)
    assert client.get_voice_connector_origination(**id)["Origination"] == first
    client.put_voice_connector_origination(**id, Origination=second)
    assert client.get_voice_connector_origination(**id)["Origination"] == {
        **second,
        "Disabled": False,
    }

    client.delete_voice_connector_origination(**id)
    assert_gone(client, client.get_voice_connector_origination, **id)


def test_termination(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """One call a second and not disabled are what a first read shows."""
    id = {"VoiceConnectorId": connector_id}
    first: Any = {
        "CidrAllowedList": ["50.35.78.96/31"],
        "CallingRegions": ["US", "RU"],
        "Disabled": False,
        "CpsLimit": 1,
    }
    second: Any = {
        "CidrAllowedList": ["100.35.78.97/32"],
        "CallingRegions": ["CA"],
        "Disabled": False,
        "CpsLimit": 1,
    }

    client.put_voice_connector_termination(**id, Termination=first)
    assert client.get_voice_connector_termination(**id)["Termination"] == first
    client.put_voice_connector_termination(**id, Termination=second)
    assert client.get_voice_connector_termination(**id)["Termination"] == second

    client.delete_voice_connector_termination(**id)
    assert_gone(client, client.get_voice_connector_termination, **id)


def test_termination_credentials(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """After all credentials are deleted, a read still finds the termination's list."""
    id = {"VoiceConnectorId": connector_id}
    client.put_voice_connector_termination(
        **id,
        Termination={"CidrAllowedList": ["50.35.78.0/27"], "CallingRegions": ["US"]},
    )

    def put(*names: str) -> None:
        client.put_voice_connector_termination_credentials(
            **id, Credentials=[{"Username": n, "Password": "test1!"} for n in names]
        )

    def read() -> list[str]:
        return client.list_voice_connector_termination_credentials(**id)["Usernames"]

    put("test1")
    assert read() == ["test1"]
    put("test1", "test2")
    assert read() == ["test1", "test2"]
    client.delete_voice_connector_termination_credentials(
        **id, Usernames=["test1", "test2"]
    )
    assert read() == []

    client.delete_voice_connector(**id)
    assert_gone(client, client.list_voice_connector_termination_credentials, **id)


def test_streaming(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """The targets that are read are the ones that were sent."""
    id = {"VoiceConnectorId": connector_id}
    first: Any = {
        "DataRetentionInHours": 5,
        "Disabled": False,
        "StreamingNotificationTargets": [{"NotificationTarget": "SQS"}],
    }
    second: Any = {
        "DataRetentionInHours": 2,
        "Disabled": False,
        "StreamingNotificationTargets": [
            {"NotificationTarget": "SQS"},
            {"NotificationTarget": "SNS"},
        ],
    }

    def read() -> Any:
        answer = client.get_voice_connector_streaming_configuration(**id)
        return answer["StreamingConfiguration"]

    for streaming in (first, second):
        client.put_voice_connector_streaming_configuration(
            **id, StreamingConfiguration=streaming
        )
        assert read() == streaming

    client.delete_voice_connector_streaming_configuration(**id)
    assert_gone(client, client.get_voice_connector_streaming_configuration, **id)


def test_logging(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """To turn both logs off is how they are deleted."""
    id = {"VoiceConnectorId": connector_id}

    for metrics, sip in ((True, True), (True, False), (False, False)):
        logging: Any = {"EnableMediaMetricLogs": metrics, "EnableSIPLogs": sip}
        client.put_voice_connector_logging_configuration(
            **id, LoggingConfiguration=logging
        )
        answer = client.get_voice_connector_logging_configuration(**id)
        assert answer["LoggingConfiguration"] == logging


def test_global_settings(client: ChimeSDKVoiceClient) -> None:
    """A bucket is set and changed; it is deleted by settings without one."""
    for bucket in ("first-bucket", "second-bucket"):
        client.update_global_settings(VoiceConnector={"CdrBucket": bucket})
        settings = client.get_global_settings()["VoiceConnector"]
        assert settings == {"CdrBucket": bucket}

    client.update_global_settings(VoiceConnector={})
    assert client.get_global_settings()["VoiceConnector"] == {}
