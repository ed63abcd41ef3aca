"""The quality of a call's media, as the log of a voice connector has it.

DOCUMENTED: the members of a line, one for each call and minute. OBSERVED: the numbers
of a call of good quality.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256

from proxymock.effects.deliveries import JSON, Later, LogEvent
from proxymock.effects.log_streams import MEDIA, log_event, logs, milliseconds
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import Passage, passages
from proxymock.numbering_plan.countries import country_of

MINUTE = "A minute of media"  # an occasion of its own
_LENGTH = timedelta(minutes=1)
DIRECTIONS = ("cust2vc", "vc2cust", "rem2vc", "vc2rem")
# OBSERVED: a packet each 20 ms has 172 bytes; times are microseconds.
RTP_PACKETS_A_SECOND, RTP_BYTES = 50, 172
ROUND_TRIP, SCORE = 19434, 4.3
# AWS: CE-34. A report each five seconds.
SECONDS_A_REPORT, RTCP_BYTES = 5, 52


def media_begins(occasion: Occasion) -> Iterator[Later]:
    """Ask for the end of the first minute of a call that is logged."""
    if occasion.leg is occasion.call.legs[0] and _logged(occasion):
        yield Later(at=occasion.at + _LENGTH, kind=MINUTE)


def media_metrics(occasion: Occasion) -> Iterator[LogEvent | Later]:
    """Write a line for each minute that is over, or that has ended with the call.

    AWS: CE-31, CE-34.
    """
    call, leg = occasion.call, occasion.call.legs[0]
    if leg.answered_at is None or not (ways := _logged(occasion)):
        return
    until = min(occasion.at, leg.ended_at or occasion.at)
    begins = leg.answered_at + call.logged_minutes * _LENGTH
    while begins < until:
        ends = min(begins + _LENGTH, until)
        if ends < begins + _LENGTH and leg.ended_at is None:
            return  # another leg has ended
        for passage in ways:
            values = _line(occasion, passage, (ends - begins).total_seconds())
            values["event_timestamp"] = milliseconds(ends)
            yield log_event(passage, MEDIA, ends, values)
        call.logged_minutes += 1
        begins += _LENGTH
    if leg.ended_at is None:
        yield Later(at=begins + _LENGTH, kind=MINUTE)


def media(seconds: float) -> JSON:
    """Return the packets and bytes of one direction in so many seconds."""
    packets = round(seconds * RTP_PACKETS_A_SECOND)
    reports = int(seconds // SECONDS_A_REPORT)
    return {
        "rtp_packets": packets,
        "rtp_bytes": packets * RTP_BYTES,
        "rtcp_packets": reports,
        "rtcp_bytes": reports * RTCP_BYTES,
        "packets_lost": 0,
        "jitter": 0,
    }


def _logged(occasion: Occasion) -> list[Passage]:
    found = passages(occasion.account, occasion.call)
    return [passage for passage in found if logs(passage, MEDIA)]


def _line(occasion: Occasion, passage: Passage, seconds: float) -> JSON:
    line: JSON = {
        "voice_connector_id": passage.connector.voice_connector_id,
        "event_timestamp": 0,
        "call_id": occasion.call.transaction_id,
        "from_sip_user": passage.from_number,
        "from_country": country_of(passage.from_number),
        "to_sip_user": passage.to_number,
        "to_country": country_of(passage.to_number),
        # AWS: CE-34
        "endpoint_id": sha256(passage.leg.call_id.encode()).hexdigest()[:32],
        "aws_region": passage.store.region,
    }
    for direction in DIRECTIONS:
        for name, value in media(seconds).items():
            line[f"{direction}_{name}"] = value
    for party in ("cust", "rem"):
        line[f"rtt_btwn_vc_and_{party}"] = ROUND_TRIP
        line[f"mos_btwn_vc_and_{party}"] = SCORE
    return line
