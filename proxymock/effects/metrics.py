"""The metrics of calls in CloudWatch, derived from the calls when somebody reads them.

DOCUMENTED: names and units, in "Monitoring the Amazon Chime SDK with CloudWatch": once
a minute while a call lasts, all of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from proxymock.effects.media_metrics import ROUND_TRIP, SCORE, media
from proxymock.effects.passages import Passage, passages
from proxymock.state.calls import Call, Leg
from proxymock.state.store import Account

NAMESPACE = "AWS/ChimeVoiceConnector"
KEPT = timedelta(days=15)  # DOCUMENTED: how long CloudWatch keeps what is of a minute
_MINUTE = timedelta(minutes=1)
_CALLS = ("CallAttempts", "CallFailures", "CallsAnswered", "CallsActive")
_CODES = tuple(f"Sip{hundred}xxCodes" for hundred in range(1, 7))
_FLOWS = ("CustomerToVc", "VcToCustomer", "RemoteToVc", "VcToRemote")
# By the names of the log: what is counted, and what is measured.
_COUNTED: Mapping[str, str] = {
    "rtp_packets": "RtpPackets",
    "rtp_bytes": "RtpBytes",
    "rtcp_packets": "RtcpPackets",
    "rtcp_bytes": "RtcpBytes",
    "packets_lost": "PacketsLost",
}
_MEASURED: Mapping[str, tuple[float, str]] = {
    **{f"{flow}Jitter": (0, "Microseconds") for flow in _FLOWS},
    "RTTBetweenVcAndCustomer": (ROUND_TRIP, "Microseconds"),
    "RTTBetweenVcAndRemote": (ROUND_TRIP, "Microseconds"),
    "MOSBetweenVcAndCustomer": (SCORE, "None"),
    "MOSBetweenVcAndRemote": (SCORE, "None"),
}
ACTIVE, APPLICATION_ACTIVE = "VoiceConnectorActiveCallCount", "SmaActiveCallCount"
_OF_CALLS = (
    *(f"{way}{name}" for way in ("Inbound", "Outbound") for name in _CALLS),
    *("Throttles", *_CODES, ACTIVE),
)
_OF_MEDIA = tuple(f"{flow}{name}" for flow in _FLOWS for name in _COUNTED.values())


class Datum(NamedTuple):
    """The value of a metric in a minute, of one connector or application."""

    region: str
    dimension: tuple[str, str]
    at: datetime
    name: str
    value: float
    unit: str


class _Source(NamedTuple):
    """Who has metrics."""

    region: str
    kind: str
    id: str


class Window(NamedTuple):
    """The instants from which and up to which metrics are asked for."""

    since: datetime
    until: datetime


def metrics(
    account: Account, region: str | None = None, asked: Window | None = None
) -> Iterator[Datum]:
    """Yield the metrics of all calls of an account, in a region if one is named.

    AWS: CE-36, CE-37. What is not *asked* for takes no time; by default all is.
    """
    now = account.now()
    asked = asked or Window(now - KEPT, now)
    window = _Window(max(now - KEPT, asked.since), min(now, asked.until), now)
    counts: defaultdict[tuple[_Source, datetime], Counter[str]] = defaultdict(Counter)
    for call in account.calls:
        if not window.has(call):
            continue
        for source, at, name, value in _told(account, call, window):
            counts[source, _minute(at)][name] += value
    for (source, at), counted in counts.items():
        if region in (None, source.region) and window.since <= at <= window.until:
            yield from _data(source, at, counted)


class _Window(NamedTuple):
    """The time whose metrics are told, and the instant at which they are."""

    since: datetime
    until: datetime
    now: datetime

    def has(self, call: Call) -> bool:
        """Tell whether anything of a call may be in a minute of the window."""
        ends = call.ended_at or self.now
        return _minute(call.started_at) <= self.until and ends >= self.since


Told = tuple[_Source, datetime, str, int]
_NONE = ""  # a minute in which nothing but the call itself is counted


def _told(account: Account, call: Call, window: _Window) -> Iterator[Told]:
    """Yield what a call adds to which metric, when."""
    seen = set()
    for passage in passages(account, call):
        id = passage.voice_connector_id
        source = _Source(passage.store.region, "VoiceConnectorId", id)
        for at, name, value in _of_passage(passage, window):
            yield source, at, name, value
        if id not in seen:
            seen.add(id)
            for at in _minutes(passage.leg, window):
                yield source, at, ACTIVE, 1
    for id, passed in call.connectors.items():
        for at in passed.failures:
            source = _Source(passed.region, "VoiceConnectorId", id)
            yield source, at, "InboundCallFailures", 1
    if call.target is not None:
        id = call.target.sip_media_application_id
        source = _Source(call.target.region, "SipMediaApplicationId", id)
        for at in _minutes(call.legs[0], window):
            yield source, at, APPLICATION_ACTIVE, 1


def _of_passage(
    passage: Passage, window: _Window
) -> Iterator[tuple[datetime, str, int]]:
    leg, way = passage.leg, passage.direction
    yield leg.started_at, f"{way}CallAttempts", 1
    for at in _clock(leg.started_at, leg.ended_at, window):
        yield at, _NONE, 0
    if leg.answered_at is not None:
        yield leg.answered_at, f"{way}CallsAnswered", 1
        for at in _minutes(leg, window):
            yield at, f"{way}CallsActive", 1
    elif leg.ended_at is not None:
        yield leg.ended_at, f"{way}CallFailures", 1
    if not passage.masked:
        yield from _codes(leg)
        yield from _media(leg, window)


def _codes(leg: Leg) -> Iterator[tuple[datetime, str, int]]:
    """Yield the SIP responses that a call has had. AWS: CE-36."""
    yield leg.started_at, _CODES[0], 1
    if leg.answered_at is not None:
        yield leg.answered_at, _CODES[1], 1
        if leg.ended_at is not None:
            yield leg.ended_at, _CODES[1], 1  # the answer to BYE
    elif leg.ended_at is not None:
        yield leg.ended_at, _CODES[3], 1


def _media(leg: Leg, window: _Window) -> Iterator[tuple[datetime, str, int]]:
    if leg.answered_at is None:
        return
    until = min(leg.ended_at or window.now, window.now)
    # Whole seconds: what the process took begins no minute.
    lasted = round((until - leg.answered_at).total_seconds())
    # A minute of the leg begins within one of the clock.
    first = max(0, (window.since - leg.answered_at) // _MINUTE)
    end = (window.until - leg.answered_at) // _MINUTE + 2
    for number in range(first, min(end, math.ceil(lasted / 60))):
        begins = leg.answered_at + number * _MINUTE
        counted = media(min(60, lasted - number * 60))
        for flow in _FLOWS:
            for name, metric in _COUNTED.items():
                yield begins, f"{flow}{metric}", counted[name]


def _minutes(leg: Leg, window: _Window) -> Iterator[datetime]:
    """Yield the minutes of the clock in which a leg was answered and had not ended."""
    if leg.answered_at is not None:
        yield from _clock(leg.answered_at, leg.ended_at, window)


def _clock(
    start: datetime, end: datetime | None, window: _Window
) -> Iterator[datetime]:
    """Yield the minutes of the clock from an instant to another."""
    at = _minute(max(start, window.since))
    while at <= min(end or window.until, window.until):
        yield at
        at += _MINUTE


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _data(source: _Source, at: datetime, counted: Counter[str]) -> Iterator[Datum]:
    region, dimension = source.region, (source.kind, source.id)
    if source.kind == "SipMediaApplicationId":
        active = counted[APPLICATION_ACTIVE]
        yield Datum(region, dimension, at, APPLICATION_ACTIVE, active, "Count")
        return
    has_media = _OF_MEDIA[0] in counted
    for name in (*_OF_CALLS, *(_OF_MEDIA if has_media else ())):
        yield Datum(region, dimension, at, name, counted[name], "Count")
    for name, (value, unit) in _MEASURED.items() if has_media else ():
        yield Datum(region, dimension, at, name, value, unit)
