"""Records of SIP media applications: what the legs of their calls are billed by.

DOCUMENTED: "Call detail record attributes", as strings. Nobody has published a record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from proxymock.effects.deliveries import JSON, StoredObject
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import passages
from proxymock.effects.records import (
    apart,
    billable_seconds,
    start_of,
    stored,
    usage_type,
)
from proxymock.state.calls import LEG_A, Call, Leg, Target
from proxymock.state.store import Account, Store

FOLDER = "Amazon-Chime-SMADRs/json"


def application_records(occasion: Occasion) -> Iterator[StoredObject]:
    """Write the record of a leg of an application's call. AWS: CE-06."""
    call, leg = occasion.call, occasion.leg
    if call.target is not None and leg.kind != "Meeting":
        store = occasion.account.store(call.target.region)
        yield from stored(
            store,
            occasion.at,
            f"{FOLDER}/{call.target.sip_media_application_id}",
            apart(start_of(leg), call.legs.index(leg)),
            call.transaction_id,
            _record(store, call, leg, call.target, occasion.at),
        )


def _record(store: Store, call: Call, leg: Leg, target: Target, end: datetime) -> JSON:
    start, answered = start_of(leg), leg.answered_at is not None
    seconds = str(billable_seconds(start, end) if answered else 0)
    numbers = leg.from_number, leg.to_number
    source, destination = (number.removeprefix("+") for number in numbers)
    return {
        "AwsAccountId": store.account.account_id,
        "TransactionId": call.transaction_id,
        "CallId": leg.call_id,
        "VoiceConnectorId": _connector_id(store.account, call, leg),
        "Status": "Completed" if answered else "Failed",
        "BillableDurationSeconds": seconds,
        "SchemaVersion": "2.0",
        "SourcePhoneNumber": source,
        "DestinationPhoneNumber": destination,
        "UsageType": usage_type(store.region, leg.direction, *numbers),
        "ServiceCode": "AmazonChimeVoiceConnector",
        "Direction": leg.direction,
        "TimeStampEpochSeconds": str(int(start.timestamp())),
        "Region": store.region,
        "SipRuleId": target.sip_rule_id or "",
        "SipApplicationId": target.sip_media_application_id,
        "CallLegTriggerType": _trigger(leg, target),
        "BillableVoiceFocusSeconds": seconds if leg.voice_focus else "0",
    }


def _trigger(leg: Leg, target: Target) -> str:
    """Say what has made a leg: a rule, the API, or an action."""
    if leg.tag != LEG_A:
        return "CallAndBridge"
    if leg.direction == "Outbound":
        return "CreateSipMediaApplicationCall"
    return target.trigger_type


def _connector_id(account: Account, call: Call, leg: Leg) -> str:
    """Return the connector between a leg and its application, or nothing. AWS: CE-20.

    A leg that another connector's telephone system makes is in the record of that.
    """
    for passage in passages(account, call):
        if passage.leg is leg and passage.of_application:
            return passage.voice_connector_id
    return ""
