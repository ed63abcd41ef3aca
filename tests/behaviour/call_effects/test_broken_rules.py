"""Rules whose targets cannot be served, other buses, and archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import ARN
from kit.builders.receivers import ACCOUNT, queue, received, rule, statuses, stream
from kit.builders.rides import RIDER, mask
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

STARTED = [("STARTED", False), ("STARTED", True)]
SQS = f"arn:aws:sqs:us-east-1:{ACCOUNT}:missing"
SNS = f"arn:aws:sns:us-east-1:{ACCOUNT}:missing"
STATES = f"arn:aws:states:us-east-1:{ACCOUNT}:stateMachine:calls"
HTTP = f"arn:aws:events:us-east-1:{ACCOUNT}:api-destination/calls/1"


def bus_arn(name: str, region: str = "us-east-1") -> str:
    """Return the ARN of a bus."""
    return f"arn:aws:events:{region}:{ACCOUNT}:event-bus/{name}"


@pytest.fixture
def number(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """The proxy number of a session whose calls are streamed."""
    stream(client, proxy_connector_id)
    return mask(client, proxy_connector_id)[1]


class TestTargets:
    """Targets that cannot have an event."""

    @pytest.mark.parametrize(
        ("arn", "why"),
        [
            (SQS, "QueueDoesNotExist: "),
            (SNS, "TopicNotFound: "),
            (STATES, "proxymock sends to kinesis, lambda, logs, sns, sqs only"),
            (HTTP, "proxymock calls no API destinations"),
            (ARN, f"no function is bound: functions.bind('{ARN}', …)"),
            (bus_arn("missing"), "ResourceNotFoundException: "),
        ],
    )
    def test_broken(
        self, connect: Connect, number: str, phone: Phone, arn: str, why: str
    ) -> None:
        """A target that cannot be served is a warning, and the others are served."""
        for service in ("sns", "sqs"):  # so that they are loaded
            connect(service)
        connect("sns").list_topics()
        rule(connect, {"Arn": arn}, queue(connect))

        call = phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED
        expected = f"EventBridge rule calls: target {arn}: "
        assert [warning[: len(expected)] for warning in call.warnings] == [expected]
        assert why in call.warnings[0]
        assert call.warnings[0][:40] in call.ladder()

    @pytest.mark.parametrize(
        ("how", "why"),
        [
            (
                {"InputPath": "detail"},
                "InputPath must be a path such as $.detail.callId, not detail",
            ),
            (
                {
                    "InputTransformer": {
                        "InputPathsMap": {"a": "$..id"},
                        "InputTemplate": "<a>",
                    }
                },
                "InputPathsMap.a must be a path such as $.detail.callId, not $..id",
            ),
            (
                {
                    "InputTransformer": {
                        "InputPathsMap": {},
                        "InputTemplate": "a <b>",
                    }
                },
                "InputTemplate makes no JSON (Expecting value: line 1 column 1 "
                "(char 0)): a null",
            ),
        ],
    )
    def test_input(
        self,
        connect: Connect,
        number: str,
        phone: Phone,
        how: dict[str, Any],
        why: str,
    ) -> None:
        """An input that cannot be made is told, and the target gets nothing."""
        target = queue(connect)
        rule(connect, {**target, **how})

        call = phone.call(RIDER, number)

        assert received(connect) == []
        warning = f"EventBridge rule calls: target {target['Arn']}: {why}"
        assert call.warnings == (warning,)

    def test_function_that_raises(
        self, connect: Connect, number: str, phone: Phone, functions: Functions
    ) -> None:
        """A function that raises is a warning; it is not invoked again."""
        invoked = []

        def raises(event: Any, context: Any) -> None:
            invoked.append(event["id"])
            raise ValueError("no such ride")

        functions.bind(ARN, raises)
        rule(connect, {"Arn": ARN}, queue(connect))

        call = phone.call(RIDER, number)

        assert invoked == [event["id"] for event in received(connect)]
        said = "error of the function: ValueError: no such ride"
        expected = f"EventBridge rule calls: target {ARN}: {said}"
        # The place in the handler follows in parentheses.
        assert [w.partition(" (")[0] for w in call.warnings] == [expected]

    def test_function_that_hangs_up(
        self, connect: Connect, number: str, phone: Phone, functions: Functions
    ) -> None:
        """A function may use the phone; what comes of that comes after the event."""

        def hangs_up(event: Any, context: Any) -> None:
            [call] = phone.calls()
            if not call.ended:
                call.hang_up()

        functions.bind(ARN, hangs_up)
        rule(connect, {"Arn": ARN}, queue(connect))

        call = phone.call(RIDER, number)

        assert (call.status, call.warnings) == ("Ended", ())
        ended = [("ENDED", False), ("ENDED", True)]
        assert statuses(received(connect)) == STARTED + ended


class TestBuses:
    """Rules whose target is a bus."""

    @pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
    def test_another_bus(
        self, connect: Connect, number: str, phone: Phone, region: str
    ) -> None:
        """The rules of another bus get the event as it is, whichever its region."""
        connect("events", region).create_event_bus(Name="all")
        rule(connect, {"Arn": bus_arn("all", region)}, queue(connect))
        there = queue(connect, "there", region)
        rule(connect, there, name="there", region=region, EventBusName="all")

        phone.call(RIDER, number)

        events = received(connect)
        assert received(connect, "there", region) == events
        assert statuses(events) == STARTED

    def test_bus_that_passes_on(
        self, connect: Connect, number: str, phone: Phone
    ) -> None:
        """A bus does not pass on what another bus has sent."""
        connect("events").create_event_bus(Name="all")
        rule(connect, {"Arn": bus_arn("all")})
        back = {"Arn": bus_arn("default")}
        rule(connect, back, queue(connect), name="back", EventBusName="all")

        call = phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED
        first, second = (
            f"EventBridge rule {name}: target {bus_arn(bus)}: "
            for name, bus in (("calls", "all"), ("back", "default"))
        )
        expected = f"{first}{second}the event comes from another bus already"
        assert call.warnings == (expected,)

    def test_archive(self, connect: Connect, number: str, phone: Phone) -> None:
        """An archive keeps the events, and can replay them."""
        events = connect("events")
        archive = events.create_archive(
            ArchiveName="calls", EventSourceArn=bus_arn("default")
        )["ArchiveArn"]
        phone.call(RIDER, number)
        rule(connect, queue(connect))

        events.start_replay(
            ReplayName="again",
            EventSourceArn=archive,
            EventStartTime=0,
            EventEndTime=9e9,
            Destination={"Arn": bus_arn("default")},
        )

        assert statuses(received(connect)) == STARTED
        assert events.describe_archive(ArchiveName="calls")["EventCount"] == 2
