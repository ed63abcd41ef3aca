"""What is known of the look of what voice analytics tells its sinks."""

from __future__ import annotations

from typing import Any

from kit.oracles.left_behind import (
    CALL_ID,
    CONNECTOR,
    ENVELOPE,
    FRAGMENT,
    JSON,
    MILLISECONDS,
    UUID,
    problems,
)

VOICE_ENVELOPE = {
    "version": "0",
    "id": f"Id-{UUID}",
    "detail-type": "VoiceAnalyticsStatus|SpeakerSearchStatus|VoiceToneAnalysisStatus",
    "service-type": "VoiceAnalytics",
    **{name: ENVELOPE[name] for name in ("source", "account")},
    "time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    **{name: ENVELOPE[name] for name in ("region", "resources", "detail")},
}
_CALL = {
    "callId": CALL_ID,
    "transactionId": UUID,
    "voiceConnectorId": CONNECTOR,
    "isCaller": bool,
}
_PROFILE = r"vp-" + UUID
_TONE = {
    "startTime": MILLISECONDS,
    "endTime": MILLISECONDS,
    "voiceToneLabel": "positive|negative|neutral",
    "voiceToneScore": {"positive": float, "negative": float, "neutral": float},
}
_TONES = {"currentAverageVoiceTone": _TONE, "overallAverageVoiceTone": _TONE}
# What stands between the status and the call, by the status.
_RESULTS: dict[str, JSON] = {
    "IdentificationSuccessful": {"speakerSearchDetails": {"results": list}},
    "IdentificationNoMatchesFound": {"speakerSearchDetails": {"results": []}},
    "IdentificationFailure": {},
    "VoiceprintGenerationSuccess": {},
    "VoiceprintGenerationFailure": {},
    "VoiceToneAnalysisSuccessful": {
        "voiceToneAnalysisDetails": _TONES,
        "startFragmentNumber": FRAGMENT,
    },
    "VoiceToneAnalysisFailure": {},
    "VoiceToneAnalysisCompleted": {},
}
MATCH = {"voiceProfileId": _PROFILE, "confidenceScore": float}
_ENROLLED = {"voiceProfileId": _PROFILE, "requestTimestamp": MILLISECONDS}
_SUMS: JSON = {
    "bestMatchedVoiceProfileId": _PROFILE,
    "customerValidatedCallerIdentity": _PROFILE,
    "createVoiceProfileTransactions": list,
    "updateVoiceProfileTransactions": list,
}


def voice_event_problems(event: JSON) -> list[str]:
    """Return all that is wrong with an event of voice analytics."""
    detail = event["detail"]
    schema = _schema(detail)
    found = [*problems(event, VOICE_ENVELOPE), *problems(detail, schema, "detail")]
    for match in detail.get("speakerSearchDetails", {}).get("results", ()):
        found += problems(match, MATCH, "results")
    sums = detail.get("speakerSearchResults", {})
    for name in ("createVoiceProfileTransactions", "updateVoiceProfileTransactions"):
        for each in sums.get(name, ()):
            found += problems(each, _ENROLLED, name)
    return found


def _schema(detail: JSON) -> Any:
    status = detail["detailStatus"]
    if status == "AnalyticsReady":
        return {"detailStatus": status, **_CALL, "streamStartTime": MILLISECONDS}
    if status == "PostCallVoiceAnalytics":
        given = detail["speakerSearchResults"]
        sums = {
            name: part
            for name, part in _SUMS.items()
            if part is list or name in given  # what nobody knows is left out
        }
        return {"detailStatus": status, **_CALL, "speakerSearchResults": sums}
    why = {"statusMessage": str} if "statusMessage" in detail else {}
    start = {"taskId": UUID, "detailStatus": status}
    return {**start, **_RESULTS[status], **_CALL, **why}
