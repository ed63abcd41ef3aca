"""Voice analytics: what its sinks are told of voice tones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.receivers import queue
from kit.builders.rides import RIDER, mask
from kit.builders.voices import (
    CONFIGURATION,
    QUEUE,
    analyse,
    statuses,
    told,
)
from kit.transports.clients import Connect, Steer
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

to_queue = pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [QUEUE]})


@pytest.fixture(autouse=True)
def listener(connect: Connect) -> None:
    """A queue that may be a sink."""
    queue(connect)


@pytest.fixture
def number(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """A proxy number of a connector whose calls are analysed."""
    analyse(client, proxy_connector_id)
    return mask(client, proxy_connector_id)[1]


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
        self, number: str, phone: Phone, clock: Clock, connect: Connect, start: Any
    ) -> None:
        """Each voice has a result, and then the analysis is complete."""
        call = phone.call(RIDER, number)
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
        self, number: str, phone: Phone, clock: Clock, connect: Connect, start: Any
    ) -> None:
        """An analysis that fails is complete, too."""
        call = phone.call(RIDER, number)
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
        number: str,
        phone: Phone,
        connect: Connect,
        start: Any,
    ) -> None:
        """After a stop, its end is all that is told."""
        task_id = start(phone.call(RIDER, number))
        told(connect)
        client.stop_voice_tone_analysis_task(
            VoiceConnectorId=proxy_connector_id, VoiceToneAnalysisTaskId=task_id
        )

        assert statuses(told(connect)) == [
            ("VoiceToneAnalysisCompleted", False),
            ("VoiceToneAnalysisCompleted", True),
        ]

    @pytest.mark.parametrize(("seconds", "expected"), [(3, 4), (60, 0), (1e12, 0)])
    def test_transition_by_time(
        self,
        number: str,
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
        start(phone.call(RIDER, number))
        told(connect)
        clock.advance(seconds=11)

        assert len(told(connect)) == expected

    def test_transition_at_once(
        self, number: str, phone: Phone, connect: Connect, start: Any, steer: Steer
    ) -> None:
        """A task that ends at once tells at once."""
        steer("chimesdkvoice::voice_tone_analysis_task", progression="immediate")
        call = phone.call(RIDER, number)
        told(connect)
        start(call)

        assert len(told(connect)) == 4
