"""The envelopes of events, as EventBridge and voice analytics have them."""

from __future__ import annotations

from datetime import datetime

from proxymock.effects.deliveries import JSON, BusEvent, SinkEvent
from proxymock.state.store import Account


def bus_event(
    account: Account, at: datetime, region: str, detail_type: str, detail: JSON
) -> BusEvent:
    """Return an event for the default bus of a region, in its envelope.

    DOCUMENTED: the time is to the second, and there are no resources.
    """
    event = {
        "version": "0",
        "id": account.new_uuid(),
        "detail-type": detail_type,
        "source": "aws.chime",
        "account": account.account_id,
        "time": f"{at:%Y-%m-%dT%H:%M:%S}Z",
        "region": region,
        "resources": [],
        "detail": detail,
    }
    return BusEvent(at=at, region=region, event=event)


def sink_event(
    account: Account,
    at: datetime,
    region: str,
    arn: str,
    detail_type: str,
    detail: JSON,
) -> SinkEvent:
    """Return an event of voice analytics for a sink, in its envelope.

    DOCUMENTED: the id has a prefix, and the time is to the microsecond.
    """
    event = {
        "version": "0",
        "id": f"Id-{account.new_uuid()}",
        "detail-type": detail_type,
        "service-type": "VoiceAnalytics",
        "source": "aws.chime",
        "account": account.account_id,
        "time": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "region": region,
        "resources": [],
        "detail": detail,
    }
    return SinkEvent(at=at, region=region, arn=arn, event=event)
