"""What is known of the look of log lines of calls, and of the SIP messages in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kit.oracles.left_behind import CALL_ID, CONNECTOR, E164, UUID, problems

SIP_LINE = {
    "voice_connector_id": CONNECTOR,
    "aws_region": r"[a-z]{2}-[a-z]+-\d",
    "event_timestamp": int,
    "call_id": CALL_ID,
    "sip_message": str,
}
_FLOWS = ("cust2vc", "vc2cust", "rem2vc", "vc2rem")
_COUNTS = (
    *("rtp_packets", "rtp_bytes", "rtcp_packets", "rtcp_bytes"),
    *("packets_lost", "jitter"),
)
MEDIA_LINE = {
    "voice_connector_id": CONNECTOR,
    "event_timestamp": int,
    "call_id": UUID,
    "from_sip_user": E164,
    "from_country": r"[A-Z]{2}",
    "to_sip_user": E164,
    "to_country": r"[A-Z]{2}",
    "endpoint_id": r"[0-9a-f]{32}",
    "aws_region": r"[a-z]{2}-[a-z]+-\d",
    **{f"{flow}_{count}": int for flow in _FLOWS for count in _COUNTS},
    "rtt_btwn_vc_and_cust": int,
    "mos_btwn_vc_and_cust": float,
    "rtt_btwn_vc_and_rem": int,
    "mos_btwn_vc_and_rem": float,
}
# OBSERVED: the header lines of an INVITE from a connector, in order.
INVITE_HEADERS = [
    *("Record-Route", "Via", "Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq"),
    *("Contact", "Content-Type", "Content-Length", "X-VoiceConnector-ID"),
    "User-Agent",
]
_START = re.compile(
    r"(?:SIP/2\.0 (?P<code>\d{3}) [A-Z].+|(?P<method>[A-Z]+) sip:\S+ SIP/2\.0)"
)


class Sip(NamedTuple):
    """A SIP message: its lines of headers in order, and its body."""

    start: str
    headers: list[tuple[str, str]]
    body: str

    @property
    def names(self) -> list[str]:
        """The names of the header lines."""
        return [name for name, _ in self.headers]

    def header(self, name: str) -> str:
        """Return the first header of a name."""
        return dict(reversed(self.headers))[name]


def parsed(text: str) -> Sip:
    """Return a message in its parts."""
    head, _, body = text.partition("\r\n\r\n")
    start, *lines = head.split("\r\n")
    pairs = [tuple(line.split(": ", 1)) for line in lines]
    return Sip(start, [(name, value) for name, value in pairs], body)


def sip_line_problems(text: str) -> list[str]:
    """Return all that is wrong with a line of the log of SIP messages."""
    line = json.loads(text)
    return [*problems(line, SIP_LINE), *message_problems(line["sip_message"])]


def message_problems(text: str) -> Iterator[str]:
    """Yield all that is wrong with one SIP message."""
    message = parsed(text)
    if not _START.fullmatch(message.start):
        yield f"starts with {message.start}"
    for name in ("Via", "From", "To", "Call-ID", "CSeq", "Content-Length"):
        if name not in message.names:
            yield f"{message.start} has no {name}"
            return
    if int(message.header("Content-Length")) != len(message.body.encode()):
        yield f"{message.start} has a body of another length"
    if bool(message.body) != ("Content-Type" in message.names):
        yield f"{message.start} has a body or its type, not both"


def dialog_problems(texts: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong between the messages of a call with one host: RFC 3261."""
    messages = [parsed(text) for text in texts]
    invite = messages[0]
    tag, number = invite.header("From"), int(invite.header("CSeq").split()[0])
    for message in messages:
        count, method = message.header("CSeq").split()
        if message.header("Call-ID") != invite.header("Call-ID"):
            yield f"{message.start} has another Call-ID"
        if tag not in (message.header("From"), message.header("To")):
            yield f"{message.start} is not of the caller with {tag}"
        if int(count) != number + (method == "BYE"):
            yield f"{message.start} has the CSeq {count} {method}"
        request = message.start.split()[0]
        if request not in ("SIP/2.0", method):
            yield f"{message.start} has the CSeq of {method}"


def log(events: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the lines of log events."""
    return [json.loads(event["message"]) for event in events]


def starts(lines: Sequence[dict[str, Any]]) -> list[str]:
    """Return the methods and codes of logged messages, in order."""
    return [_short(parsed(line["sip_message"])) for line in lines]


def _short(message: Sip) -> str:
    method = message.header("CSeq").split()[1]
    first, second, *_ = message.start.split()
    return f"{second} {method}" if first == "SIP/2.0" else first
