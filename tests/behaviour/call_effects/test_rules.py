"""Rules of EventBridge: which fire, what their targets get, and what cannot be had."""

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
from kit.transports.clients import Connect
from proxymock.phone import Call
from proxymock.plugin.sandbox_client import Clock, Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:calls"
GROUP = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:/calls"


@pytest.fixture
def number(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """The proxy number of a session whose calls are streamed."""
    stream(client, proxy_connector_id)
    return mask(client, proxy_connector_id)[1]


@pytest.fixture
def call(phone: Phone, number: str) -> Any:
    """Return what lets a call be answered: two STARTED events."""
    return lambda: phone.call(RIDER, number)


def parties(events: list[Any]) -> list[bool]:
    """Return of whom streaming events are."""
    return [event["detail"]["isCaller"] for event in events]


class TestWhichFire:
    """Rules that an event matches."""

    def test_disabled_rule(self, connect: Connect, call: Any) -> None:
        """A rule that is disabled does not fire."""
        rule(connect, queue(connect), State="DISABLED")

        call()

        assert received(connect) == []

    def test_pattern(self, connect: Connect, call: Any) -> None:
        """A rule gets the events of its pattern only."""
        pattern = {"source": ["aws.chime"], "detail": {"streamingStatus": ["ENDED"]}}
        rule(connect, queue(connect), EventPattern=pattern)

        with call():
            before = received(connect)

        ended = [("ENDED", False), ("ENDED", True)]
        assert (before, statuses(received(connect))) == ([], ended)

    def test_schedule(self, connect: Connect, call: Any) -> None:
        """A rule with a schedule gets no events."""
        connect("events").put_rule(Name="daily", ScheduleExpression="rate(1 day)")
        target = {"Id": "1", **queue(connect)}
        connect("events").put_targets(Rule="daily", Targets=[target])

        call()

        assert received(connect) == []

    def test_another_region(self, connect: Connect, call: Any) -> None:
        """The bus of another region has no events."""
        rule(connect, queue(connect, region="us-west-2"), region="us-west-2")

        call()

        assert received(connect, region="us-west-2") == []


class TestWhatTargetsGet:
    """The event, or what a target makes of it."""

    def test_lambda(self, connect: Connect, call: Any, functions: Functions) -> None:
        """A bound function gets the event itself, once for each."""
        got: list[Any] = []
        functions.bind(ARN, lambda event, context: got.append(event))
        rule(connect, {"Arn": ARN}, queue(connect))

        call()

        assert got == received(connect)
        assert parties(got) == [False, True]

    @pytest.mark.parametrize(
        ("how", "expected"),
        [
            ({"Input": '{"hello": 1}'}, '{"hello": 1}'),
            ({"InputPath": "$.detail.isCaller"}, "false"),
            ({"InputPath": "$['detail']['isCaller']"}, "false"),
            ({"InputPath": "$.resources[0]"}, "null"),
            ({"InputPath": "$.source.more"}, "null"),
            (
                {
                    "InputTransformer": {
                        "InputPathsMap": {
                            "who": "$.detail.isCaller",
                            "what": "$.detail.mediaType",
                            "none": "$.detail.none",
                        },
                        "InputTemplate": '{"a": <who>, "b": <what>, "c": "a <who>, '
                        '<what>, <none>", "d": <none>, "e": <aws.events.rule-name>}',
                    }
                },
                '{"a": false, "b": "audio/L16", "c": "a false, audio/L16, ", '
                '"d": null, "e": "calls"}',
            ),
            (
                {
                    "InputTransformer": {
                        "InputPathsMap": {"what": "$.detail.mediaType"},
                        "InputTemplate": '"A stream of <what>"',
                    }
                },
                '"A stream of audio/L16"',
            ),
        ],
    )
    def test_input(
        self, connect: Connect, call: Any, how: dict[str, Any], expected: str
    ) -> None:
        """A target gets a text of its own, a part, or what its template makes."""
        rule(connect, {**queue(connect), **how})

        call()

        assert bodies(connect)[0] == expected

    def test_template_with_the_whole_event(self, connect: Connect, call: Any) -> None:
        """A template may hold the event, and the rule that it is for."""
        template = (
            '{"event": <aws.events.event.json>, "rule": <aws.events.rule-arn>, '
            '"at": <aws.events.event.ingestion-time>}'
        )
        transformer = {"InputPathsMap": {}, "InputTemplate": template}
        target = queue(connect)
        rule(connect, {**target, "InputTransformer": transformer})
        rule(connect, queue(connect, "whole"), name="whole")

        call()

        whole = received(connect, "whole")
        assert received(connect) == [
            {
                "event": event,
                "rule": f"arn:aws:events:us-east-1:{ACCOUNT}:rule/calls",
                "at": event["time"],
            }
            for event in whole
        ]

    def test_sns(self, connect: Connect, call: Any) -> None:
        """A topic gets the event, and so do those who have subscribed to it."""
        subscribed = queue(connect)
        connect("sns").create_topic(Name="calls")
        connect("sns").subscribe(
            TopicArn=TOPIC,
            Protocol="sqs",
            Endpoint=subscribed["Arn"],
            Attributes={"RawMessageDelivery": "true"},
        )
        rule(connect, {"Arn": TOPIC})

        call()

        assert parties(received(connect)) == [False, True]

    def test_fifo_queue(self, connect: Connect, call: Any) -> None:
        """A FIFO queue gets the events in the group that the target names."""
        attributes = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
        connect("sqs").create_queue(QueueName="calls.fifo", Attributes=attributes)
        arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:calls.fifo"
        rule(connect, {"Arn": arn, "SqsParameters": {"MessageGroupId": "calls"}})

        call()

        assert len(bodies(connect, "calls.fifo")) == 2

    @pytest.mark.parametrize("arn", [GROUP, f"{GROUP}:*"])
    def test_log_group(
        self,
        connect: Connect,
        clock: Clock,
        request: pytest.FixtureRequest,
        arn: str,
    ) -> None:
        """A log group gets the events, however far ahead the clock is."""
        connect("logs").create_log_group(logGroupName="/calls")
        rule(connect, {"Arn": arn})
        clock.advance(days=400)

        request.getfixturevalue("call")()

        logged = connect("logs").filter_log_events(logGroupName="/calls")["events"]
        events = [json.loads(each["message"]) for each in logged]
        assert sorted(parties(events)) == [False, True]

    @pytest.mark.parametrize("key", [None, "$.detail.transactionId"])
    def test_kinesis(self, connect: Connect, call: Any, key: str | None) -> None:
        """A data stream gets the events, under the key that the target names."""
        kinesis = connect("kinesis")
        kinesis.create_stream(StreamName="calls", ShardCount=1)
        arn = f"arn:aws:kinesis:us-east-1:{ACCOUNT}:stream/calls"
        how = {"KinesisParameters": {"PartitionKeyPath": key}} if key else {}
        rule(connect, {"Arn": arn, **how})

        made: Call = call()

        shard = kinesis.list_shards(StreamName="calls")["Shards"][0]["ShardId"]
        iterator = kinesis.get_shard_iterator(
            StreamName="calls", ShardId=shard, ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        records = kinesis.get_records(ShardIterator=iterator)["Records"]
        events = [json.loads(record["Data"]) for record in records]
        assert parties(events) == [False, True]
        assert [record["PartitionKey"] for record in records] == (
            [made.transaction_id] * 2 if key else [event["id"] for event in events]
        )
