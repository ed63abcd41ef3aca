"""Call detail records: what a connector's part in a call is billed by.

DOCUMENTED: "Managing global settings", "Call detail record attributes". OBSERVED, by
recorded objects: members, their order and types, and ``IsProxyCall``.
"""

from __future__ import annotations

from collections.abc import Iterator

from proxymock.effects.deliveries import JSON, StoredObject
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import Passage, passages, streamed
from proxymock.effects.records import (
    apart,
    billable_seconds,
    span,
    start_of,
    stored,
    usage_type,
)
from proxymock.effects.sip_messages import PHRASES
from proxymock.numbering_plan.countries import country_of
from proxymock.state.calls import Call

FOLDER = "Amazon-Chime-Voice-Connector-CDRs/json"


def call_records(occasion: Occasion) -> Iterator[StoredObject]:
    """Write the record of each connector whose part in a call has ended.

    AWS: CE-12, CE-13, CE-20.
    """
    call = occasion.call
    for rank, passage in enumerate(passages(occasion.account, call)):
        if passage.leg is occasion.leg and _is_billed(call, passage):
            yield from stored(
                passage.store,
                occasion.at,
                f"{FOLDER}/{passage.voice_connector_id}",
                apart(start_of(passage.leg), rank),
                call.transaction_id,
                _record(occasion, passage),
            )


def _is_billed(call: Call, passage: Passage) -> bool:
    connects = not passage.masked or call.legs[0].answered_at is not None
    return connects and not passage.of_application


def _record(occasion: Occasion, passage: Passage) -> JSON:
    call, leg, region = occasion.call, passage.leg, passage.store.region
    start, answered = start_of(leg), leg.answered_at is not None
    seconds = billable_seconds(start, occasion.at) if answered else 0
    source, destination = passage.from_number, passage.to_number
    return {
        "AwsAccountId": passage.store.account.account_id,
        "TransactionId": call.transaction_id,
        "CallId": passage.call_id,
        "VoiceConnectorId": passage.voice_connector_id,
        "Status": "Completed" if answered else "Failed",
        # How it has ended: in the words of SIP, if it has failed.
        "StatusMessage": "Normal Call Clearing"
        if answered
        else PHRASES[occasion.final_response],
        "BillableDurationSeconds": seconds,
        # OBSERVED: a plain 0, but never a plain 1.
        "BillableDurationMinutes": seconds / 60 if seconds else 0,
        "SchemaVersion": "2.0",
        "SourcePhoneNumber": source,
        "SourceCountry": country_of(source),
        "DestinationPhoneNumber": destination,
        "DestinationCountry": country_of(destination),
        "UsageType": usage_type(region, passage.direction, source, destination),
        "ServiceCode": "AmazonChimeVoiceConnector",
        "Direction": passage.direction,
        **span(start, occasion.at),
        "Region": region,
        "Streaming": _was_streamed(call, passage),
        "IsProxyCall": passage.masked,
    }


def _was_streamed(call: Call, passage: Passage) -> bool:
    return any(
        each.voice_connector_id == passage.voice_connector_id and not each.failed
        for each in streamed(call, passage.leg)
    )
