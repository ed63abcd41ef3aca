"""Voice analytics: what its sinks are told of calls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import ARN
from kit.builders.receivers import received, stream
from kit.builders.rides import RIDER, mask
from kit.builders.voices import (
    CONFIGURATION,
    PLACE,
    QUEUE,
    statuses,
    told,
)
from kit.oracles.voice_events import voice_event_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("sink")

READY = ("AnalyticsReady", False), ("AnalyticsReady", True)
SUM = ("PostCallVoiceAnalytics", False), ("PostCallVoiceAnalytics", True)

to_queue = pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [QUEUE]})


class TestCalls:
    """What is told of every call that is analysed."""

    @to_queue
    def test_start(self, analysed: str, phone: Phone, connect: Connect) -> None:
        """Each party is ready for analysis as soon as the call is answered."""
        call = phone.call(RIDER, analysed)

        events = told(connect)
        assert statuses(events) == [*READY]
        detail = events[0]["detail"]
        assert (detail["transactionId"], detail["callId"]) == (
            call.transaction_id,
            call.legs[0].call_id,
        )

    @to_queue
    def test_end(
        self, analysed: str, phone: Phone, clock: Clock, connect: Connect
    ) -> None:
        """Five minutes after the call it is summed up, by the account's clock."""
        with phone.call(RIDER, analysed):
            pass
        told(connect)

        clock.advance(minutes=4, seconds=50)
        before = told(connect)
        clock.advance(seconds=10)

        events = told(connect)
        assert (before, statuses(events)) == ([], [*SUM])
        assert events[0]["detail"]["speakerSearchResults"] == {
            "createVoiceProfileTransactions": [],
            "updateVoiceProfileTransactions": [],
        }

    @to_queue
    def test_end_of_a_loaded_state(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        snapshot: Snapshot,
        connect: Any,
    ) -> None:
        """What is to come is a part of the state."""
        with phone.call(RIDER, analysed):
            pass
        told(connect)

        snapshot.load(snapshot.export())
        clock.advance(minutes=5)

        assert statuses(told(connect)) == [*SUM]

    @to_queue
    def test_call_that_nobody_answers(
        self, analysed: str, phone: Phone, clock: Clock, connect: Connect
    ) -> None:
        """Without an answer nothing is analysed."""
        phone.person(phone.masks()[0].participants[0], answers="busy")
        phone.person(phone.masks()[0].participants[1], answers="busy")
        phone.call(RIDER, analysed)
        clock.advance(minutes=10)

        assert told(connect) == []

    @to_queue
    def test_connector_without_the_configuration(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A connector that names no configuration analyses nothing."""
        stream(client, proxy_connector_id)
        phone.call(RIDER, mask(client, proxy_connector_id)[1])

        assert told(connect) == []

    def test_no_sink(
        self, analysed: str, phone: Phone, clock: Clock, connect: Connect
    ) -> None:
        """Without sinks nobody is told anything."""
        with phone.call(RIDER, analysed) as call:
            pass
        clock.advance(minutes=10)

        assert (told(connect), call.warnings) == ([], ())


class TestSinks:
    """Who is told."""

    @pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [ARN]})
    def test_function(self, analysed: str, phone: Phone, functions: Functions) -> None:
        """A function gets the event itself."""
        got: list[Any] = []
        functions.bind(ARN, lambda event, context: got.append(event))

        phone.call(RIDER, analysed)
        phone.log()

        assert statuses(got) == [*READY]
        assert [voice_event_problems(event) for event in got] == [[], []]

    @pytest.mark.settings(
        voice_analytics_sinks={CONFIGURATION: [f"arn:aws:sns:{PLACE}:topic"]}
    )
    def test_topic(self, analysed: str, phone: Phone, connect: Connect) -> None:
        """A topic gets the event as a text."""
        sns = connect("sns")
        topic = sns.create_topic(Name="topic")["TopicArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=QUEUE)

        phone.call(RIDER, analysed)

        events = [json.loads(each["Message"]) for each in received(connect)]
        assert statuses(events) == [*READY]

    @pytest.mark.settings(
        voice_analytics_sinks={CONFIGURATION: [f"arn:aws:kinesis:{PLACE}:stream/all"]}
    )
    def test_stream(self, analysed: str, phone: Phone, connect: Connect) -> None:
        """A Kinesis data stream gets the event as bytes."""
        kinesis = connect("kinesis")
        kinesis.create_stream(StreamName="all", ShardCount=1)

        phone.call(RIDER, analysed)

        shard = kinesis.get_shard_iterator(
            StreamName="all",
            ShardId="shardId-000000000000",
            ShardIteratorType="TRIM_HORIZON",
        )["ShardIterator"]
        records = kinesis.get_records(ShardIterator=shard)["Records"]
        assert statuses([json.loads(each["Data"]) for each in records]) == [*READY]

    @pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [ARN, QUEUE]})
    def test_sink_that_cannot_be_told(
        self, analysed: str, phone: Phone, connect: Connect
    ) -> None:
        """It is a warning of the call, and the next sink is told all the same."""
        call = phone.call(RIDER, analysed)

        assert statuses(told(connect)) == [*READY]
        why = f"no function is bound: functions.bind('{ARN}', …)"
        assert call.warnings == (f"sink {ARN}: {why}",)
