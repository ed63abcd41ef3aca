"""Streaming events for SNS and SQS, as the notification targets say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.receivers import ACCOUNT, queue, received, rule, statuses, stream
from kit.builders.rides import RIDER, mask
from kit.oracles.left_behind import event_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

STARTED = [("STARTED", False), ("STARTED", True)]
NAME = "ChimeVoiceConnector-Streaming"


def queues(connect: Connect, region: str = "us-east-1") -> list[str]:
    """Return the names of all queues."""
    urls = connect("sqs", region).list_queues().get("QueueUrls", [])
    return [url.rpartition("/")[2] for url in urls]


def topics(connect: Connect) -> list[str]:
    """Return the names of all topics."""
    found = connect("sns").list_topics()["Topics"]
    return [topic["TopicArn"].rpartition(":")[2] for topic in found]


def subscribe(connect: Connect, name: str = NAME) -> None:
    """Let the queue of events get what a topic gets."""
    connect("sns").subscribe(
        TopicArn=f"arn:aws:sns:us-east-1:{ACCOUNT}:{name}",
        Protocol="sqs",
        Endpoint=queue(connect)["Arn"],
        Attributes={"RawMessageDelivery": "true"},
    )


def dial(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
) -> tuple[str, ...]:
    """Let a masked call be answered; return its warnings."""
    return phone.call(RIDER, mask(client, connector_id)[1]).warnings


class TestPlaces:
    """Topics and queues that a streaming configuration needs."""

    @pytest.mark.parametrize(
        ("targets", "expected"),
        [
            (("SQS",), ([NAME], [])),
            (("SNS",), ([], [NAME])),
            (("EventBridge", "SNS", "SQS"), ([NAME], [NAME])),
            (("EventBridge",), ([], [])),
            ((), ([], [])),
        ],
    )
    def test_made(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        connect: Connect,
        targets: tuple[str, ...],
        expected: Any,
    ) -> None:
        """What the targets name is there from the Put on."""
        stream(client, connector_id, *targets)

        assert (queues(connect), topics(connect)) == expected

    def test_not_made_if_disabled(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """A configuration that is disabled needs nothing."""
        stream(client, connector_id, "SNS", "SQS", Disabled=True)

        assert (queues(connect), topics(connect)) == ([], [])

    def test_not_made_in_another_region(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """They are in the connector's region."""
        stream(client, connector_id, "SQS")

        assert queues(connect, "us-west-2") == []

    def test_own_one_is_enough(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """Nothing is made where a name begins with the prefix already."""
        queue(connect, f"{NAME}-Mine")
        connect("sns").create_topic(Name=f"{NAME}-Mine")

        stream(client, connector_id, "SNS", "SQS")

        assert (queues(connect), topics(connect)) == ([f"{NAME}-Mine"],) * 2

    def test_refused_put(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """A configuration that is refused makes nothing."""
        with pytest.raises(client.exceptions.BadRequestException):
            stream(client, connector_id, "SQS", "SQS")

        assert queues(connect) == []


class TestMessages:
    """What is sent to them."""

    def test_sqs(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The body of a message is the whole event; EventBridge gets none."""
        rule(connect, queue(connect))
        stream(client, proxy_connector_id, "SQS")

        warnings = dial(client, proxy_connector_id, phone)

        events = received(connect, NAME)
        assert (statuses(events), warnings) == (STARTED, ())
        assert [event_problems(event) for event in events] == [[], []]
        assert received(connect) == []

    def test_sns(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A topic's subscribers get the event."""
        stream(client, proxy_connector_id, "SNS")
        subscribe(connect)

        warnings = dial(client, proxy_connector_id, phone)

        assert (statuses(received(connect)), warnings) == (STARTED, ())

    def test_all_at_once(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """Each target gets the same events."""
        rule(connect, queue(connect, "bus"))
        stream(client, proxy_connector_id, "SNS", "EventBridge", "SQS")
        subscribe(connect)

        dial(client, proxy_connector_id, phone)

        by_bus = received(connect, "bus")
        assert statuses(by_bus) == STARTED
        assert received(connect) == received(connect, NAME) == by_bus

    def test_every_queue_of_the_prefix(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """All standard queues of the prefix get them, and nothing else does."""
        stream(client, proxy_connector_id, "SQS")
        queue(connect, f"{NAME}-Mine")
        queue(connect, "Other")
        fifo = f"{NAME}.fifo"
        connect("sqs").create_queue(QueueName=fifo, Attributes={"FifoQueue": "true"})

        warnings = dial(client, proxy_connector_id, phone)

        names = (NAME, f"{NAME}-Mine", "Other", fifo)
        assert [len(received(connect, name)) for name in names] == [2, 2, 0, 0]
        assert warnings == ()

    @pytest.mark.parametrize(
        ("target", "missing"),
        [("SNS", f"There is no topic {NAME}*"), ("SQS", f"There is no queue {NAME}*")],
    )
    def test_deleted(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        target: str,
        missing: str,
    ) -> None:
        """Where all have been deleted it is a warning."""
        stream(client, proxy_connector_id, target)
        sqs, sns = connect("sqs"), connect("sns")
        for url in sqs.list_queues().get("QueueUrls", []):
            sqs.delete_queue(QueueUrl=url)
        for topic in sns.list_topics()["Topics"]:
            sns.delete_topic(TopicArn=topic["TopicArn"])

        warnings = dial(client, proxy_connector_id, phone)

        assert warnings == (f"{missing} in us-east-1",)
