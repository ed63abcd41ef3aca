"""Thousands of hostile requests of anybody's against ``proxymock-server``.

``PROXYMOCK_HOSTILE=20000`` in the environment makes it as many.
"""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from http.client import HTTPResponse
from threading import Thread
from typing import NamedTuple

import pytest

COUNT = int(os.environ.get("PROXYMOCK_HOSTILE", "500"))
SEED = int(os.environ.get("PROXYMOCK_HOSTILE_SEED", "1"))
GOOD = "AWS4-HMAC-SHA256 Credential=A/20260102/us-east-1/chime/aws4_request"
PIECES = (
    *("Credential=", "AWS4-HMAC-SHA256", "Bearer", "Basic YTpi", ",", " ", "/", "="),
    *("a/b/c/d/e", "//////", "us-east-1", "chime", "aws4_request", "\t", "\xff", "%"),
    *(
        "Credential=a/b/c/nothing/e",
        "Signature=0",
        "..",
        "None",
        "moto_api",
        "a",
        "\x7f",
    ),
)
METHODS = (
    *("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "get", "X"),
    *("TRACE", "PROPFIND", "MKCOL", "LOCK"),
)
PATHS = (
    *("/", "//", "/voice-connectors", "/voice-connectors/x/proxy-sessions", "/tags"),
    *("/sip-rules", "/phone-numbers/%2B1206", "/a_b/c", "/us-east-1_x/y", "/any/key"),
    *("/moto-api", "/moto-api/", "/moto-api/x", "/moto-api/data.json", "/favicon.ico"),
    *("/moto-api/seed", "/moto-api/config", "/moto-api/proxymock"),
    *("/moto-api/state-manager/get-transition", "/moto-api/recorder/upload-recording"),
    *("/moto-api/proxymock/clock", "/moto-api/proxymock/state", "/latest/meta-data/x"),
    *("/x/.well-known/jwks.json", "/v20180820/tags", "http://evil.example/tags"),
    *("/%00", "/%ff", "/%", "/\xff", "/../..", "/x;y", "/meetings", "/accounts", "*"),
)
QUERIES = (
    *("", "", "", "a=b", "&&=&", "%", "\xff", "operation=restore", "acl", "uploads"),
    *("X-Amz-Credential=", "X-Amz-Credential=A/B/C/chime/D", "X-Amz-Credential=%ff"),
    *("Action=x&Version=y", "X-Amz-Signature=0", "AWSAccessKeyId=a&Signature=b", "?"),
)
BODIES = (
    *(b"", b"", b"{}", b"[]", b"{", b"\xff", b"\x00" * 10, b"null", b"1", b"a=b&c"),
    *(b"Action=AssumeRoleWithSAML&Version=2011-06-15", b"Version=2009-04-15"),
    *(b"Action=x&Version=y", b"[" * 5000, b'{"Name":"x"}', b"<a/>", b"=&=&="),
)
HOSTS = (
    *("127.0.0.1", "127.0.0.1", "127.0.0.1:5000", "evil.example", "", "[", "a b", "@"),
    *("voice-chime.us-east-1.amazonaws.com", "chime.s3.amazonaws.com", "\xff", "a..b"),
    *("localhost:x", "x.s3.amazonaws.com", "[::1]:5000"),
)
HEADERS = (
    *("Content-Type: application/json", "Content-Type: \xff", "Content-Type: text/xml"),
    "Content-Type: application/x-www-form-urlencoded",
    "Content-Type: multipart/form-data; boundary=",
    *("X-Amz-Target: x", "X-Amz-Target: a.b", "X-Amz-Target: DynamoDB_2.x"),
    "X-Amz-Target: AWSCognitoIdentityService.GetId",
    *("Origin: null", "Origin: https://evil.example", "Origin: ["),
    "Access-Control-Request-Method: POST",
    "Access-Control-Request-Headers: \xff",
    *("Sec-Fetch-Site: cross-site", "Expect: 100-continue", "Expect: x"),
    *("Content-Encoding: gzip", "Content-Encoding: aws-chunked", "Range: bytes=5-2"),
    *("x-moto-account-id: x", "x-moto-account-id: \xff", "X-Forwarded-Host: evil"),
    *("X-Amz-Copy-Source: x", "X-Amz-Date: x", "Cookie: ;;=", "If-Match: *"),
    *("User-Agent: \xff", "Accept: text/html", "Upgrade: websocket", "Bad_Name: x"),
    *("Content-Length: -1", "Transfer-Encoding: x", "X-Long: " + "x" * 60_000),
)


class Request(NamedTuple):
    """A request, byte by byte."""

    method: str
    sent: bytes


def hostile(chance: random.Random) -> Request:
    """Return a request that no client would send, or nearly none."""
    method, path, query = (chance.choice(x) for x in (METHODS, PATHS, QUERIES))
    body = chance.choice(BODIES)
    lines = [f"{method} {path}{'?' if query else ''}{query} HTTP/1.1"]
    lines.append(f"Host: {chance.choice(HOSTS)}")
    lines.append(f"Content-Length: {len(body)}")
    lines += authorization(chance)
    lines += chance.sample(HEADERS, chance.choice((0, 0, 1, 1, 2, 3)))
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return Request(method, head + body)


def authorization(chance: random.Random) -> list[str]:
    """Return a header that is there or not, and right or not."""
    kind = chance.random()
    if kind < 0.25:
        return []
    if kind < 0.4:
        return [f"Authorization: {GOOD}, SignedHeaders=host, Signature=0"]
    if kind < 0.7:
        pieces: Sequence[str] = chance.choices(PIECES, k=chance.randint(0, 7))
        return [f"Authorization: {''.join(pieces)}"]
    at = chance.randint(0, len(GOOD))
    cut = chance.randint(at, min(len(GOOD), at + 3))
    return [f"Authorization: {GOOD[:at]}{chance.choice(PIECES)}{GOOD[cut:]}"]


def status_and_type(port: int, request: Request) -> tuple[int, str]:
    """Return how a request is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request.sent)
        answer = HTTPResponse(connection, method=request.method)
        answer.begin()
        answer.read()
        return answer.status, answer.headers.get("Content-Type", "")


def is_wrong(port: int, request: Request) -> str | None:
    """Say what is wrong with the answer to a request, if anything is."""
    status, content_type = status_and_type(port, request)
    is_page = "html" in content_type and status >= 300
    return (
        f"{status} {content_type} {request.sent[:300]!r}"
        if status >= 500 or is_page
        else None
    )


class LogOf:
    """What a server logs, read as it comes, or the server would wait."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self.lines: list[str] = []
        assert server.stderr is not None
        self._thread = Thread(target=self.lines.extend, args=(server.stderr,))

    def __enter__(self) -> LogOf:
        """Begin to read."""
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Wait for the end."""
        self._thread.join()


@pytest.mark.measured
def test_hostile_requests_to_the_server() -> None:
    """Whatever is sent, nothing fails, is a page, or leaves a traceback."""
    chance = random.Random(SEED)
    command = [sys.executable, "-m", "proxymock", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)", server.stderr.readline())
        assert found is not None
        with LogOf(server) as log:
            try:
                answers = [
                    is_wrong(int(found[1]), hostile(chance)) for _ in range(COUNT)
                ]
            finally:
                server.send_signal(signal.SIGTERM)

    assert [answer for answer in answers if answer is not None] == []
    assert [line for line in log.lines if "Traceback" in line] == []
