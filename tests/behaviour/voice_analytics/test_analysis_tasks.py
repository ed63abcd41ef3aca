"""What speaker search and voice tone analysis tasks have in common."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine
from moto.moto_api import state_manager

from kit.builders.analysis_tasks import Tasks, speaker_searches, voice_tone_analyses
from kit.transports.clients import Steer

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)


def test_next_read_shows_the_end(tasks: Tasks) -> None:
    """A task is IN_PROGRESS when it starts; the first read finds it SUCCEEDED."""
    task = tasks.start()

    assert tasks.status(task) == "IN_PROGRESS"
    assert [tasks.status(tasks.get(task)) for _ in range(2)] == [
        "SUCCEEDED",
        "SUCCEEDED",
    ]


def test_immediate_transition(tasks: Tasks, steer: Steer) -> None:
    """With an immediate transition a task has ended when it starts."""
    steer(tasks.model, progression="immediate")

    with time_machine.travel(NOON, tick=False):
        task = tasks.start()

    assert tasks.status(task) == "SUCCEEDED"
    assert task["StartedTimestamp"] == task["UpdatedTimestamp"] == NOON


def test_transition_by_reads(tasks: Tasks, steer: Steer) -> None:
    """With a manual transition it takes that many reads to the end."""
    steer(tasks.model, progression="manual", times=2)

    task = tasks.start()

    assert [tasks.status(tasks.get(task)) for _ in range(3)] == [
        "IN_PROGRESS",
        "SUCCEEDED",
        "SUCCEEDED",
    ]


def test_wrong_transition(tasks: Tasks, steer: Steer) -> None:
    """A transition that moto takes but nothing can go by is an error, not a task."""
    steer(tasks.model, progression="magic")
    with pytest.raises(tasks.client.exceptions.ClientError) as error:
        tasks.start("call-1")
    steer(tasks.model, progression="manual")
    task = tasks.start("call-1")

    assert error.value.response["Error"] == {
        "Code": "InvalidSettings",
        "Message": (
            f"The transition of {tasks.model} must have the progression 'immediate' "
            "or 'manual' or 'time', not {'progression': 'magic'}"
        ),
    }
    assert tasks.status(tasks.get(task)) == "SUCCEEDED"


def test_transition_by_time(tasks: Tasks, steer: Steer) -> None:
    """With a time transition the clock alone moves a task on, read or not."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        task = tasks.start()
        clock.shift(timedelta(seconds=9))
        waiting = tasks.get(task)
        clock.shift(timedelta(seconds=6))
        ended = tasks.get(task)

    assert tasks.status(waiting) == "IN_PROGRESS"
    assert tasks.status(ended) == "SUCCEEDED"
    assert ended["StartedTimestamp"] == NOON
    assert ended["UpdatedTimestamp"] == NOON + timedelta(seconds=10)


@pytest.mark.usefixtures("steer")
def test_steered_from_python(tasks: Tasks) -> None:
    """moto's state manager steers tasks from the same process, too."""
    state_manager.set_transition(tasks.model, {"progression": "immediate"})

    assert tasks.status(tasks.start()) == "SUCCEEDED"


def test_task_that_time_has_ended_makes_room(tasks: Tasks, steer: Steer) -> None:
    """Another task about the call may start once the clock has ended the first."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        first = tasks.start()
        clock.shift(timedelta(seconds=10))
        second = tasks.start()
        found = [tasks.status(tasks.get(task)) for task in (first, second)]

    assert found == ["SUCCEEDED", "IN_PROGRESS"]


def test_active_task_can_be_stopped(tasks: Tasks) -> None:
    """Stop ends a task that has not ended, and answers 204."""
    task = tasks.start()

    with time_machine.travel(NOON, tick=False):
        answer = tasks.stop(task)

    stopped = tasks.get(task)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert tasks.status(stopped) == "STOPPED"
    assert stopped["UpdatedTimestamp"] == NOON
    assert stopped["StartedTimestamp"] == task["StartedTimestamp"]


def test_ended_task_cannot_be_stopped(tasks: Tasks) -> None:
    """Stop of a task that has ended answers ConflictException."""
    task = tasks.run()

    with pytest.raises(tasks.client.exceptions.ConflictException) as error:
        tasks.stop(task)

    assert error.value.response["Error"]["Message"] == (
        f"{tasks.kind} '{tasks.id(task)}' is SUCCEEDED"
    )
    assert tasks.get(task) == task


def test_task_that_time_has_ended_cannot_be_stopped(tasks: Tasks, steer: Steer) -> None:
    """Stop looks at the clock as Get does."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        task = tasks.start()
        clock.shift(timedelta(seconds=10))
        with pytest.raises(tasks.client.exceptions.ConflictException):
            tasks.stop(task)


def test_one_active_task_of_a_call(tasks: Tasks) -> None:
    """A second task of an active one's call answers ConflictException.

    What has the same TransactionId at another connector is another call.
    """
    task = tasks.start("call-1")

    with pytest.raises(tasks.client.exceptions.ConflictException) as error:
        tasks.start("call-1")

    assert error.value.response["Error"]["Message"] == (
        f"{tasks.kind} '{tasks.id(task)}' is IN_PROGRESS for this call"
    )
    other = tasks.client.create_voice_connector(Name="Other", RequireEncryption=True)
    elsewhere = other["VoiceConnector"]["VoiceConnectorId"]
    others = tasks.start("call-2"), tasks.start("call-1", VoiceConnectorId=elsewhere)
    assert [tasks.status(other) for other in others] == ["IN_PROGRESS"] * 2


def test_next_task_of_a_call(tasks: Tasks) -> None:
    """A call may have a new task once the one before has ended."""
    tasks.stop(tasks.start("call-1"))

    assert tasks.status(tasks.start("call-1")) == "IN_PROGRESS"


def test_next_task_of_a_call_that_nobody_polls(tasks: Tasks, steer: Steer) -> None:
    """A task that the clock has ended is in no other's way."""
    steer(tasks.model, progression="time", seconds=10)

    with time_machine.travel(NOON, tick=False) as clock:
        tasks.start()
        clock.shift(timedelta(seconds=10))

        assert tasks.status(tasks.start()) == "IN_PROGRESS"


def test_kinds_do_not_wait_for_each_other(
    client: ChimeSDKVoiceClient, connector_id: str, domain_id: str
) -> None:
    """A call may have one active task of each kind, with the same token."""
    speaker_searches(client, connector_id, domain_id).start(ClientRequestToken="t-1")
    tones = voice_tone_analyses(client, connector_id)

    assert tones.status(tones.start(ClientRequestToken="t-1")) == "IN_PROGRESS"


def test_unknown_connector(tasks: Tasks) -> None:
    """A task in the calls of a connector that does not exist is not found."""
    with pytest.raises(tasks.client.exceptions.NotFoundException) as error:
        tasks.start(VoiceConnectorId="a" * 22)

    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{'a' * 22}'"
    )


@pytest.mark.parametrize("verb", ["get", "stop"])
def test_unknown_task(tasks: Tasks, verb: str) -> None:
    """A task that does not exist is not found."""
    with pytest.raises(tasks.client.exceptions.NotFoundException) as error:
        getattr(tasks, verb)({f"{tasks.kind}Id": "none"})

    assert error.value.response["Error"]["Message"] == (
        f"Could not find {tasks.kind} with Id 'none'"
    )


@pytest.mark.parametrize("verb", ["get", "stop"])
def test_task_of_another_connector(tasks: Tasks, verb: str) -> None:
    """A task is found through its own connector alone."""
    task = tasks.start()
    other = tasks.client.create_voice_connector(Name="Other", RequireEncryption=True)

    with pytest.raises(tasks.client.exceptions.NotFoundException) as error:
        getattr(tasks, verb)(
            task, VoiceConnectorId=other["VoiceConnector"]["VoiceConnectorId"]
        )

    assert error.value.response["Error"]["Message"] == (
        f"Could not find {tasks.kind} with Id '{tasks.id(task)}'"
    )


def test_task_of_another_kind(
    client: ChimeSDKVoiceClient, connector_id: str, domain_id: str
) -> None:
    """The id of a task of the other kind names nothing."""
    searches = speaker_searches(client, connector_id, domain_id)
    tone = voice_tone_analyses(client, connector_id).start()

    with pytest.raises(client.exceptions.NotFoundException):
        searches.get({"SpeakerSearchTaskId": tone["VoiceToneAnalysisTaskId"]})


def test_tasks_go_with_their_connector(tasks: Tasks) -> None:
    """A task whose connector is deleted is gone, and so is its token."""
    task = tasks.start("call-1", ClientRequestToken="ride-1")
    tasks.stop(task)
    tasks.start("call-1")
    tasks.start("call-2")
    tasks.client.delete_voice_connector(VoiceConnectorId=tasks.connector)

    with pytest.raises(tasks.client.exceptions.NotFoundException) as error:
        tasks.get(task)
    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{tasks.connector}'"
    )
    other = tasks.client.create_voice_connector(Name="Other", RequireEncryption=True)
    tasks.connector = other["VoiceConnector"]["VoiceConnectorId"]
    assert tasks.id(tasks.start("call-1", ClientRequestToken="ride-1")) != tasks.id(
        task
    )


def test_task_can_be_polled_for_a_week(tasks: Tasks) -> None:
    """A task is kept for seven days, and not longer."""
    with time_machine.travel(NOON, tick=False) as clock:
        task = tasks.run()
        clock.shift(timedelta(days=7, milliseconds=-1))
        kept = tasks.get(task)
        clock.shift(timedelta(milliseconds=1))
        with pytest.raises(tasks.client.exceptions.NotFoundException):
            tasks.get(task)

    assert kept == task


def test_deadlines_go_with_the_connector(tasks: Tasks) -> None:
    """What a deleted connector's tasks were waiting for is waited for no longer."""
    with time_machine.travel(NOON, tick=False) as clock:
        tasks.run("call-1")
        tasks.start("call-2")
        tasks.client.delete_voice_connector(VoiceConnectorId=tasks.connector)
        clock.shift(timedelta(days=8))
        answer = tasks.client.list_voice_connectors()

    assert answer["VoiceConnectors"] == []
