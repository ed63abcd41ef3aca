"""Voice analytics: what its sinks are told of voice tones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import ARN, answer, open_desk, saying, to_telephones
from kit.builders.receivers import route_to_host, terminate
from kit.builders.rides import RIDER
from kit.builders.sip import NUMBER
from kit.builders.voices import (
    CONFIGURATION,
    QUEUE,
    analyse,
    statuses,
    told,
)
from kit.transports.clients import Connect, Steer
from proxymock.plugin.sandbox_client import Clock, Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("sink")

to_queue = pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [QUEUE]})


@to_queue
class TestVoiceTone:
    """What an analysis of voice tone tells."""

    @pytest.fixture
    def start(self, client: ChimeSDKVoiceClient, proxy_connector_id: str) -> Any:
        """Return a starter of analyses of a call."""
        return lambda call: client.start_voice_tone_analysis_task(
            VoiceConnectorId=proxy_connector_id,
            TransactionId=call.transaction_id,
            LanguageCode="en-US",
        )["VoiceToneAnalysisTask"]["VoiceToneAnalysisTaskId"]

    def test_end(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """Each voice has a result, and then the analysis is complete."""
        call = phone.call(RIDER, analysed)
        told(connect)
        start(call)
        clock.advance(seconds=10)

        events = told(connect)
        assert statuses(events) == [
            ("VoiceToneAnalysisSuccessful", False),
            ("VoiceToneAnalysisSuccessful", True),
            ("VoiceToneAnalysisCompleted", False),
            ("VoiceToneAnalysisCompleted", True),
        ]

    def test_failure(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """An analysis that fails is complete, too."""
        call = phone.call(RIDER, analysed)
        phone.set_analysis(call.transaction_id, status="FAILED")
        told(connect)
        start(call)
        clock.advance(seconds=10)

        assert statuses(told(connect)) == [
            ("VoiceToneAnalysisFailure", False),
            ("VoiceToneAnalysisFailure", True),
            ("VoiceToneAnalysisCompleted", False),
            ("VoiceToneAnalysisCompleted", True),
        ]

    def test_stopped_analysis_is_complete(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        analysed: str,
        phone: Phone,
        connect: Connect,
        start: Any,
    ) -> None:
        """After a stop, its end is all that is told."""
        task_id = start(phone.call(RIDER, analysed))
        told(connect)
        client.stop_voice_tone_analysis_task(
            VoiceConnectorId=proxy_connector_id, VoiceToneAnalysisTaskId=task_id
        )

        assert statuses(told(connect)) == [
            ("VoiceToneAnalysisCompleted", False),
            ("VoiceToneAnalysisCompleted", True),
        ]

    def test_call_that_is_too_short(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """An analysis ends with its call, and has no result of what was not said."""
        call = phone.call(RIDER, analysed)
        start(call)
        told(connect)
        clock.advance(seconds=9)
        call.hang_up()

        events = told(connect)
        clock.advance(seconds=60)
        assert statuses(events) == [
            ("VoiceToneAnalysisCompleted", False),
            ("VoiceToneAnalysisCompleted", True),
        ]
        assert told(connect) == []

    def test_another_call_that_is_too_short(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """What ends with one call goes on with another."""
        first, second = phone.call(RIDER, analysed), phone.call(RIDER, analysed)
        start(first)
        start(second)
        told(connect)
        first.hang_up()

        ids = {event["detail"]["transactionId"] for event in told(connect)}
        clock.advance(seconds=10)
        assert ids == {first.transaction_id}
        assert {event["detail"]["transactionId"] for event in told(connect)} == {
            second.transaction_id
        }

    def test_leg_that_is_too_short(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """An analysis ends with the leg that its connector streams."""
        analyse(client, connector_id)
        route_to_host(client, connector_id)
        open_desk(client)
        bridged = saying(NEW_INBOUND_CALL=answer(to_telephones(connector_id)))
        functions.bind(ARN, bridged)
        call = phone.call(RIDER, NUMBER)
        client.start_voice_tone_analysis_task(
            VoiceConnectorId=connector_id,
            TransactionId=call.transaction_id,
            LanguageCode="en-US",
        )
        told(connect)
        call.hang_up("B")

        assert (call.status, statuses(told(connect))) == (
            "InProgress",
            [
                ("VoiceToneAnalysisCompleted", False),
                ("VoiceToneAnalysisCompleted", True),
            ],
        )

    @pytest.mark.parametrize(("seconds", "expected"), [(3, 4), (60, 0), (1e12, 0)])
    def test_transition_by_time(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
        steer: Steer,
        seconds: float,
        expected: int,
    ) -> None:
        """A task that takes a time by the state manager ends after that."""
        model = "chimesdkvoice::voice_tone_analysis_task"
        steer(model, progression="time", seconds=seconds)
        start(phone.call(RIDER, analysed))
        told(connect)
        clock.advance(seconds=11)

        assert len(told(connect)) == expected

    def test_transition_at_once(
        self,
        analysed: str,
        phone: Phone,
        connect: Connect,
        start: Any,
        steer: Steer,
    ) -> None:
        """A task that ends at once tells at once."""
        steer("chimesdkvoice::voice_tone_analysis_task", progression="immediate")
        call = phone.call(RIDER, analysed)
        told(connect)
        start(call)

        assert len(told(connect)) == 4

    def test_task_of_another_call(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """Each task ends by its own time."""
        first, second = (
            phone.call(RIDER, analysed),
            phone.call(RIDER, analysed),
        )
        start(first)
        clock.advance(seconds=5)
        start(second)
        told(connect)
        clock.advance(seconds=6)

        ids = {event["detail"]["transactionId"] for event in told(connect)}
        assert ids == {first.transaction_id}

    def test_call_through_two_connectors(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """A task is about the way through the connector that it names."""
        desk = client.create_voice_connector(Name="Desk", RequireEncryption=True)
        other = desk["VoiceConnector"]["VoiceConnectorId"]
        terminate(client, other)
        for id in (connector_id, other):
            analyse(client, id)
        route_to_host(client, connector_id)
        open_desk(client)
        bridged = saying(NEW_INBOUND_CALL=answer(to_telephones(connector_id)))
        functions.bind(ARN, bridged)
        call = phone.call(RIDER, NUMBER, via=other)
        ready = {event["detail"]["callId"] for event in told(connect)}
        client.start_voice_tone_analysis_task(
            VoiceConnectorId=connector_id,
            TransactionId=call.transaction_id,
            LanguageCode="en-US",
        )
        clock.advance(seconds=10)

        about = {event["detail"]["callId"] for event in told(connect)}
        made = f"{call.leg('A').call_id}@192.0.2.10:5060"
        assert ready == {made, call.leg("B").call_id}
        assert about == {call.leg("B").call_id}
