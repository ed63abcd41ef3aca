"""Voice tone analysis: the results go to the notification targets, not to the API."""

from __future__ import annotations

from dataclasses import replace

from proxymock.service import analysis_tasks
from proxymock.state.analysis_tasks import VoiceToneAnalysisTask
from proxymock.state.store import Store


def start_voice_tone_analysis_task(
    store: Store,
    *,
    voice_connector_id: str,
    transaction_id: str,
    language_code: str,
    client_request_token: str | None = None,
) -> VoiceToneAnalysisTask:
    """Analyse both voices of a call. AWS: VA-09, VA-12."""
    call = {"VoiceConnectorId": voice_connector_id, "TransactionId": transaction_id}
    members = {"LanguageCode": language_code}
    return analysis_tasks.start(
        store, VoiceToneAnalysisTask, client_request_token, call, members
    )


def get_voice_tone_analysis_task(
    store: Store,
    *,
    voice_connector_id: str,
    voice_tone_analysis_task_id: str,
    is_caller: bool,
) -> VoiceToneAnalysisTask:
    """Return a task as one leg of the call sees it. AWS: VA-12."""
    task = _find(store, voice_connector_id, voice_tone_analysis_task_id)
    analysis_tasks.follow(store, task, read=True)
    # A copy: the task is of both legs, and each asks for itself.
    return replace(task, call_details={**task.call_details, "IsCaller": is_caller})


def stop_voice_tone_analysis_task(
    store: Store, *, voice_connector_id: str, voice_tone_analysis_task_id: str
) -> None:
    """End an analysis that is still active."""
    analysis_tasks.stop(
        store, _find(store, voice_connector_id, voice_tone_analysis_task_id)
    )


def _find(store: Store, connector_id: str, task_id: str) -> VoiceToneAnalysisTask:
    return analysis_tasks.find_in(store, VoiceToneAnalysisTask, connector_id, task_id)
