"""The results of a speaker search."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nlargest
from operator import itemgetter
from typing import Any

from proxymock.state.analysis_tasks import SpeakerSearchTask
from proxymock.state.store import Store
from proxymock.state.voice_analytics import CallAnalysis

MAX_RESULTS = 10
VOICEPRINT = "VoiceprintGenerationSuccess"
NO_VOICEPRINT = "VoiceprintGenerationFailure"


def results(
    store: Store, task: SpeakerSearchTask, analysis: CallAnalysis
) -> Mapping[str, Any] | None:
    """Return the SpeakerSearchDetails of a task that ends: matches and voiceprint."""
    if analysis.status == "FAILED":
        return None
    scores = analysis.confidence_scores
    if scores is None:
        scores = _same_voice(store, task)
    # nlargest keeps the order of equal scores.
    best = nlargest(MAX_RESULTS, scores.items(), key=itemgetter(1))
    succeeded = analysis.status == "SUCCEEDED"
    return {
        "Results": [
            {"VoiceProfileId": id, "ConfidenceScore": score} for id, score in best
        ],
        "VoiceprintGenerationStatus": VOICEPRINT if succeeded else NO_VOICEPRINT,
    }


def _same_voice(store: Store, task: SpeakerSearchTask) -> Mapping[str, float]:
    """Return the profiles that this very voice has enrolled. AWS: VA-07."""
    same = store.voice_profiles.where((task.voice_profile_domain_id, task.voice))
    return {profile.voice_profile_id: 1.0 for profile in same}
