"""Where a body ends: what HTTP says of it may be wrong, and then it is no request."""

from __future__ import annotations

import json
import socket
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import pytest

from kit.transports.wire import SIGNED, host_for

CREATE = b'{"Name": "Rides", "RequireEncryption": true}'
ADVANCE = b'{"Advance": 0.5}'
JSON = "Content-Type: application/json"
TARGETS = [
    pytest.param("/voice-connectors", CREATE, id="service"),
    pytest.param("/moto-api/proxymock/clock", ADVANCE, id="control"),
]
CHUNKED = "Transfer-Encoding: chunked"


def chunks(*parts: bytes) -> bytes:
    """Return a body in chunks, of which an empty one is the last."""
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts)


def answered(url: str, target: str, headers: list[str], body: bytes) -> Any:
    """Send a request and nothing more, and return status and JSON of the answer."""
    address = urlsplit(url).hostname, urlsplit(url).port
    authorization = f"Authorization: {SIGNED['Authorization']}"
    host = f"Host: {host_for(target)}"
    head = [f"POST {target} HTTP/1.1", host, authorization, JSON, *headers]
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
        connection.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(connection)
        answer.begin()
        return answer.status, json.loads(answer.read())


@pytest.mark.parametrize(("target", "body"), TARGETS)
def test_clear_ends(server_url: str, target: str, body: bytes) -> None:
    """A body may come in chunks, and its length may be told twice."""
    length = f"Content-Length: {len(body)}"
    sent = [
        ([length], body),
        ([length, length], body),
        ([CHUNKED], chunks(body[:9], body[9:], b"")),
        ([CHUNKED, length], chunks(body, b"")),
    ]

    answers = [answered(server_url, target, *request) for request in sent]

    assert {status for status, _ in answers} <= {200, 201}


@pytest.mark.parametrize(("target", "body"), TARGETS)
@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Length: {shorter}"],
        ["Content-Length: {longer}"],
        ["Content-Length: -1"],
        ["Content-Length: many"],
        ["Content-Length: 99999999999999999999999"],
        ["Content-Length: {length}", "Content-Length: {shorter}"],
        [],
    ],
)
def test_wrong_length(
    server_url: str, target: str, body: bytes, headers: list[str]
) -> None:
    """A length that is not the body's, or none, is a BadRequest."""
    n = len(body)
    told = [h.format(shorter=n - 3, longer=n + 3, length=n) for h in headers]

    status, error = answered(server_url, target, told, body)

    assert (status, error["Code"]) == (400, "BadRequest")


@pytest.mark.parametrize(("target", "body"), TARGETS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"zz\r\n", b"\r\n0\r\n\r\n"),
        (b"-5\r\n", b"\r\n0\r\n\r\n"),
        (b"5\r\n", b"\r\n0\r\n\r\n"),  # which is not where it ends
        (b"ffff\r\n", b""),
        (b"", b""),
    ],
)
def test_broken_chunks(
    server_url: str, target: str, body: bytes, before: bytes, after: bytes
) -> None:
    """Chunks that break off, or of a size that is none, are a BadRequest."""
    sent = before + body + after

    assert answered(server_url, target, [CHUNKED], sent) == (
        400,
        {"Code": "BadRequest", "Message": "The body breaks off"},
    )


@pytest.mark.parametrize(("target", "body"), TARGETS)
def test_chunks_without_an_end(server_url: str, target: str, body: bytes) -> None:
    """The last chunk is missing."""
    assert answered(server_url, target, [CHUNKED], chunks(body[:9])) == (
        400,
        {"Code": "BadRequest", "Message": "The body breaks off"},
    )
