"""What voice analytics sums up five minutes after a call."""

from __future__ import annotations

from datetime import datetime

from proxymock.api.rendering import timestamp
from proxymock.effects.deliveries import JSON
from proxymock.state.analysis_tasks import SpeakerSearchTask
from proxymock.state.calls import Call
from proxymock.state.store import Store
from proxymock.state.streams import Streaming
from proxymock.state.voice_analytics import VoiceProfile


def speaker_search_results(
    store: Store, call: Call, streaming: Streaming, is_caller: bool
) -> JSON:
    """Return whom a voice was found to be, and what was enrolled of it. AWS: CE-39.

    DOCUMENTED: the names of the members. What nobody knows is left out.
    """
    voice = call.transaction_id, is_caller
    results: JSON = {}
    connector = store.voice_connectors.get(streaming.voice_connector_id)
    for task in () if connector is None else connector.analysis_tasks:
        if isinstance(task, SpeakerSearchTask) and task.voice == voice:
            for best in (task.speaker_search_details or {}).get("Results", ())[:1]:
                results["bestMatchedVoiceProfileId"] = best["VoiceProfileId"]
    profiles = [each for each in store.voice_profiles if each.voice == voice]
    if profiles:
        newest = max(profiles, key=lambda each: each.updated_timestamp)
        results["customerValidatedCallerIdentity"] = newest.voice_profile_id
    results["createVoiceProfileTransactions"] = [
        _transaction(each, each.created_timestamp)
        for each in profiles
        if each.created_timestamp >= call.started_at
    ]
    results["updateVoiceProfileTransactions"] = [
        _transaction(each, each.updated_timestamp)
        for each in profiles
        if each.updated_timestamp > each.created_timestamp
    ]
    return results


def _transaction(profile: VoiceProfile, at: datetime) -> JSON:
    return {
        "voiceProfileId": profile.voice_profile_id,
        "requestTimestamp": timestamp(at),
    }
