"""Tasks that are started with a ClientRequestToken, and again with the same."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.analysis_tasks import Tasks, speaker_searches
from kit.transports.clients import Steer

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def test_same_token_starts_one_task(tasks: Tasks) -> None:
    """A request that is sent again with its token answers the task it has started."""
    task = tasks.start(ClientRequestToken="ride-1")

    assert tasks.start(ClientRequestToken="ride-1") == task


def test_same_token_answers_the_task_as_it_is(tasks: Tasks, steer: Steer) -> None:
    """A repeated request shows what has become of the task meanwhile."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        tasks.start(ClientRequestToken="ride-1")
        clock.shift(timedelta(seconds=10))
        repeated = tasks.start(ClientRequestToken="ride-1")
        read = tasks.get(repeated)

    assert tasks.status(repeated) == "SUCCEEDED"
    assert repeated == {**read, "CallDetails": repeated["CallDetails"]}


def test_token_of_another_request(tasks: Tasks) -> None:
    """A token that comes with another call answers ConflictException."""
    tasks.start("call-1", ClientRequestToken="ride-1")

    with pytest.raises(tasks.client.exceptions.ConflictException) as error:
        tasks.start("call-2", ClientRequestToken="ride-1")

    assert error.value.response["Error"]["Message"] == (
        "ClientRequestToken must be new, not 'ride-1' of another request"
    )


def test_token_outlives_the_domain(
    client: ChimeSDKVoiceClient, connector_id: str, domain_id: str
) -> None:
    """A repeated search answers its task even if its domain is deleted meanwhile."""
    searches = speaker_searches(client, connector_id, domain_id)
    task = searches.start(ClientRequestToken="ride-1")
    client.delete_voice_profile_domain(VoiceProfileDomainId=domain_id)

    assert searches.start(ClientRequestToken="ride-1") == task
