"""The envelope of events, as EventBridge hands them to rules."""

from __future__ import annotations

from datetime import datetime

from proxymock.effects.deliveries import JSON, BusEvent
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
