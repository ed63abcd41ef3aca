"""Where a request ends: what is not clear is refused, and nothing behind it is read."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

from proxymock.server import application
from serving import running
from wire import SIGNED

HOST = b"Host: x\r\n"
SIGNATURE = f"Authorization: {SIGNED['Authorization']}\r\n".encode()
BODY = b'{"Name": "Rides", "RequireEncryption": true}'
START = b"POST /voice-connectors HTTP/1.1\r\n"
POST = START + HOST + SIGNATURE
NEXT = b"GET /voice-connectors HTTP/1.1\r\n" + HOST + SIGNATURE + b"\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(BODY)
CHUNKED = b"Transfer-Encoding: chunked\r\n"
CHUNK = b"%x\r\n%s\r\n" % (len(BODY), BODY)
Answers = list[tuple[int, str]]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The URL of a server for all these tests."""
    with running(application) as (url, _):
        yield url


def answers(url: str, sent: bytes) -> Answers:
    """Return status and message of all answers on one connection until its end."""
    address = urlsplit(url).hostname, urlsplit(url).port
    got: Answers = []
    with (
        socket.create_connection(address, timeout=30) as connection,
        connection.makefile("rb") as stream,
    ):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        while stream.peek(1):
            answer = HTTPResponse(_Again(stream))  # type: ignore[arg-type]
            answer.begin()
            body = json.loads(answer.read() or b"{}")
            got.append((answer.status, body.get("Message", "")))
            if answer.getheader("Connection") == "close":
                assert stream.read() == b""
    return got


class _Again:
    """A socket for HTTPResponse that does not close what others read on."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def makefile(self, mode: str) -> object:
        return self

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)

    def close(self) -> None:
        """Leave the stream open."""


FIELD = (
    "Each header must be NAME: VALUE in one line, "
    "without a space before the colon or a control character"
)
ONE_LENGTH = "There must be one Content-Length at most, in digits"
LINE = "The request line must be METHOD TARGET HTTP/1.1"
VERSION = "The version must be HTTP/1.1 or HTTP/1.0"
EXCLUDE = "Content-Length and Transfer-Encoding exclude each other"
CODING = "Transfer-Encoding must be chunked"
SIZE = "A chunk of the body must begin with its size in hexadecimal"
LONGER = "A chunk of the body is longer than it says"
ENDS = "The request breaks off"
ONE_HOST = "There must be one Host"
A_HOST = "Host must be a name or an address, and a port if need be"

UNCLEAR: dict[str, tuple[bytes, int, str]] = {
    "lengths that differ": (
        POST + LENGTH + b"Content-Length: 5\r\n\r\n" + BODY,
        400,
        ONE_LENGTH,
    ),
    "lengths in one": (POST + b"Content-Length: 5, 6\r\n\r\n" + BODY, 400, ONE_LENGTH),
    "length with a sign": (POST + b"Content-Length: +5\r\n\r\nabcde", 400, ONE_LENGTH),
    "length with underscore": (POST + b"Content-Length: 1_0\r\n\r\n", 400, ONE_LENGTH),
    "length in hexadecimal": (POST + b"Content-Length: 0x5\r\n\r\n", 400, ONE_LENGTH),
    "length that is empty": (POST + b"Content-Length: \r\n\r\n", 400, ONE_LENGTH),
    "length too large": (
        POST + b"Content-Length: 9999999999999999\r\n\r\n",
        400,
        ONE_LENGTH,
    ),
    "length and coding": (POST + LENGTH + CHUNKED + b"\r\n" + CHUNK, 400, EXCLUDE),
    "unknown coding": (
        POST + b"Transfer-Encoding: gzip\r\n\r\n" + BODY,
        501,
        CODING,
    ),
    "coding that is none": (
        POST + b"Transfer-Encoding: xchunked\r\n\r\n" + BODY,
        501,
        CODING,
    ),
    "two codings": (POST + CHUNKED + CHUNKED + b"\r\n" + CHUNK, 501, CODING),
    "coding in 1.0": (
        POST.replace(b"/1.1", b"/1.0") + CHUNKED + b"\r\n" + CHUNK,
        400,
        "HTTP/1.0 has no Transfer-Encoding",
    ),
    "space before colon": (POST + b"Content-Length : 5\r\n\r\nabcde", 400, FIELD),
    "folded": (POST + b"A: b\r\n c\r\n\r\n", 400, FIELD),
    "folded first": (START + b" Host: x\r\n\r\n", 400, FIELD),
    "no colon": (POST + b"many\r\n\r\n", 400, FIELD),
    "no name": (POST + b": a\r\n\r\n", 400, FIELD),
    "bare CR": (POST + b"A: b\rContent-Length: 5\r\n\r\nabcde", 400, FIELD),
    "NUL": (POST + b"A: b\0\r\n\r\n", 400, FIELD),
    "many headers": (POST + b"A: b\r\n" * 200 + b"\r\n", 431, "Too many headers"),
    "head that breaks off": (POST, 400, ENDS),
    "no host": (START + LENGTH + b"\r\n" + BODY, 400, ONE_HOST),
    "two hosts": (POST + HOST + LENGTH + b"\r\n" + BODY, 400, ONE_HOST),
    "no host's name": (START + b"Host: a/b c\r\n\r\n", 400, A_HOST),
    "HTTP/0.9": (b"GET /\r\n", 400, LINE),
    "two spaces": (b"GET  / HTTP/1.1\r\n" + HOST + b"\r\n", 400, LINE),
    "no method": (b"G(T / HTTP/1.1\r\n" + HOST + b"\r\n", 400, LINE),
    "control character": (b"GET /\x01 HTTP/1.1\r\n" + HOST + b"\r\n", 400, LINE),
    "no version": (b"GET / HTTP/1\r\n" + HOST + b"\r\n", 400, LINE),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, VERSION),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\n", 400, LINE),
    "nothing after an empty line": (b"\r\n\r\n", 400, LINE),
}
UNCLEAR_CHUNKS: dict[str, tuple[bytes, str]] = {
    "sign": (b"+5\r\nabcde\r\n0\r\n\r\n", SIZE),
    "negative": (b"-5\r\nabcde\r\n0\r\n\r\n", SIZE),
    "underscore": (b"1_0\r\nabcde\r\n0\r\n\r\n", SIZE),
    "prefix": (b"0x5\r\nabcde\r\n0\r\n\r\n", SIZE),
    "none": (b"\r\nabcde\r\n0\r\n\r\n", SIZE),
    "bare LF": (b"5\nabcde\r\n0\r\n\r\n", SIZE),
    "LF in extension": (b"5;\nabcde\r\n0\r\n\r\n", SIZE),
    "absurd": (b"f" * 30 + b"\r\nabcde\r\n0\r\n\r\n", SIZE),
    "large and absent": (b"fffffffffffffff\r\nabcde", ENDS),
    "longer": (b"5\r\nabcdefg\r\n0\r\n\r\n", LONGER),
    "bare LF at its end": (b"5\r\nabcde\n\n0\r\n\r\n", LONGER),
    "trailer that is none": (b"5\r\nabcde\r\n0\r\na b\r\n\r\n", FIELD),
    "trailers that break off": (b"5\r\nabcde\r\n0\r\n", ENDS),
}


@pytest.mark.parametrize(("sent", "status", "message"), UNCLEAR.values(), ids=UNCLEAR)
def test_unclear_request_is_the_last(
    url: str, sent: bytes, status: int, message: str
) -> None:
    """One answer says what is wrong, and nothing after it is taken for a request."""
    rest = b"" if message == ENDS else NEXT

    assert answers(url, sent + rest) == [(status, message)]


@pytest.mark.parametrize(
    ("chunks", "message"), UNCLEAR_CHUNKS.values(), ids=UNCLEAR_CHUNKS
)
def test_unclear_chunks_are_the_last(url: str, chunks: bytes, message: str) -> None:
    """A body in chunks ends where all readers see it end, or not at all."""
    rest = b"" if message == ENDS else NEXT

    assert answers(url, POST + CHUNKED + b"\r\n" + chunks + rest) == [(400, message)]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(LENGTH + b"Expect: 100-continue\r\nHost: y\r\n", id="host"),
        pytest.param(LENGTH + LENGTH + b"Expect: 100-continue\r\n", id="length"),
    ],
)
def test_unclear_body_is_not_asked_for(url: str, head: bytes) -> None:
    """A client that waits with its body is refused at once."""
    ((status, _),) = answers(url, POST + head + b"\r\n")

    assert status == 400


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(POST + CHUNKED + b"\r\n" + CHUNK + b"0\r\n\r\n", id="chunks"),
        pytest.param(
            POST + b"Transfer-Encoding:\tChunked \r\n\r\n" + CHUNK + b"000\r\n\r\n",
            id="spelling",
        ),
        pytest.param(
            POST
            + CHUNKED
            + b"\r\n"
            + CHUNK.replace(b"\r\n", b' ; a=b;c="d"\r\n', 1)
            + b"0;last\r\n\r\n",
            id="extensions",
        ),
        pytest.param(
            POST + CHUNKED + b"\r\n" + CHUNK + b"0\r\nA: b\r\nHost: c\r\n\r\n",
            id="trailers",
        ),
        pytest.param(b"\r\n" + POST + LENGTH + b"\r\n" + BODY, id="empty line before"),
        pytest.param(
            (POST + LENGTH + b"\r\n").replace(b"\r\n", b"\n") + BODY, id="lines in LF"
        ),
        pytest.param(
            POST + LENGTH + b"Content_Length: 1\r\n\r\n" + BODY, id="another name"
        ),
    ],
)
def test_clear_request_is_taken(url: str, sent: bytes) -> None:
    """What a recipient must take is taken, and the next request is the next."""
    assert answers(url, sent + NEXT) == [(201, ""), (200, "")]


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT", "BREW"])
@pytest.mark.parametrize("target", [b"/", b"/bucket/key", b"*", b"x:443"])
def test_unknown_method_is_answered_in_json(
    url: str, method: str, target: bytes
) -> None:
    """No page for people answers a method that no service has."""
    sent = method.encode() + b" " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n"

    ((status, message),) = answers(url, sent)

    assert status in {404, 405}
    assert message


def test_upgrade_is_ignored(url: str) -> None:
    """A client that offers another protocol is answered in this one."""
    offer = b"Transport: Upgrade\r\nUpgrade: websocket\r\n\r\n"

    assert answers(url, NEXT[:-2] + offer) == [(200, "")]
