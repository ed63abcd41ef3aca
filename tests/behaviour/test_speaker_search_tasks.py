"""Speaker search tasks, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from analysis import Tasks, speaker_searches
from proxymock.plugin.sandbox_client import Phone
from support import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)


@pytest.fixture
def searches(client: ChimeSDKVoiceClient, connector_id: str, domain_id: str) -> Tasks:
    """The searches in the calls of a connector."""
    return speaker_searches(client, connector_id, domain_id)


def enrol(searches: Tasks, call: str, **members: str) -> str:
    """Make a voice profile of a call and return its id."""
    task = searches.run(call, **members)
    answer = searches.client.create_voice_profile(SpeakerSearchTaskId=searches.id(task))
    id: str = answer["VoiceProfile"]["VoiceProfileId"]
    return id


def test_start_answers_the_task(
    client: ChimeSDKVoiceClient, connector_id: str, domain_id: str
) -> None:
    """A new task is in progress and looks for the caller."""
    with time_machine.travel(NOON, tick=False):
        answer = client.start_speaker_search_task(
            VoiceConnectorId=connector_id,
            TransactionId="call-1",
            VoiceProfileDomainId=domain_id,
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "SpeakerSearchTask": {
            "SpeakerSearchTaskId": answer["SpeakerSearchTask"]["SpeakerSearchTaskId"],
            "SpeakerSearchTaskStatus": "IN_PROGRESS",
            "CallDetails": {
                "VoiceConnectorId": connector_id,
                "TransactionId": "call-1",
                "IsCaller": True,
            },
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "StartedTimestamp": NOON,
        }
    }


@pytest.mark.parametrize(("leg", "is_caller"), [("Caller", True), ("Callee", False)])
def test_leg_of_the_call(searches: Tasks, leg: str, is_caller: bool) -> None:
    """The task tells whose voice it looks for."""
    task = searches.start(CallLeg=leg)

    assert task["CallDetails"]["IsCaller"] is is_caller


def test_end_comes_with_details(searches: Tasks) -> None:
    """The next read shows the end of a task and what it has found."""
    with time_machine.travel(NOON, tick=False) as clock:
        started = searches.start()
        clock.shift(timedelta(seconds=1))
        ended = searches.get(started)
        clock.shift(timedelta(seconds=1))
        later = searches.get(started)

    assert ended == {
        **started,
        "SpeakerSearchTaskStatus": "SUCCEEDED",
        "UpdatedTimestamp": NOON + timedelta(seconds=1),
        "SpeakerSearchDetails": {
            "Results": [],
            "VoiceprintGenerationStatus": "VoiceprintGenerationSuccess",
        },
    }
    assert later == ended


def test_same_voice_is_found(searches: Tasks) -> None:
    """A search finds the profiles of the same call and leg, the others not."""
    profiles = [enrol(searches, "call-1") for _ in range(2)]
    enrol(searches, "call-2")
    enrol(searches, "call-1", CallLeg="Callee")

    found = searches.run("call-1")["SpeakerSearchDetails"]["Results"]

    assert found == [{"VoiceProfileId": id, "ConfidenceScore": 1.0} for id in profiles]


def test_ten_results_at_most(searches: Tasks, phone: Phone) -> None:
    """A search tells the ten best matches, the best first."""
    scores = {f"vp-{n}": n / 100 for n in range(20)}
    phone.set_analysis("call-1", confidence_scores=scores)

    found = searches.run("call-1")["SpeakerSearchDetails"]["Results"]

    assert found == [
        {"VoiceProfileId": f"vp-{n}", "ConfidenceScore": n / 100}
        for n in range(19, 9, -1)
    ]


def test_no_results_without_domain(searches: Tasks, domain_id: str) -> None:
    """A domain that is deleted during the search has no profiles to find."""
    enrol(searches, "call-1")
    task = searches.start("call-1")
    searches.client.delete_voice_profile_domain(VoiceProfileDomainId=domain_id)

    assert searches.get(task)["SpeakerSearchDetails"]["Results"] == []


def test_partial_success(searches: Tasks, phone: Phone) -> None:
    """A task that succeeds in part has results but no voiceprint."""
    phone.set_analysis("call-1", status="PARTIAL_SUCCESS")

    task = searches.run("call-1")

    assert task["SpeakerSearchTaskStatus"] == "PARTIAL_SUCCESS"
    assert task["SpeakerSearchDetails"] == {
        "Results": [],
        "VoiceprintGenerationStatus": "VoiceprintGenerationFailure",
    }


def test_failure(searches: Tasks, phone: Phone) -> None:
    """A task that fails has a message and no details."""
    started = searches.start("call-1")
    phone.set_analysis("call-1", status="FAILED", status_message="Silence")

    with time_machine.travel(NOON, tick=False):
        failed = searches.get(started)

    assert failed == {
        **started,
        "SpeakerSearchTaskStatus": "FAILED",
        "StatusMessage": "Silence",
        "UpdatedTimestamp": NOON,
    }


def test_unknown_domain(searches: Tasks) -> None:
    """A search in a domain that does not exist answers NotFoundException."""
    with pytest.raises(searches.client.exceptions.NotFoundException) as error:
        searches.start(VoiceProfileDomainId="vpd-none")

    assert error.value.response["Error"]["Message"] == (
        "Could not find VoiceProfileDomain with Id 'vpd-none'"
    )
