"""What tasks of voice analytics tell when they end.

DOCUMENTED: the statuses, and the members of their results.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.api.rendering import timestamp
from proxymock.effects.deliveries import JSON
from proxymock.state.analysis_tasks import AnalysisTask, SpeakerSearchTask
from proxymock.state.streams import Stream, Streaming

# Whose voice it is about, the detail-type, and the details.
Told = Iterator[tuple[Stream, str, JSON]]
_SEARCH, _TONE = "SpeakerSearchStatus", "VoiceToneAnalysisStatus"


def outcome(task: AnalysisTask, streaming: Streaming) -> Told:
    """Yield what a task that has ended tells of the streams of its call. AWS: CE-40."""
    if not isinstance(task, SpeakerSearchTask):
        yield from _tones(task, streaming)
    elif task.status != "STOPPED":
        for stream in streaming.streams:
            if stream.is_caller == task.call_details["IsCaller"]:
                yield from ((stream, _SEARCH, detail) for detail in _search(task))


def _search(task: SpeakerSearchTask) -> Iterator[JSON]:
    details = task.speaker_search_details
    if details is None:
        yield {"detailStatus": "IdentificationFailure"}
        yield {"detailStatus": "VoiceprintGenerationFailure"}
        return
    results = [
        {
            "voiceProfileId": each["VoiceProfileId"],
            "confidenceScore": each["ConfidenceScore"],
        }
        for each in details["Results"]
    ]
    status = "IdentificationSuccessful" if results else "IdentificationNoMatchesFound"
    yield {"detailStatus": status, "speakerSearchDetails": {"results": results}}
    yield {"detailStatus": details["VoiceprintGenerationStatus"]}


def _tones(task: AnalysisTask, streaming: Streaming) -> Told:
    for stream in streaming.streams:
        if task.status == "FAILED":
            yield stream, _TONE, {"detailStatus": "VoiceToneAnalysisFailure"}
        elif task.status != "STOPPED":
            yield stream, _TONE, _tone(task, stream)
    for stream in streaming.streams:
        yield stream, _TONE, {"detailStatus": "VoiceToneAnalysisCompleted"}


def _tone(task: AnalysisTask, stream: Stream) -> JSON:
    """Return how a voice sounds: neutral, as nobody speaks. AWS: CE-41."""
    tone = {
        "startTime": timestamp(task.started_timestamp),
        "endTime": timestamp(task.updated_timestamp),
        "voiceToneLabel": "neutral",
        "voiceToneScore": {"positive": 0.0, "negative": 0.0, "neutral": 1.0},
    }
    return {
        "detailStatus": "VoiceToneAnalysisSuccessful",
        "voiceToneAnalysisDetails": {
            "currentAverageVoiceTone": tone,
            "overallAverageVoiceTone": tone,
        },
        "startFragmentNumber": stream.start_fragment_number,
    }
