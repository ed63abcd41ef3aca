"""The quality of a call's media, as the log of a voice connector has it.

DOCUMENTED: the members of a line, one for each call and minute. OBSERVED: the numbers
of a call of good quality.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from proxymock.effects.deliveries import JSON, Later, LogEvent
from proxymock.effects.log_streams import MEDIA, log_event, logs, milliseconds
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import Passage, passages
from proxymock.numbering_plan.countries import country_of
from proxymock.state.calls import Leg

MINUTE = "A minute of media"  # an occasion of its own
LENGTH = timedelta(minutes=1)
DIRECTIONS = ("cust2vc", "vc2cust", "rem2vc", "vc2rem")
# OBSERVED: a packet each 20 ms has 172 bytes; times are microseconds.
RTP_PACKETS_A_SECOND, RTP_BYTES = 50, 172
ROUND_TRIP, SCORE = 19434, 4.3
# AWS: CE-34. A report each five seconds.
SECONDS_A_REPORT, RTCP_BYTES = 5, 52


def media_begins(occasion: Occasion) -> Iterator[Later]:
    """Ask for the end of the first minute of what is logged."""
    if _ways(occasion, occasion.leg):
        yield Later(at=occasion.at + LENGTH, kind=MINUTE)


def media_metrics(occasion: Occasion) -> Iterator[LogEvent | Later]:
    """Write a line for each minute that is over, or that has ended with its leg.

    AWS: CE-31, CE-34.
    """
    for leg in occasion.call.legs:
        if not (ways := _ways(occasion, leg)):
            continue
        for begins, ends in _unlogged(leg, occasion.at):
            for passage in ways:
                values = _line(occasion, passage, begins, ends)
                yield log_event(passage, MEDIA, ends, values)
            if leg.is_open and ends == occasion.at:
                yield Later(at=ends + LENGTH, kind=MINUTE)


def media(seconds: int) -> JSON:
    """Return the packets and bytes of one direction in so many seconds."""
    packets = seconds * RTP_PACKETS_A_SECOND
    reports = seconds // SECONDS_A_REPORT
    return {
        "rtp_packets": packets,
        "rtp_bytes": packets * RTP_BYTES,
        "rtcp_packets": reports,
        "rtcp_bytes": reports * RTCP_BYTES,
        "packets_lost": 0,
        "jitter": 0,
    }


def _ways(occasion: Occasion, leg: Leg) -> list[Passage]:
    """Return those ways of a leg whose connectors log media."""
    found = passages(occasion.account, occasion.call)
    return [way for way in found if way.leg is leg and logs(way, MEDIA)]


def _unlogged(leg: Leg, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield beginning and end of each minute that is over by *at*, once.

    The last minute of a leg is over when the leg is.
    """
    if leg.answered_at is None:
        return
    until = min(at, leg.ended_at or at)
    # Whole seconds: what the process took begins no minute.
    lasted = timedelta(seconds=round((until - leg.answered_at).total_seconds()))
    while (logged := leg.logged_minutes * LENGTH) < lasted:
        begins = leg.answered_at + logged
        ends = begins + LENGTH
        if ends > until:
            if until != leg.ended_at:
                return  # it goes on
            ends = until
        leg.logged_minutes += 1
        yield begins, ends


def _line(
    occasion: Occasion, passage: Passage, begins: datetime, ends: datetime
) -> JSON:
    line: JSON = {
        "voice_connector_id": passage.voice_connector_id,
        "event_timestamp": milliseconds(ends),
        "call_id": occasion.call.transaction_id,
        "from_sip_user": passage.from_number,
        "from_country": country_of(passage.from_number),
        "to_sip_user": passage.to_number,
        "to_country": country_of(passage.to_number),
        # AWS: CE-34
        "endpoint_id": sha256(passage.call_id.encode()).hexdigest()[:32],
        "aws_region": passage.store.region,
    }
    # AWS: CE-36. Whole seconds, as metrics have.
    counted = media(round((ends - begins).total_seconds()))
    for direction in DIRECTIONS:
        for name, value in counted.items():
            line[f"{direction}_{name}"] = value
    for party in ("cust", "rem"):
        line[f"rtt_btwn_vc_and_{party}"] = ROUND_TRIP
        line[f"mos_btwn_vc_and_{party}"] = SCORE
    return line
