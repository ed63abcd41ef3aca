"""Streaming detail records: what the streams of a call are billed by.

DOCUMENTED: "Managing global settings".
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.effects.deliveries import JSON, StoredObject
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import streamed
from proxymock.effects.records import (
    apart,
    billable_seconds,
    billing_region,
    span,
    stored,
)
from proxymock.state.streams import Streaming

FOLDER = "Amazon-Chime-Voice-Connector-SDRs/json"


def streaming_records(occasion: Occasion) -> Iterator[StoredObject]:
    """Write the record of each connector that has streamed the leg. AWS: CE-26."""
    call = occasion.call
    for streaming in streamed(call, occasion.leg):
        if not streaming.failed:
            rank = call.streaming.index(streaming)
            yield from stored(
                occasion.account.store(streaming.region),
                occasion.at,
                f"{FOLDER}/{streaming.voice_connector_id}",
                apart(streaming.started_at, rank),
                call.transaction_id,
                _record(occasion, streaming),
            )


def _record(occasion: Occasion, streaming: Streaming) -> JSON:
    start, end = streaming.started_at, occasion.at
    region = billing_region(streaming.region)
    return {
        "SchemaVersion": "1.0",
        "AwsAccountId": occasion.account.account_id,
        "TransactionId": occasion.call.transaction_id,
        "CallId": streaming.call_id,
        "VoiceConnectorId": streaming.voice_connector_id,
        **span(start, end),
        "Status": "Completed",
        "StatusMessage": "Streaming succeeded",
        "ServiceCode": "AmazonChime",
        "UsageType": f"{region}-VC-kinesis-audio-streaming",
        "BillableDurationSeconds": billable_seconds(start, end),
        "Region": streaming.region,
    }
