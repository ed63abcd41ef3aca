"""Receivers, when a service is not loaded, or does what nobody expects."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from moto.s3.models import S3Backend
from moto.sqs.models import SQSBackend

from kit.builders.desk import ARN
from kit.builders.receivers import (
    CDRS,
    STREAMING,
    attach_telephones,
    keep_records,
    queue,
    records,
    rule,
    stream,
)
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.plugin.deliveries.backends import loaded
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SQS = "arn:aws:sqs:us-east-1:123456789012:events"


@pytest.fixture
def endpoint_url() -> None:
    """In process alone: the services are patched."""


def hide(monkeypatch: pytest.MonkeyPatch, service: str) -> None:
    """Let a service of moto be as if nobody had loaded it."""
    monkeypatch.delitem(sys.modules, f"moto.{service}.models")


def breaks(*_: Any, **__: Any) -> None:
    """Fail as no backend should."""
    raise RuntimeError("out of order")


def masked_call(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
) -> tuple[str, ...]:
    """Let a masked call begin and end; return its warnings."""
    with phone.call(RIDER, mask(client, connector_id)[1]) as call:
        pass
    return call.warnings


class TestNotLoaded:
    """Services that nobody has loaded, so that there is nothing in them."""

    def test_events(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Without EventBridge there are no rules, and nothing is missed."""
        stream(client, proxy_connector_id)
        hide(monkeypatch, "events")

        assert masked_call(client, proxy_connector_id, phone) == ()
        assert "moto.events.models" not in sys.modules

    def test_target(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A target in a service that nobody has loaded has not been made."""
        stream(client, proxy_connector_id)
        rule(connect, {"Arn": SQS})
        hide(monkeypatch, "sqs")

        warnings = masked_call(client, proxy_connector_id, phone)

        expected = f"EventBridge rule calls: target {SQS}: nobody has made it"
        assert set(warnings) == {expected}

    @pytest.mark.parametrize(("target", "kind"), [("SNS", "topic"), ("SQS", "queue")])
    def test_topics_and_queues(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        monkeypatch: pytest.MonkeyPatch,
        target: str,
        kind: str,
    ) -> None:
        """Without the service there is no topic and no queue."""
        stream(client, proxy_connector_id, target)
        hide(monkeypatch, target.lower())

        warnings = masked_call(client, proxy_connector_id, phone)

        missing = f"There is no {kind} ChimeVoiceConnector-Streaming* in us-east-1"
        assert set(warnings) == {missing}

    def test_bucket(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Without S3 there is no bucket."""
        keep_records(client, connect)
        attach_telephones(client, connector_id)
        hide(monkeypatch, "s3")

        with phone.call(RIDER, NUMBER) as call:
            pass

        [warning] = call.warnings
        assert warning.startswith("There is no bucket for s3://records/Amazon-Chime")


def test_region_that_a_service_lacks(connect: Connect) -> None:
    """A region that moto's service does not have has nothing in it."""
    connect("events").list_rules()

    assert loaded("events", "123456789012", "mars") is None


class TestBroken:
    """Backends that raise."""

    def test_queue_at_put(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """What cannot be made for a setting is in the log; the setting is put."""
        monkeypatch.setattr(SQSBackend, "create_queue", breaks)

        stream(client, connector_id, "SQS")

        [record] = (r for r in caplog.records if r.name.startswith("proxymock"))
        assert record.getMessage().startswith(
            "SQS ChimeVoiceConnector-Streaming: RuntimeError: out of order"
        )
        answer = client.get_voice_connector_streaming_configuration(
            VoiceConnectorId=connector_id
        )
        assert answer["StreamingConfiguration"] == {
            **STREAMING,
            "StreamingNotificationTargets": [{"NotificationTarget": "SQS"}],
        }

    def test_bucket(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """What S3 does not take is a warning."""
        keep_records(client, connect)
        attach_telephones(client, connector_id)
        monkeypatch.setattr(S3Backend, "put_object", breaks)

        with phone.call(RIDER, NUMBER) as call:
            pass

        [warning] = call.warnings
        assert "RuntimeError: out of order" in warning

    def test_notifications(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A record of which S3 cannot notify anybody is whole, and it is a warning."""
        keep_records(client, connect)
        monkeypatch.setattr("moto.s3.notifications.send_event", breaks)

        warnings = masked_call(client, proxy_connector_id, phone)

        keys = records(connect, CDRS)
        stored = [connect("s3").get_object(Bucket="records", Key=key) for key in keys]
        assert [each["ContentType"] for each in stored] == ["application/json"] * 2
        assert [warning.partition(" (")[0] for warning in warnings] == [
            f"s3://records/{key}: RuntimeError: out of order" for key in keys
        ]

    def test_program_that_is_left(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        functions: Functions,
    ) -> None:
        """A test that fails within a function fails; the rest is still delivered."""
        stream(client, proxy_connector_id)
        rule(connect, {"Arn": ARN}, queue(connect))
        number = mask(client, proxy_connector_id)[1]

        def leave(event: Any, context: Any) -> None:
            if not event["detail"]["isCaller"]:
                pytest.fail("not this event")

        functions.bind(ARN, leave)

        with pytest.raises(pytest.fail.Exception, match="not this event"):
            phone.call(RIDER, number)

        sqs = connect("sqs")
        url = sqs.get_queue_url(QueueName="events")["QueueUrl"]
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        assert len(got) == 1


class TestConnectorsThatGo:
    """Connectors that are deleted during a call."""

    def test_deleted(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The streams of a call end even if its connector is no more."""
        queue(connect, "events")
        rule(connect, {"Arn": SQS})
        stream(client, proxy_connector_id)
        session_id, number = mask(client, proxy_connector_id)
        call = phone.call(RIDER, number)
        client.delete_proxy_session(
            VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
        )
        client.delete_voice_connector(VoiceConnectorId=proxy_connector_id)

        call.hang_up()

        sqs = connect("sqs")
        url = sqs.get_queue_url(QueueName="events")["QueueUrl"]
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
        assert len(got) == 4
