"""The oracle for logs finds what is wrong with SIP messages."""

from __future__ import annotations

import pytest

from kit.oracles.logs import dialog_problems, message_problems

HEAD = "Via: V\r\nFrom: A\r\nTo: B\r\nCall-ID: 1\r\n"
INVITE = (
    f"INVITE sip:b@h SIP/2.0\r\n{HEAD}CSeq: 7 INVITE\r\n"
    "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi"
)
BYE = (
    "BYE sip:a@h SIP/2.0\r\nVia: V\r\nFrom: B\r\nTo: A\r\nCall-ID: 1\r\n"
    "CSeq: 8 BYE\r\nContent-Length: 0\r\n\r\n"
)
OK = BYE.replace("BYE sip:a@h SIP/2.0", "SIP/2.0 200 OK")


def test_nothing_is_wrong() -> None:
    """Messages that fit have no problems."""
    assert [list(message_problems(each)) for each in (INVITE, BYE, OK)] == [[], [], []]
    assert list(dialog_problems([INVITE, BYE, OK])) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("INVITE sip:b@h", "INVITE b", "starts with INVITE b SIP/2.0"),
        ("Via: V\r\n", "", "INVITE sip:b@h SIP/2.0 has no Via"),
        ("Length: 2", "Length: 3", "INVITE sip:b@h SIP/2.0 has a body of another leng"),
        ("Content-Type: text/plain\r\n", "", "INVITE sip:b@h SIP/2.0 has a body or it"),
    ],
)
def test_wrong_message(before: str, after: str, problem: str) -> None:
    """The start line, the headers and the body count."""
    [found] = message_problems(INVITE.replace(before, after))

    assert found[: len(problem)] == problem


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("Call-ID: 1", "Call-ID: 2", "has another Call-ID"),
        ("To: A", "To: C", "is not of the caller with A"),
        ("8 BYE", "7 BYE", "has the CSeq 7 BYE"),
        ("BYE sip", "ACK sip", "has the CSeq of BYE"),
    ],
)
def test_wrong_dialog(before: str, after: str, problem: str) -> None:
    """All messages are of one call, and count its requests."""
    [found] = dialog_problems([INVITE, BYE.replace(before, after)])

    assert found.endswith(problem)
