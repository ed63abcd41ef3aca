"""AWS's default quotas for voice profiles and the analysis of calls."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.analysis_tasks import Tasks, speaker_searches
from kit.transports.clients import Steer

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
KEY = "arn:aws:kms:us-east-1:123456789012:key/riders"
enforced = pytest.mark.settings(enforce_quotas=True)


def create_domain(client: ChimeSDKVoiceClient, **members: Any) -> str:
    """Make a voice profile domain and return its id."""
    answer = client.create_voice_profile_domain(
        Name="Riders",
        ServerSideEncryptionConfiguration={"KmsKeyArn": KEY},
        **members,
    )
    return answer["VoiceProfileDomain"]["VoiceProfileDomainId"]


@enforced
def test_three_domains_per_region(client: ChimeSDKVoiceClient) -> None:
    """A region takes no fourth domain; a repeated request makes none."""
    ids = [create_domain(client, ClientRequestToken=f"{n}" * 8) for n in range(3)]

    with pytest.raises(client.exceptions.ResourceLimitExceededException) as error:
        create_domain(client)

    assert error.value.response["Error"]["Message"] == (
        "The number of voice profile domains per region must be at most 3, not 4"
    )
    assert create_domain(client, ClientRequestToken="2" * 8) == ids[2]


@enforced
def test_twenty_profiles_per_domain(
    client: ChimeSDKVoiceClient, connector_id: str, domain_id: str
) -> None:
    """A domain takes no more profiles than its quota, another domain does."""
    searches = speaker_searches(client, connector_id, domain_id)
    task_id = searches.id(searches.run())
    for _ in range(20):
        client.create_voice_profile(SpeakerSearchTaskId=task_id)
    elsewhere = searches.run(VoiceProfileDomainId=create_domain(client))

    with pytest.raises(client.exceptions.ResourceLimitExceededException) as error:
        client.create_voice_profile(SpeakerSearchTaskId=task_id)
    client.create_voice_profile(SpeakerSearchTaskId=searches.id(elsewhere))

    assert error.value.response["Error"]["Message"] == (
        "The number of voice profiles per domain must be at most 20, not 21"
    )


@enforced
def test_twenty_five_active_tasks(tasks: Tasks) -> None:
    """A region takes no more active tasks of a kind; one that has ended makes room."""
    first = tasks.start("call-0", ClientRequestToken="ride-0")
    for n in range(1, 25):
        tasks.start(f"call-{n}")

    with pytest.raises(tasks.client.exceptions.ResourceLimitExceededException) as error:
        tasks.start("call-25")
    repeated = tasks.start("call-0", ClientRequestToken="ride-0")
    tasks.stop(first)
    tasks.start("call-25")

    kind = "speaker search" if "Speaker" in tasks.kind else "voice tone analysis"
    assert error.value.response["Error"]["Message"] == (
        f"The number of active {kind} tasks per region must be at most 25, not 26"
    )
    assert repeated == first


@enforced
def test_tasks_that_time_has_ended_make_room(tasks: Tasks, steer: Steer) -> None:
    """A task that nobody polls counts as active no longer than it is."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        for n in range(25):
            tasks.start(f"call-{n}")
        clock.shift(timedelta(seconds=10))
        task = tasks.start("call-25")

    assert tasks.status(task) == "IN_PROGRESS"
