"""What voice analytics tells of a call: that it is ready, what tasks found, and a sum.

DOCUMENTED: the envelope and most members, in "Amazon Chime SDK voice analytics". It
tells the sinks of a media insights configuration, which the API of this service does
not know. So the option ``voice_analytics_sinks`` names them. AWS: CE-05, CE-38.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from proxymock.api.rendering import timestamp
from proxymock.effects.deliveries import JSON, Later, SinkEvent
from proxymock.effects.envelopes import sink_event
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import streamed
from proxymock.effects.post_call import speaker_search_results
from proxymock.effects.voice_tasks import outcome
from proxymock.service.analysis_tasks import (
    end_what_hears_no_more,
    end_what_was_heard,
    heard_at,
)
from proxymock.state.analysis_tasks import ACTIVE, AnalysisTask
from proxymock.state.calls import Call
from proxymock.state.store import Account, Store
from proxymock.state.streams import Streaming

HEARD, POST_CALL = "Speech was heard", "Voice analytics after a call"
POST_CALL_AFTER = timedelta(minutes=5)  # DOCUMENTED


def ready(occasion: Occasion) -> Iterator[SinkEvent]:
    """Tell for each party that its audio can be analysed. AWS: CE-19."""
    for streaming in streamed(occasion.call, occasion.leg):
        if _sinks(occasion.account, streaming):
            more = {"streamStartTime": timestamp(streaming.started_at)}
            for stream in streaming.streams:
                call = _of_call(occasion.call, streaming, stream.is_caller)
                detail = {"detailStatus": "AnalyticsReady", **call, **more}
                yield from _tell(occasion, streaming, detail)


def call_over(occasion: Occasion) -> Iterator[Later]:
    """Ask for the time at which a call that was analysed is summed up."""
    if any(_analysed(occasion.account, occasion.call)):
        yield Later(at=occasion.at + POST_CALL_AFTER, kind=POST_CALL)


def post_call(occasion: Occasion) -> Iterator[SinkEvent]:
    """Tell for each party whom it sounded like, and what was enrolled. AWS: CE-39."""
    account, call = occasion.account, occasion.call
    for streaming in _analysed(account, call):
        store = account.store(streaming.region)
        for stream in streaming.streams:
            detail = {
                "detailStatus": "PostCallVoiceAnalytics",
                **_of_call(call, streaming, stream.is_caller),
                "speakerSearchResults": speaker_search_results(
                    store, call, streaming, stream.is_caller
                ),
            }
            yield from _tell(occasion, streaming, detail)


def heard(occasion: Occasion) -> Iterator[SinkEvent]:
    """End the tasks that have heard enough; they tell of themselves. AWS: CE-40."""
    _end_tasks(occasion, occasion.call.streaming)
    yield from ()


def audio_over(occasion: Occasion) -> Iterator[SinkEvent]:
    """End the tasks about a leg that has ended; they tell of themselves. AWS: CE-40."""
    _end_tasks(occasion, streamed(occasion.call, occasion.leg))
    yield from ()


def _end_tasks(occasion: Occasion, streamings: Iterable[Streaming]) -> None:
    account, call = occasion.account, occasion.call
    for streaming in streamings:
        if not _sinks(account, streaming):
            continue
        store, id = account.store(streaming.region), streaming.voice_connector_id
        end_what_was_heard(store, call.transaction_id, occasion.at)
        if not _goes_on(call, id):
            end_what_hears_no_more(store, id, call.transaction_id, occasion.at)


def _goes_on(call: Call, connector_id: str) -> bool:
    """Tell whether a connector still streams a call."""
    return any(
        streaming.voice_connector_id == connector_id
        for leg in call.open_legs
        for streaming in streamed(call, leg)
    )


def of_task(
    store: Store, call: Call, task: AnalysisTask
) -> Iterator[SinkEvent | Later]:
    """Tell how a task has ended, or ask for the time at which it has heard enough.

    AWS: CE-40.
    """
    id = task.call_details["VoiceConnectorId"]
    for streaming in _analysed(store.account, call):
        if streaming.voice_connector_id != id:
            continue
        if task.status in ACTIVE:
            lasts = _goes_on(call, id)
            at = heard_at(store, task) if lasts else task.created_timestamp
            yield Later(at=at, kind=HEARD)
            continue
        for stream, type, detail in outcome(task, streaming):
            about = _of_call(call, streaming, stream.is_caller)
            whole = {"taskId": task.task_id, **detail, **about}
            if task.status_message is not None:
                whole["statusMessage"] = task.status_message
            at = task.updated_timestamp
            for arn in _sinks(store.account, streaming):
                region = streaming.region
                yield sink_event(store.account, at, region, arn, type, whole)


def _tell(
    occasion: Occasion, streaming: Streaming, detail: JSON
) -> Iterator[SinkEvent]:
    account, type = occasion.account, "VoiceAnalyticsStatus"
    for arn in _sinks(account, streaming):
        region = streaming.region
        yield sink_event(account, occasion.at, region, arn, type, detail)


def _analysed(account: Account, call: Call) -> Iterator[Streaming]:
    return (each for each in call.streaming if _sinks(account, each))


def _sinks(account: Account, streaming: Streaming) -> list[str]:
    configuration = streaming.media_insights_configuration_arn
    sinks = account.options().voice_analytics_sinks
    return [] if configuration is None else sinks.get(configuration, [])


def _of_call(call: Call, streaming: Streaming, is_caller: bool) -> JSON:
    return {
        "callId": streaming.call_id,
        "transactionId": call.transaction_id,
        "voiceConnectorId": streaming.voice_connector_id,
        "isCaller": is_caller,
    }
