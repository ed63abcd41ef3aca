"""Topics that get events: each of their subscribers is served for itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import ARN
from kit.builders.receivers import (
    ACCOUNT,
    bodies,
    queue,
    received,
    rule,
    statuses,
    stream,
)
from kit.builders.rides import RIDER, mask
from kit.builders.voices import CONFIGURATION
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

STARTED = [("STARTED", False), ("STARTED", True)]
NAME = "ChimeVoiceConnector-Streaming"
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:{NAME}"
UNBOUND = f"subscriber {ARN}: no function is bound: functions.bind('{ARN}', …)"


def subscribe(connect: Connect, protocol: str, endpoint: str, **attributes: str) -> str:
    """Let somebody have what the topic gets; return the ARN of the subscription."""
    made = connect("sns").subscribe(
        TopicArn=TOPIC,
        Protocol=protocol,
        Endpoint=endpoint,
        Attributes=attributes,
        ReturnSubscriptionArn=True,
    )
    return str(made["SubscriptionArn"])


def subscribe_queue(connect: Connect) -> None:
    """Let the queue of events have what the topic gets, as it is."""
    arn = queue(connect)["Arn"]
    subscribe(connect, "sqs", arn, RawMessageDelivery="true")


def messages(invoked: list[Any]) -> list[Any]:
    """Return the events in what a function was called with."""
    return [json.loads(each["Records"][0]["Sns"]["Message"]) for each in invoked]


@pytest.fixture
def number(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """A proxy number whose calls the topic is told of."""
    stream(client, proxy_connector_id, "SNS")
    return mask(client, proxy_connector_id)[1]


@pytest.fixture
def invoked(functions: Functions) -> list[Any]:
    """What the function is called with."""
    got: list[Any] = []
    functions.bind(ARN, lambda event, context: got.append(event))
    return got


class TestFunctions:
    """Functions among the subscribers."""

    def test_bound(
        self, connect: Connect, number: str, phone: Phone, invoked: list[Any]
    ) -> None:
        """A bound function is called, and whoever subscribed later is served, too."""
        subscribe(connect, "lambda", ARN)
        subscribe_queue(connect)

        call = phone.call(RIDER, number)

        events = received(connect)
        assert (statuses(events), call.warnings) == (STARTED, ())
        assert messages(invoked) == events

    def test_event(
        self, connect: Connect, number: str, phone: Phone, invoked: list[Any]
    ) -> None:
        """A function gets a record with what a queue gets, by Lambda's names."""
        subscription = subscribe(connect, "lambda", ARN)
        subscribe(connect, "sqs", queue(connect)["Arn"])

        phone.call(RIDER, number)

        first = json.loads(bodies(connect)[0])
        own = {"Timestamp", "Signature", "SigningCertUrl"}  # one for each subscriber
        sns = invoked[0]["Records"][0]["Sns"]
        given = {name: sns.pop(name) for name in own}
        assert [name for name, value in given.items() if not value] == []
        assert invoked[0] == {
            "Records": [
                {
                    "EventSource": "aws:sns",
                    "EventVersion": "1.0",
                    "EventSubscriptionArn": subscription,
                    "Sns": {
                        "Type": "Notification",
                        "MessageId": first["MessageId"],
                        "TopicArn": TOPIC,
                        "Subject": None,
                        "Message": first["Message"],
                        "SignatureVersion": first["SignatureVersion"],
                        "UnsubscribeUrl": first["UnsubscribeURL"],
                        "MessageAttributes": {},
                    },
                }
            ]
        }

    def test_unbound(self, connect: Connect, number: str, phone: Phone) -> None:
        """A function that is not bound is a warning, and the others are served."""
        subscribe(connect, "lambda", ARN)
        subscribe_queue(connect)

        call = phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED
        assert call.warnings == (f"SNS {NAME}: {UNBOUND}",)

    def test_that_raises(
        self, connect: Connect, number: str, phone: Phone, functions: Functions
    ) -> None:
        """A function that raises is a warning, and the others are served."""

        def raises(event: Any, context: Any) -> None:
            raise ValueError("no such ride")

        functions.bind(ARN, raises)
        subscribe(connect, "lambda", ARN)
        subscribe_queue(connect)

        call = phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED
        said = "error of the function: ValueError: no such ride"
        # The place in the handler follows in parentheses.
        assert [warning.partition(" (")[0] for warning in call.warnings] == [
            f"SNS {NAME}: subscriber {ARN}: {said}"
        ]

    @pytest.mark.parametrize(
        ("source", "expected"), [("aws.chime", STARTED), ("aws.s3", [])]
    )
    def test_filter_policy(
        self,
        connect: Connect,
        number: str,
        phone: Phone,
        invoked: list[Any],
        source: str,
        expected: Any,
    ) -> None:
        """A function gets what the filter policy of its subscription lets through."""
        policy = json.dumps({"source": [source]})
        attributes = {"FilterPolicyScope": "MessageBody", "FilterPolicy": policy}
        subscribe(connect, "lambda", ARN, **attributes)

        phone.call(RIDER, number)

        assert statuses(messages(invoked)) == expected


class TestOthers:
    """Queues among the subscribers, and other ways to a topic."""

    def test_deleted_queue(self, connect: Connect, number: str, phone: Phone) -> None:
        """A queue that is gone is a warning, and the others are served."""
        gone = queue(connect, "gone")["Arn"]
        subscribe(connect, "sqs", gone)
        url = connect("sqs").get_queue_url(QueueName="gone")["QueueUrl"]
        connect("sqs").delete_queue(QueueUrl=url)
        subscribe_queue(connect)

        call = phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED
        expected = (
            f"SNS {NAME}: subscriber {gone}: moto.sqs.exceptions.QueueDoesNotExist"
        )
        assert [warning[: len(expected)] for warning in call.warnings] == [expected]

    def test_another_topic(self, connect: Connect, number: str, phone: Phone) -> None:
        """Who has subscribed to another topic gets nothing."""
        topic = connect("sns").create_topic(Name="other")["TopicArn"]
        arn = queue(connect)["Arn"]
        connect("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

        phone.call(RIDER, number)

        assert bodies(connect) == []

    def test_rule(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        connect: Connect,
        phone: Phone,
    ) -> None:
        """A topic behind a rule serves each of its subscribers, too."""
        stream(client, proxy_connector_id)
        connect("sns").create_topic(Name=NAME)
        subscribe(connect, "lambda", ARN)
        subscribe_queue(connect)
        rule(connect, {"Arn": TOPIC})

        call = phone.call(RIDER, mask(client, proxy_connector_id)[1])

        assert statuses(received(connect)) == STARTED
        expected = f"EventBridge rule calls: target {TOPIC}: {UNBOUND}"
        assert call.warnings == (expected,)

    def test_fifo_topic(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        connect: Connect,
        phone: Phone,
    ) -> None:
        """A rule cannot send to a FIFO topic."""
        stream(client, proxy_connector_id)
        topic = f"{NAME}.fifo"
        connect("sns").create_topic(Name=topic, Attributes={"FifoTopic": "true"})
        rule(connect, {"Arn": f"{TOPIC}.fifo"})

        call = phone.call(RIDER, mask(client, proxy_connector_id)[1])

        why = "a FIFO topic takes no message without a group"
        expected = f"EventBridge rule calls: target {TOPIC}.fifo: {why}"
        assert call.warnings == (expected,)

    @pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [TOPIC]})
    def test_sink(self, analysed: str, connect: Connect, phone: Phone) -> None:
        """A topic that is a sink serves each of its subscribers, too."""
        connect("sns").create_topic(Name=NAME)
        subscribe(connect, "lambda", ARN)
        subscribe_queue(connect)

        call = phone.call(RIDER, analysed)

        told = [event["detail"]["detailStatus"] for event in received(connect)]
        assert told == ["AnalyticsReady", "AnalyticsReady"]
        assert call.warnings == (f"sink {TOPIC}: {UNBOUND}",)
