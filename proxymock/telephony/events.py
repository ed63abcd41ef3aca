"""What functions are told, key for key in the order that was recorded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from proxymock.state.calls import JSON, LEG_A, Call, Event, Leg, Target
from proxymock.telephony.surroundings import Moment

# The SIP headers that pass; their names keep the sender's case.
HEADER = re.compile(r"x-.+|user-to-user|diversion", re.IGNORECASE)
# Why the actions of an answer are not taken, by the type of its event.
UNHEEDED: Mapping[str, str] = {
    "NEW_OUTBOUND_CALL": "nobody has answered yet",
    "RINGING": "nobody has answered yet",
    "ACTION_INTERRUPTED": "the event is for information",
}


def milliseconds(at: datetime) -> str:
    """Return an instant as events have it."""
    return str(round(at.timestamp() * 1000))


def participant(leg: Leg) -> JSON:
    """Return a leg as events show it."""
    shown: JSON = {
        "CallId": leg.call_id,
        "ParticipantTag": leg.tag,
        "To": leg.to_number,
        "From": leg.from_number,
        "Direction": leg.direction,
        "StartTimeInMilliseconds": milliseconds(leg.started_at),
    }
    # Recordings have no Status before the answer, although AWS's samples do.
    if leg.status != "Ringing":
        shown["Status"] = leg.status
    headers = {k: v for k, v in leg.sip_headers.items() if HEADER.fullmatch(k)}
    if headers and leg.direction == "Inbound":
        shown["SipHeaders"] = headers
    return shown


def legs_shown(call: Call) -> list[Leg]:
    """Return leg A, and the latest leg B if it was answered. AWS: PA-22."""
    latest = call.legs[-1]
    is_shown = latest.tag != LEG_A and latest.answered_at is not None
    return [call.legs[0], latest] if is_shown else [call.legs[0]]


def tell(
    now: Moment,
    type: str,
    about: Leg,
    *,
    data: JSON | None = None,
    error: Mapping[str, str] | None = None,
    first: Leg | None = None,
    ignores: str | None = None,
) -> None:
    """Let an event wait until the function has time for it.

    Whom it shows, and how, is settled now; the leg *first* comes first. AWS: PA-01.
    """
    # Calls that no application has are nobody's to be told of.
    if now.call.target is None:
        return
    legs = legs_shown(now.call)
    if now.around.options.leg_of_event_first and first is not None:
        legs.sort(key=lambda leg: leg is not first)
    now.call.waiting.append(
        Event(
            type=type,
            call_id=about.call_id,
            participants=[participant(leg) for leg in legs],
            action_data=data,
            error=error or {},
            ignores=UNHEEDED.get(type, "") if ignores is None else ignores,
        )
    )


def tell_hang_up(now: Moment, leg: Leg) -> None:
    """Tell that a leg has ended, whoever ended it."""
    parameters = {
        "SipResponseCode": leg.sip_response_code,
        "CallId": leg.call_id,
        "ParticipantTag": leg.tag,
    }
    data = {"Type": "Hangup", "Parameters": parameters}
    tell(now, "HANGUP", leg, data=data, first=leg)


def compose(call: Call, target: Target, event: Event) -> JSON:
    """Return the event as the function gets it; the next *sequence* is its own."""
    composed: JSON = {
        "SchemaVersion": "1.0",
        "Sequence": call.event_sequence,
        "InvocationEventType": event.type,
        "ActionData": event.action_data,
        "CallDetails": dict(_call_details(call, target, event)),
        **event.error,
    }
    if event.action_data is None:
        del composed["ActionData"]
    return composed


def _call_details(
    call: Call, target: Target, event: Event
) -> Iterable[tuple[str, Any]]:
    yield "TransactionId", call.transaction_id
    if call.attributes:
        yield "TransactionAttributes", call.attributes
    yield "AwsAccountId", call.account_id
    yield "AwsRegion", target.region
    # No rule has led to the calls that applications make.
    if target.sip_rule_id is not None:
        yield "SipRuleId", target.sip_rule_id
    yield "SipMediaApplicationId", target.sip_media_application_id
    yield "Participants", event.participants
