"""Records with plain values: how they count, and where they go."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from proxymock.api import spec
from proxymock.effects.records import (
    BILLING_REGIONS,
    apart,
    billable_seconds,
    span,
    stored,
    usage_type,
)
from proxymock.state.store import Store

START = datetime(2026, 1, 2, 23, 59, 59, 999_900, tzinfo=timezone.utc)
US, GB, HIDDEN = "+12065550100", "+442079460000", "anonymous"


@pytest.mark.parametrize(
    ("seconds", "billed"), [(0, 0), (0.4, 0), (1, 6), (6, 6), (6.4, 6), (7, 12)]
)
def test_durations_are_rounded_up(seconds: float, billed: int) -> None:
    """Each begun step of six seconds is billed, of a duration in whole seconds."""
    assert billable_seconds(START, START + timedelta(seconds=seconds)) == billed


@pytest.mark.parametrize("fraction", [0, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize(("seconds", "lasted"), [(0, 0), (60, 60), (60.4, 60)])
def test_start_and_end_are_apart_as_the_call_lasted(
    fraction: float, seconds: float, lasted: int
) -> None:
    """At whichever part of a second a call begins, its end is as late as is billed."""
    start = datetime(2026, 1, 2, tzinfo=timezone.utc) + timedelta(seconds=fraction)

    found = span(start, start + timedelta(seconds=seconds))

    assert found == {
        "StartTimeEpochSeconds": 1767312000,
        "EndTimeEpochSeconds": 1767312000 + lasted,
    }


@pytest.mark.parametrize(
    ("direction", "source", "destination", "expected"),
    [
        ("Inbound", GB, US, "USE1-US-inbound-minutes"),
        ("Inbound", HIDDEN, GB, "USE1-GB-inbound-minutes"),
        ("Outbound", US, GB, "USE1-US-GB-outbound-minutes"),
        ("Outbound", HIDDEN, GB, "USE1-GB-GB-outbound-minutes"),
        ("Outbound", US, "+911", "USE1-US-US-outbound-minutes"),
    ],
)
def test_usage_type(
    direction: str, source: str, destination: str, expected: str
) -> None:
    """It has the countries; one that nobody knows is the other number's."""
    assert usage_type("us-east-1", direction, source, destination) == expected


def test_every_region_has_a_code() -> None:
    """Wherever there can be a connector there can be a record."""
    assert sorted(BILLING_REGIONS) == sorted(spec.regions())


def test_key_is_of_the_start(store: Store) -> None:
    """A key has the start in UTC, to the millisecond below."""
    store.global_settings = {"CdrBucket": "records"}

    [first] = stored(store, START, "CDRs/json/id", START, "call", {"a": 1})
    [second] = stored(store, START, "CDRs/json/id", apart(START, 1), "call", {})

    assert (first.bucket, first.key, first.body) == (
        "records",
        "CDRs/json/id/2026/01/02/23.59.59.999_call",
        b'{"a":1}',
    )
    assert second.key == "CDRs/json/id/2026/01/03/00.00.00.000_call"


def test_without_a_bucket(store: Store) -> None:
    """Nothing is stored where no bucket is set."""
    assert list(stored(store, START, "CDRs", START, "call", {})) == []
