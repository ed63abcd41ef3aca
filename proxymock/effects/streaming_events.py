"""Events about the streams of a call: Chime VoiceConnector Streaming Status.

DOCUMENTED: "Automating the Amazon Chime SDK with EventBridge". OBSERVED, by recorded
events: members, their order, and that each party has events of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from proxymock.api.rendering import timestamp
from proxymock.effects import streams
from proxymock.effects.deliveries import JSON, Delivery, Notification, NotificationPlace
from proxymock.effects.envelopes import bus_event
from proxymock.effects.media_insights import insights_begin, insights_end
from proxymock.effects.occasions import Occasion
from proxymock.state.store import Store
from proxymock.state.streams import Stream, Streaming
from proxymock.state.voice_connectors import Setting, VoiceConnector

STATUS = "Chime VoiceConnector Streaming Status"
PREFIX = "ChimeVoiceConnector-Streaming"  # DOCUMENTED: of topics and queues
MEDIA_TYPE = "audio/L16"


def places(
    store: Store, connector: VoiceConnector, setting: Setting
) -> Iterator[NotificationPlace]:
    """Name the topics and queues that a streaming configuration needs. AWS: CE-03."""
    targets = setting.get("StreamingNotificationTargets", ())
    for target in () if setting.get("Disabled") else targets:
        if target["NotificationTarget"] != "EventBridge":
            yield NotificationPlace(
                at=store.now(),
                region=store.region,
                service=target["NotificationTarget"].lower(),
                prefix=PREFIX,
            )


def started(occasion: Occasion) -> Iterator[Delivery]:
    """Tell that the audio of a party is streamed, now that the call is answered."""
    for streaming in streams.begin(occasion):
        if streaming.failed:
            yield from _failed(occasion, streaming)
            continue
        for stream in streaming.streams:
            detail = _begun(occasion, streaming, stream)
            yield from _tell(occasion, streaming, detail)
        if occasion.account.options().all_started_event:
            detail = _all_started(occasion, streaming)
            yield from _tell(occasion, streaming, detail)
        yield from insights_begin(occasion, streaming)


def ended(occasion: Occasion) -> Iterator[Delivery]:
    """Tell that the audio of a party is streamed no more."""
    for streaming in streams.end(occasion):
        for stream in streaming.streams:
            detail = _over(occasion, streaming, stream)
            yield from _tell(occasion, streaming, detail)
        yield from insights_end(occasion, streaming)


def _tell(occasion: Occasion, streaming: Streaming, detail: JSON) -> Iterator[Delivery]:
    """Send an event to the targets of the connector. AWS: CE-01, CE-04."""
    at, region = occasion.at, streaming.region
    delivery = bus_event(occasion.account, at, region, STATUS, detail)
    for target in streaming.targets:
        if target == "EventBridge":
            yield delivery
        else:
            yield Notification(
                at=at,
                region=region,
                service=target.lower(),
                prefix=PREFIX,
                body=json.dumps(delivery.event),
            )


def _begun(occasion: Occasion, streaming: Streaming, stream: Stream) -> JSON:
    return {
        **_call(streaming),
        "isCaller": stream.is_caller,
        "mediaType": MEDIA_TYPE,
        "startFragmentNumber": stream.start_fragment_number,
        "startTime": timestamp(streaming.started_at),
        "streamArn": stream.stream_arn,
        **_end(occasion, streaming, "STARTED"),
    }


def _over(occasion: Occasion, streaming: Streaming, stream: Stream) -> JSON:
    """Return the details of the end of a stream. AWS: CE-21."""
    began = int(stream.start_fragment_number)
    fragments = int((occasion.at - streaming.started_at).total_seconds())
    return {
        "callId": streaming.call_id,
        "currentFragmentNumber": str(began + fragments),
        "direction": streaming.direction,
        "endTime": timestamp(occasion.at),
        "fromNumber": streaming.from_number,
        "isCaller": stream.is_caller,
        "startFragmentNumber": stream.start_fragment_number,
        "startTime": timestamp(streaming.started_at),
        "streamArn": stream.stream_arn,
        **_end(occasion, streaming, "ENDED"),
    }


def _all_started(occasion: Occasion, streaming: Streaming) -> JSON:
    """Return the details of the event that nobody documents. AWS: CE-02."""
    return {
        **_call(streaming),
        "streams": [
            {
                "isCaller": stream.is_caller,
                "mediaType": MEDIA_TYPE,
                "startFragmentNumber": stream.start_fragment_number,
                "startTime": timestamp(streaming.started_at),
                "streamArn": stream.stream_arn,
            }
            for stream in reversed(streaming.streams)  # OBSERVED: the caller first
        ],
        **_end(occasion, streaming, "ALL_STARTED"),
    }


def _failed(occasion: Occasion, streaming: Streaming) -> Iterator[Delivery]:
    """Tell for each party that its audio is not streamed. AWS: CE-23."""
    for _ in streams.PARTIES:
        detail = {
            "callId": streaming.call_id,
            "direction": streaming.direction,
            "failTime": timestamp(occasion.at),
            "failureReason": "Internal failure",
            **_ids(occasion, streaming, "FAILED"),
        }
        yield from _tell(occasion, streaming, detail)


def _call(streaming: Streaming) -> JSON:
    return {
        "callId": streaming.call_id,
        "direction": streaming.direction,
        "fromNumber": streaming.from_number,
    }


def _end(occasion: Occasion, streaming: Streaming, status: str) -> JSON:
    return {"toNumber": streaming.to_number, **_ids(occasion, streaming, status)}


def _ids(occasion: Occasion, streaming: Streaming, status: str) -> JSON:
    return {
        "transactionId": occasion.call.transaction_id,
        "voiceConnectorId": streaming.voice_connector_id,
        "streamingStatus": status,
        "version": "0",
    }
