"""Speaker search: whose voice is it in a call, and a voiceprint to enrol it with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from heapq import nlargest
from operator import itemgetter
from typing import Any, ClassVar

from proxymock.api.errors import ConflictException, GoneException
from proxymock.service import analysis_tasks
from proxymock.service.analysis_tasks import AnalysisTask
from proxymock.service.call_analyses import CallAnalysis
from proxymock.service.progress import SPEAKER_SEARCH_TASK
from proxymock.service.store import Store

MAX_RESULTS = 10
# AWS: VA-11. How long a voiceprint is kept is documented, what comes after is not.
VOICEPRINT_KEPT = timedelta(hours=24)
_VOICEPRINT = "VoiceprintGenerationSuccess"
_NO_VOICEPRINT = "VoiceprintGenerationFailure"

Voice = tuple[str, bool]  # of a call, by its TransactionId: is it the caller's?


@dataclass(kw_only=True, slots=True, eq=False)
class SpeakerSearchTask(AnalysisTask):
    """The search for the owner of a voice among the profiles of a domain."""

    model: ClassVar[str] = SPEAKER_SEARCH_TASK
    voice_profile_domain_id: str
    speaker_search_details: Mapping[str, Any] | None = None

    @property
    def speaker_search_task_id(self) -> str:
        """The id, as the API calls it."""
        return self.task_id

    @property
    def speaker_search_task_status(self) -> str:
        """The status, as the API calls it."""
        return self.status

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return self.call_details["TransactionId"], self.call_details["IsCaller"]

    @classmethod
    def check(cls, store: Store, members: Mapping[str, str]) -> None:
        """Look for the domain to search."""
        store.voice_profile_domains[members["VoiceProfileDomainId"]]

    @classmethod
    def own(cls, members: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the domain to search."""
        return {"voice_profile_domain_id": members["VoiceProfileDomainId"]}

    def conclude(self, store: Store, analysis: CallAnalysis) -> None:
        """Note which profiles match, and whether there is a voiceprint."""
        if analysis.status == "FAILED":
            return
        scores = analysis.confidence_scores
        if scores is None:
            scores = self._same_voice(store)
        best = nlargest(MAX_RESULTS, scores.items(), key=itemgetter(1))
        succeeded = analysis.status == "SUCCEEDED"
        self.speaker_search_details = {
            "Results": [
                {"VoiceProfileId": id, "ConfidenceScore": score} for id, score in best
            ],
            "VoiceprintGenerationStatus": _VOICEPRINT if succeeded else _NO_VOICEPRINT,
        }

    def _same_voice(self, store: Store) -> Mapping[str, float]:
        """Return the profiles that this very voice has enrolled. AWS: VA-07."""
        same = store.voice_profiles.having((self.voice_profile_domain_id, self.voice))
        return {profile.voice_profile_id: 1.0 for profile in same}


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
        store, SpeakerSearchTask, client_request_token, call, members
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
    if details.get("VoiceprintGenerationStatus") != _VOICEPRINT:
        raise ConflictException(
            f"SpeakerSearchTask '{task_id}' is {task.status} and has no voiceprint"
        )
    if store.now() - task.updated_timestamp >= VOICEPRINT_KEPT:
        raise GoneException(
            f"The voiceprint of SpeakerSearchTask '{task_id}' was kept for 24 hours"
        )
    return task


def _find(store: Store, connector_id: str, task_id: str) -> SpeakerSearchTask:
    return analysis_tasks.find_in(store, SpeakerSearchTask, connector_id, task_id)
