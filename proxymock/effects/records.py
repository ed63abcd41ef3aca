"""What the billing records of calls have in common: their place, and how they count.

DOCUMENTED: "Managing global settings". OBSERVED, by recorded objects: the exact key,
one compact JSON object without a line's end, durations.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from proxymock.effects.deliveries import JSON, StoredObject
from proxymock.numbering_plan.countries import country_of
from proxymock.state.calls import Leg
from proxymock.state.store import Store

# AWS: CE-07. The codes of regions on AWS's bills.
BILLING_REGIONS: Mapping[str, str] = {
    "ap-northeast-1": "APN1",
    "ap-northeast-2": "APN2",
    "ap-southeast-1": "APS1",
    "ap-southeast-2": "APS2",
    "ca-central-1": "CAN1",
    "eu-central-1": "EUC1",
    "eu-west-1": "EUW1",
    "eu-west-2": "EUW2",
    "us-east-1": "USE1",
    "us-west-2": "USW2",
}
STEP = 6  # seconds, to which durations are rounded up


def stored(
    store: Store,
    at: datetime,
    folder: str,
    start: datetime,
    transaction_id: str,
    record: JSON,
) -> Iterator[StoredObject]:
    """Put a record into the bucket of the region's global settings, if they name one.

    AWS: CE-15, CE-16.

    Args:
        store: the state of the region.
        at: when it is written.
        folder: what the key begins with, the id of what it is a record of included.
        start: the instant in the key, to the millisecond.
        transaction_id: of the call.
        record: its members, in order.
    """
    bucket = store.global_settings.get("CdrBucket")
    if bucket is not None:
        milliseconds = f"{start.microsecond // 1000:03}"
        name = f"{start:%Y/%m/%d/%H.%M.%S}.{milliseconds}_{transaction_id}"
        yield StoredObject(
            at=at,
            region=store.region,
            bucket=bucket,
            key=f"{folder}/{name}",
            body=json.dumps(record, separators=(",", ":")).encode(),
            content_type="application/json",
        )


def billing_region(region: str) -> str:
    """Return how AWS's bills call a region; one that AWS lacks has its own name."""
    return BILLING_REGIONS.get(region, region)


def start_of(leg: Leg) -> datetime:
    """Return from when on a leg counts: its answer, or its INVITE without one.

    AWS: CE-09
    """
    return leg.answered_at or leg.started_at


def apart(start: datetime, rank: int) -> datetime:
    """Return an instant for the key of one of several records of a call. AWS: CE-10."""
    return start + timedelta(milliseconds=rank)


def billable_seconds(start: datetime, end: datetime) -> int:
    """Return a duration as it is billed. AWS: CE-09."""
    return math.ceil(_whole_seconds(start, end) / STEP) * STEP


def span(start: datetime, end: datetime) -> JSON:
    """Return start and end as a record has them, as far apart as is billed. AWS: CE-09.

    Both in seconds since 1970. Each cut for itself, they may be a second further apart.
    """
    first = int(start.timestamp())
    return {
        "StartTimeEpochSeconds": first,
        "EndTimeEpochSeconds": first + _whole_seconds(start, end),
    }


def _whole_seconds(start: datetime, end: datetime) -> int:
    """Return a duration without what the process took, if under half a second."""
    return round((end - start).total_seconds())


def usage_type(region: str, direction: str, source: str, destination: str) -> str:
    """Return the usage type of a call between two numbers. AWS: CE-07, CE-25."""
    to = country_of(destination) or country_of(source)
    countries = [to]
    if direction == "Outbound":
        countries.insert(0, country_of(source) or to)
    return "-".join([billing_region(region), *countries, direction.lower(), "minutes"])
