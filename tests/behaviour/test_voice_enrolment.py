"""Which voices can be enrolled: what Create and Update of a voice profile refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from analysis import Tasks, speaker_searches
from proxymock.plugin.sandbox_client import Phone
from support import Steer

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
Enrol = Callable[[str], Any]  # takes the id of a task


@pytest.fixture
def searches(client: ChimeSDKVoiceClient, connector_id: str, domain_id: str) -> Tasks:
    """The searches in the calls of a connector, for voices to enrol."""
    return speaker_searches(client, connector_id, domain_id)


@pytest.fixture
def profile_id(client: ChimeSDKVoiceClient, searches: Tasks) -> str:
    """A voice profile."""
    task_id = searches.id(searches.run("first call"))
    answer = client.create_voice_profile(SpeakerSearchTaskId=task_id)
    return answer["VoiceProfile"]["VoiceProfileId"]


@pytest.fixture(params=["create", "update"])
def enrol(
    request: pytest.FixtureRequest, client: ChimeSDKVoiceClient, profile_id: str
) -> Enrol:
    """Enrol the voice of a task, in a new profile or in one that exists."""
    if request.param == "create":
        return lambda task: client.create_voice_profile(SpeakerSearchTaskId=task)
    return lambda task: client.update_voice_profile(
        VoiceProfileId=profile_id, SpeakerSearchTaskId=task
    )


def refusal(client: ChimeSDKVoiceClient, enrol: Enrol, task: str) -> tuple[str, str]:
    """Return name and message of the error that an enrolment answers with."""
    with pytest.raises(client.exceptions.ClientError) as error:
        enrol(task)
    answer = error.value.response["Error"]
    return answer["Code"], answer["Message"]


def test_unknown_task(client: ChimeSDKVoiceClient, enrol: Enrol) -> None:
    """A task that does not exist is not found."""
    assert refusal(client, enrol, "none") == (
        "NotFoundException",
        "Could not find SpeakerSearchTask with Id 'none'",
    )


def test_active_task(
    client: ChimeSDKVoiceClient, searches: Tasks, enrol: Enrol
) -> None:
    """A task that has not ended has no voiceprint yet; asking does not move it on."""
    task = searches.start()

    conflict = (
        "ConflictException",
        f"SpeakerSearchTask '{searches.id(task)}' is IN_PROGRESS and has no voiceprint",
    )
    assert refusal(client, enrol, searches.id(task)) == conflict
    assert refusal(client, enrol, searches.id(task)) == conflict


def test_stopped_task(
    client: ChimeSDKVoiceClient, searches: Tasks, enrol: Enrol
) -> None:
    """A task that was stopped has no voiceprint."""
    task = searches.start()
    searches.stop(task)

    assert refusal(client, enrol, searches.id(task)) == (
        "ConflictException",
        f"SpeakerSearchTask '{searches.id(task)}' is STOPPED and has no voiceprint",
    )


@pytest.mark.parametrize("status", ["FAILED", "PARTIAL_SUCCESS"])
def test_task_without_success(
    client: ChimeSDKVoiceClient,
    searches: Tasks,
    enrol: Enrol,
    phone: Phone,
    status: str,
) -> None:
    """A task that has failed, in whole or in part, has no voiceprint."""
    phone.set_analysis("call-1", status=status)
    task = searches.run("call-1")

    assert refusal(client, enrol, searches.id(task)) == (
        "ConflictException",
        f"SpeakerSearchTask '{searches.id(task)}' is {status} and has no voiceprint",
    )


def test_voiceprint_is_kept_for_a_day(
    client: ChimeSDKVoiceClient, searches: Tasks, enrol: Enrol, steer: Steer
) -> None:
    """A voiceprint can be enrolled for 24 hours after the task, then it is gone."""
    steer(searches.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        task_id = searches.id(searches.start())
        clock.shift(timedelta(seconds=10, hours=24, milliseconds=-1))
        enrol(task_id)
        clock.shift(timedelta(milliseconds=1))
        error = refusal(client, enrol, task_id)

    assert error == (
        "GoneException",
        f"The voiceprint of SpeakerSearchTask '{task_id}' was kept for 24 hours",
    )


def test_voiceprint_of_a_task_that_nobody_polls(
    client: ChimeSDKVoiceClient, searches: Tasks, steer: Steer
) -> None:
    """A task that the clock has ended can be enrolled without a Get."""
    steer(searches.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        task = searches.start()
        clock.shift(timedelta(seconds=10))
        profile = client.create_voice_profile(SpeakerSearchTaskId=searches.id(task))

    assert profile["VoiceProfile"]["CreatedTimestamp"] == NOON + timedelta(seconds=10)


def test_task_of_a_deleted_domain(
    client: ChimeSDKVoiceClient, searches: Tasks, domain_id: str
) -> None:
    """A voice cannot be enrolled in a domain that is deleted."""
    task = searches.run()
    client.delete_voice_profile_domain(VoiceProfileDomainId=domain_id)

    assert refusal(
        client,
        lambda task: client.create_voice_profile(SpeakerSearchTaskId=task),
        searches.id(task),
    ) == (
        "NotFoundException",
        f"Could not find VoiceProfileDomain with Id '{domain_id}'",
    )


def test_task_of_a_deleted_connector(
    client: ChimeSDKVoiceClient, searches: Tasks, enrol: Enrol
) -> None:
    """The voiceprints of a connector's calls go with the connector."""
    task_id = searches.id(searches.run())
    client.delete_voice_connector(VoiceConnectorId=searches.connector)

    assert refusal(client, enrol, task_id) == (
        "NotFoundException",
        f"Could not find SpeakerSearchTask with Id '{task_id}'",
    )


@pytest.mark.parametrize("verb", ["get", "delete", "update"])
def test_unknown_profile(
    client: ChimeSDKVoiceClient, searches: Tasks, verb: str
) -> None:
    """A profile that does not exist is not found."""
    task_id = searches.id(searches.run())
    members = {"SpeakerSearchTaskId": task_id} if verb == "update" else {}

    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, f"{verb}_voice_profile")(VoiceProfileId="vp-none", **members)

    assert error.value.response["Error"]["Message"] == (
        "Could not find VoiceProfile with Id 'vp-none'"
    )
