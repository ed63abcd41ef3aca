"""Speaker search: it finds the owner of a voice, and makes a voiceprint of it."""

from __future__ import annotations

from datetime import timedelta

from proxymock.api.errors import ConflictException, GoneException
from proxymock.service import analysis_tasks
from proxymock.service.search_results import VOICEPRINT
from proxymock.state.analysis_tasks import SpeakerSearchTask
from proxymock.state.store import Store

# AWS: VA-11. How long a voiceprint is kept is documented, what comes after is not.
VOICEPRINT_KEPT = timedelta(hours=24)


def start_speaker_search_task(
    store: Store,
    *,
    voice_connector_id: str,
    transaction_id: str,
    voice_profile_domain_id: str,
    client_request_token: str | None = None,
    call_leg: str | None = None,
) -> SpeakerSearchTask:
    """Search the profiles of a domain for a voice in a call. AWS: VA-08, VA-09."""
    call = {
        "VoiceConnectorId": voice_connector_id,
        "TransactionId": transaction_id,
        "IsCaller": call_leg != "Callee",
    }
    members = {"VoiceProfileDomainId": voice_profile_domain_id}
    return analysis_tasks.start(
        store,
        SpeakerSearchTask,
        client_request_token,
        call,
        members,
        domain_id=voice_profile_domain_id,
    )


def get_speaker_search_task(
    store: Store, *, voice_connector_id: str, speaker_search_task_id: str
) -> SpeakerSearchTask:
    """Return a task, with its results once there are any."""
    task = _find(store, voice_connector_id, speaker_search_task_id)
    analysis_tasks.follow(store, task, read=True)
    return task


def stop_speaker_search_task(
    store: Store, *, voice_connector_id: str, speaker_search_task_id: str
) -> None:
    """End a search that is still active."""
    analysis_tasks.stop(store, _find(store, voice_connector_id, speaker_search_task_id))


def with_voiceprint(store: Store, task_id: str) -> SpeakerSearchTask:
    """Return a task whose voiceprint can be enrolled. AWS: VA-10, VA-11."""
    task = analysis_tasks.find(store, SpeakerSearchTask, task_id)
    details = task.speaker_search_details or {}
    # A task that runs, was stopped or has failed has no details at all.
    if details.get("VoiceprintGenerationStatus") != VOICEPRINT:
        raise ConflictException(
            f"SpeakerSearchTask '{task_id}' is {task.status} and has no voiceprint"
        )
    # Nothing has changed the task since its end.
    if store.now() - task.updated_timestamp >= VOICEPRINT_KEPT:
        raise GoneException(
            f"The voiceprint of SpeakerSearchTask '{task_id}' was kept for 24 hours"
        )
    return task


def _find(store: Store, connector_id: str, task_id: str) -> SpeakerSearchTask:
    return analysis_tasks.find_in(store, SpeakerSearchTask, connector_id, task_id)
