"""Voice analytics: what its sinks are told of speaker searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.rides import DRIVER, RIDER
from kit.builders.voices import (
    CONFIGURATION,
    QUEUE,
    statuses,
    told,
)
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("sink")

to_queue = pytest.mark.settings(voice_analytics_sinks={CONFIGURATION: [QUEUE]})


@to_queue
class TestSpeakerSearch:
    """What a speaker search tells."""

    @pytest.fixture
    def start(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, domain_id: str
    ) -> Any:
        """Return a starter of searches for a voice of a call."""
        return lambda call, leg="Caller": client.start_speaker_search_task(
            VoiceConnectorId=proxy_connector_id,
            TransactionId=call.transaction_id,
            VoiceProfileDomainId=domain_id,
            CallLeg=leg,
        )["SpeakerSearchTask"]["SpeakerSearchTaskId"]

    def test_ends_after_ten_seconds_of_speech(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """Who waits to be told need not read the task."""
        call = phone.call(RIDER, analysed)
        told(connect)
        task_id = start(call)
        clock.advance(seconds=9)
        before = told(connect)
        clock.advance(seconds=1)

        events = told(connect)
        assert (before, statuses(events)) == (
            [],
            [
                ("IdentificationNoMatchesFound", True),
                ("VoiceprintGenerationSuccess", True),
            ],
        )
        assert {event["detail"]["taskId"] for event in events} == {task_id}

    def test_read_task_tells_once(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """A task that ends when it is read tells then, and no more."""
        task_id = start(phone.call(RIDER, analysed), "Callee")
        told(connect)
        client.get_speaker_search_task(
            VoiceConnectorId=proxy_connector_id, SpeakerSearchTaskId=task_id
        )

        events = told(connect)
        clock.advance(minutes=1)
        assert statuses(events) == [
            ("IdentificationNoMatchesFound", False),
            ("VoiceprintGenerationSuccess", False),
        ]
        assert told(connect) == []

    def test_match(
        self,
        client: ChimeSDKVoiceClient,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """Matches are told with their scores, and enrolments in the sum of the call."""
        call = phone.call(RIDER, analysed)
        first = start(call)
        clock.advance(seconds=10)
        profile = client.create_voice_profile(SpeakerSearchTaskId=first)
        id = profile["VoiceProfile"]["VoiceProfileId"]
        told(connect)
        start(call)
        clock.advance(seconds=10)

        matched, _ = told(connect)
        assert matched["detail"]["detailStatus"] == "IdentificationSuccessful"
        assert matched["detail"]["speakerSearchDetails"] == {
            "results": [{"voiceProfileId": id, "confidenceScore": 1.0}]
        }
        call.hang_up()
        clock.advance(minutes=5)
        callee, caller = (e["detail"]["speakerSearchResults"] for e in told(connect))
        [created] = caller["createVoiceProfileTransactions"]
        assert (caller["bestMatchedVoiceProfileId"], created["voiceProfileId"]) == (
            id,
            id,
        )
        assert caller["customerValidatedCallerIdentity"] == id
        assert caller["updateVoiceProfileTransactions"] == []
        assert callee == {
            "createVoiceProfileTransactions": [],
            "updateVoiceProfileTransactions": [],
        }

    def test_update_of_a_profile(
        self,
        client: ChimeSDKVoiceClient,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """A profile of an earlier call that is enrolled anew is an update."""
        before = phone.call(RIDER, analysed)
        first = start(before)
        clock.advance(seconds=10)
        made = client.create_voice_profile(SpeakerSearchTaskId=first)
        id = made["VoiceProfile"]["VoiceProfileId"]
        before.hang_up()
        clock.advance(minutes=5)
        call = phone.call(RIDER, analysed)
        second = start(call)
        clock.advance(seconds=10)
        client.update_voice_profile(VoiceProfileId=id, SpeakerSearchTaskId=second)
        call.hang_up()
        told(connect)
        clock.advance(minutes=5)

        sums = told(connect)[1]["detail"]["speakerSearchResults"]
        assert [
            [each["voiceProfileId"] for each in sums[name]]
            for name in (
                "createVoiceProfileTransactions",
                "updateVoiceProfileTransactions",
            )
        ] == [[], [id]]

    def test_failure(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """A search that fails says why."""
        call = phone.call(RIDER, analysed)
        phone.set_analysis(
            call.transaction_id, status="FAILED", status_message="Silence"
        )
        told(connect)
        start(call)
        clock.advance(seconds=10)

        events = told(connect)
        assert statuses(events) == [
            ("IdentificationFailure", True),
            ("VoiceprintGenerationFailure", True),
        ]
        assert [e["detail"]["statusMessage"] for e in events] == ["Silence", "Silence"]

    def test_call_that_is_too_short(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """A search that has not heard enough when the call ends fails then."""
        call = phone.call(RIDER, analysed)
        task_id = start(call)
        told(connect)
        clock.advance(seconds=9)
        call.hang_up()

        events = told(connect)
        clock.advance(seconds=60)
        found = client.get_speaker_search_task(
            VoiceConnectorId=proxy_connector_id, SpeakerSearchTaskId=task_id
        )["SpeakerSearchTask"]
        assert statuses(events) == [
            ("IdentificationFailure", True),
            ("VoiceprintGenerationFailure", True),
        ]
        assert told(connect) == []
        why = "The call ended before there was enough speech"
        assert found["StatusMessage"] == why

    @pytest.mark.usefixtures("still")
    def test_call_that_is_just_long_enough(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """A search has heard enough of a call that ends at the instant of that."""
        phone.person(DRIVER, hangs_up_after=10)
        call = phone.call(RIDER, analysed)
        start(call)
        told(connect)
        clock.advance(seconds=60)

        assert statuses(told(connect)) == [
            ("IdentificationNoMatchesFound", True),
            ("VoiceprintGenerationSuccess", True),
        ]

    def test_start_after_the_call(
        self,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """There is nothing to hear of a call that is over."""
        call = phone.call(RIDER, analysed)
        clock.advance(seconds=30)
        call.hang_up()
        told(connect)
        start(call)
        clock.advance(seconds=60)

        assert statuses(told(connect)) == [
            ("IdentificationFailure", True),
            ("VoiceprintGenerationFailure", True),
        ]

    def test_stopped_search_tells_nothing(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        analysed: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        start: Any,
    ) -> None:
        """Who stops a search knows."""
        task_id = start(phone.call(RIDER, analysed))
        told(connect)
        client.stop_speaker_search_task(
            VoiceConnectorId=proxy_connector_id, SpeakerSearchTaskId=task_id
        )
        clock.advance(minutes=1)

        assert told(connect) == []

    def test_task_about_no_call(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        domain_id: str,
        analysed: str,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """A task about a call that never was tells nobody."""
        client.start_speaker_search_task(
            VoiceConnectorId=proxy_connector_id,
            TransactionId="call-1",
            VoiceProfileDomainId=domain_id,
        )
        clock.advance(minutes=1)

        assert told(connect) == []
