"""Streams: when voice connectors begin and end to stream the audio of calls.

DOCUMENTED: Amazon Kinesis Video Streams, "one stream per concurrent party". OBSERVED:
their names, and that they are used again for later calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import Passage, passages, streamed
from proxymock.state.store import Account
from proxymock.state.streams import Stream, Streaming

PARTIES = (False, True)  # OBSERVED: the called party comes first
_PREFIX = "91343852333181432392682062"  # OBSERVED: of all fragment numbers
_DIGITS = 21  # of the 47, after the prefix


def begin(occasion: Occasion) -> Iterator[Streaming]:
    """Begin to stream a call for each connector that does, and yield what it streams.

    AWS: CE-11, CE-22.
    """
    account, call = occasion.account, occasion.call
    for passage in passages(account, call):
        leaves = passage.masked and passage.direction == "Outbound"
        if passage.leg is occasion.leg and _is_on(passage) and not leaves:
            streaming = _streaming(account, passage, occasion.at)
            call.streaming.append(streaming)
            yield streaming


def end(occasion: Occasion) -> Iterator[Streaming]:
    """End what is streamed of the leg that has ended, and yield it.

    Its streams are free for the next call.
    """
    for streaming in streamed(occasion.call, occasion.leg):
        store = occasion.account.store(streaming.region)
        connector = store.voice_connectors.get(streaming.voice_connector_id)
        if connector is not None:
            connector.streams += [each.stream_arn for each in streaming.streams]
        yield streaming


def _is_on(passage: Passage) -> bool:
    setting = passage.setting("StreamingConfiguration")
    # In the older namespace it need not say whether it is disabled.
    return bool(setting) and not setting.get("Disabled")


def _streaming(account: Account, passage: Passage, at: datetime) -> Streaming:
    setting = passage.setting("StreamingConfiguration")
    # AWS: CE-01
    targets = setting.get("StreamingNotificationTargets", ())
    named = [each["NotificationTarget"] for each in targets] or ["EventBridge"]
    failed = account.options().streaming == "fails"
    insights = setting.get("MediaInsightsConfiguration", {})
    analysed = not (failed or insights.get("Disabled"))
    configuration = insights.get("ConfigurationArn") if analysed else None
    return Streaming(
        voice_connector_id=passage.voice_connector_id,
        region=passage.store.region,
        call_id=passage.call_id,
        direction=passage.direction,
        from_number=passage.from_number,
        to_number=passage.to_number,
        started_at=at,
        targets=named,
        streams=[] if failed else [_stream(passage, at, party) for party in PARTIES],
        media_insights_configuration_arn=configuration,
        media_insights_pipeline_arn=_pipeline(passage) if configuration else None,
        failed=failed,
    )


def _stream(passage: Passage, at: datetime, is_caller: bool) -> Stream:
    """Return a stream that is free, or a new one, for a party."""
    connector = passage.store.voice_connectors.get(passage.voice_connector_id)
    free = [] if connector is None else connector.streams
    # Its first digit is 0, so that the numbers of later fragments are as long.
    number = passage.store.account.random.randrange(10 ** (_DIGITS - 1))
    return Stream(
        stream_arn=free.pop(0) if free else _new_arn(passage, at),
        is_caller=is_caller,
        start_fragment_number=f"{_PREFIX}{number:0{_DIGITS}}",
    )


def _new_arn(passage: Passage, at: datetime) -> str:
    account, id = passage.store.account, passage.voice_connector_id
    name = f"ChimeVoiceConnector-{id}-{account.new_uuid()}"
    created = int(at.timestamp() * 1000)
    where = f"{passage.store.region}:{account.account_id}"
    return f"arn:aws:kinesisvideo:{where}:stream/{name}/{created}"


def _pipeline(passage: Passage) -> str:
    store = passage.store
    return store.arn("media-pipeline", store.account.new_uuid())
