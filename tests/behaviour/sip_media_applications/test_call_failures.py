"""What follows if a function gives no answer, and what is left of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    bridge,
    hang_up_the_others,
    masking,
    open_desk,
    told,
)
from kit.builders.sip import NUMBER, function, own
from kit.transports.clients import Connect
from proxymock.plugin.control import simulation_of
from proxymock.plugin.sandbox_client import Clock, Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import SipRuleTargetApplicationTypeDef


@pytest.fixture
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


class TestFailures:
    """Functions that give no answer."""

    def test_one_retry(self, desk: str, functions: Functions, phone: Phone) -> None:
        """The same event comes once more."""
        functions.bind(ARN, masking)
        functions.fail(ARN, "error")

        call = phone.call(CALLER, NUMBER)

        assert (call.connected_to, told(call.events)) == (
            COURIER,
            ["1 NEW_INBOUND_CALL", "2 ACTION_SUCCESSFUL CallAndBridge"],
        )

    def test_call_ends(self, desk: str, functions: Functions, phone: Phone) -> None:
        """After the retry the caller gets 480, and the call says why."""
        functions.bind(ARN, masking)
        functions.fail(ARN, "throttled", times=2)

        call = phone.call(CALLER, NUMBER)

        assert (call.outcome, call.leg("A").sip_response_code) == ("Rejected", 480)
        said = "throttled of the function: as functions.fail() says"
        assert call.warnings == (
            f"{said}: invoked again",
            f"The call ends with 480: {said}",
        )

    @pytest.mark.parametrize(
        "priorities",
        [
            pytest.param(({"Priority": 1}, {"Priority": 2}), id="in-order"),
            pytest.param(({"Priority": 500}, {}), id="without-priority-is-last"),
        ],
    )
    def test_next_region_has_the_call(
        self,
        connect: Connect,
        functions: Functions,
        phone: Phone,
        priorities: tuple[SipRuleTargetApplicationTypeDef, ...],
    ) -> None:
        """The next target of the rule begins anew, in its own region."""
        client = connect()
        own(client)
        ids = [
            connect(region=region).create_sip_media_application(
                AwsRegion=region, Name="IVR", Endpoints=[function(region)]
            )["SipMediaApplication"]["SipMediaApplicationId"]
            for region in ("us-east-1", "us-west-2")
        ]
        client.create_sip_rule(
            Name="Both",
            TriggerType="ToPhoneNumber",
            TriggerValue=NUMBER,
            TargetApplications=[
                {"SipMediaApplicationId": id, "AwsRegion": region, **priority}
                for id, region, priority in zip(
                    ids, ("us-east-1", "us-west-2"), priorities, strict=True
                )
            ],
        )
        functions.bind(ARN, masking)
        functions.bind(function("us-west-2")["LambdaArn"], masking)
        functions.fail(ARN, "denied", times=2)

        call = phone.call(CALLER, NUMBER)

        assert told(call.events) == [
            "1 NEW_INBOUND_CALL",
            "1 NEW_INBOUND_CALL",
            "2 ACTION_SUCCESSFUL CallAndBridge",
        ]
        assert [event["CallDetails"]["AwsRegion"] for event in call.events] == [
            "us-east-1",
            "us-west-2",
            "us-west-2",
        ]


@pytest.mark.parametrize("endpoint_url", ["in process"], indirect=True)
def test_function_that_is_left(desk: str, functions: Functions, phone: Phone) -> None:
    """What ends the test itself is seen by the test, and ends the call."""

    def leaves(event: Any, context: Any) -> Any:
        raise KeyboardInterrupt

    functions.bind(ARN, leaves)

    with pytest.raises(KeyboardInterrupt):
        phone.call(CALLER, NUMBER)

    [call] = phone.calls()
    assert (call.status, call.leg("A").sip_response_code) == ("Ended", 480)
    assert call.warnings == (
        "The call ends with 480: the function was left: KeyboardInterrupt()",
    )


def test_state_is_replaced_while_a_function_works(
    desk: str, functions: Functions, phone: Phone, snapshot: Snapshot
) -> None:
    """A call that is no more has no answer, no further event, and nothing to come."""
    empty = snapshot.export()
    events: list[str] = []

    def forgets(event: Any, context: Any) -> Any:
        events.append(event["InvocationEventType"])
        snapshot.load(empty)
        return answer(bridge())

    functions.bind(ARN, forgets)
    phone.call(CALLER, NUMBER)

    assert (phone.calls(), events) == ([], ["NEW_INBOUND_CALL"])
    assert simulation_of("123456789012").account.calls.next_wake() is None


def test_clock_runs_what_is_due_in_order(
    desk: str, functions: Functions, phone: Phone, clock: Clock
) -> None:
    """Each thing happens at its own instant, whichever call it is of."""
    seen: list[tuple[str, str]] = []

    def notes(event: Any, context: Any) -> Any:
        participant = event["CallDetails"]["Participants"][0]
        seen.append((event["InvocationEventType"], participant["From"]))
        if event["InvocationEventType"] != "NEW_INBOUND_CALL":
            return hang_up_the_others(event)
        milliseconds = 9000 if participant["From"] == CALLER else 3000
        return answer(action("Pause", DurationInMilliseconds=milliseconds))

    functions.bind(ARN, notes)
    calls = [phone.call(number, NUMBER) for number in (CALLER, COURIER)]

    clock.advance(minutes=1)

    assert seen[2:] == [
        ("ACTION_SUCCESSFUL", COURIER),
        ("HANGUP", COURIER),
        ("ACTION_SUCCESSFUL", CALLER),
        ("HANGUP", CALLER),
    ]
    lasted = [
        leg.ended_at - leg.started_at for c in calls for leg in c.legs if leg.ended_at
    ]
    assert [round(each.total_seconds()) for each in lasted] == [9, 3]


def test_recording(
    desk: str, functions: Functions, phone: Phone, endpoint_url: str | None
) -> None:
    """A recording is an object with metadata if its bucket is there, else a warning."""
    s3 = boto3.client("s3", "us-east-1", endpoint_url=endpoint_url)
    s3.create_bucket(Bucket="calls")

    def records(event: Any, context: Any) -> Any:
        if event["InvocationEventType"] != "NEW_INBOUND_CALL":
            return answer()
        [leg] = event["CallDetails"]["Participants"]
        bucket = "calls" if leg["From"] == CALLER else "nowhere"
        return answer(
            action("Speak", Text="Hello"),
            action(
                "StartCallRecording",
                CallId=leg["CallId"],
                Track="BOTH",
                Destination={"Type": "S3", "Location": bucket},
            ),
        )

    functions.bind(ARN, records)
    with phone.call(CALLER, NUMBER) as kept, phone.call(COURIER, NUMBER) as lost:
        pass

    [found] = s3.list_objects_v2(Bucket="calls")["Contents"]
    head = s3.head_object(Bucket="calls", Key=found["Key"])
    metadata = head["Metadata"]
    assert head["ContentType"] == "audio/wav"
    assert (metadata["transaction-id"], metadata["call-id"], kept.warnings) == (
        kept.id,
        kept.leg("A").call_id,
        (),
    )
    assert [each.partition(" s3:")[0] for each in lost.warnings] == [
        "There is no bucket for"
    ]
