"""The server's connections: kept where the client would, closed where it must be."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from werkzeug.wrappers import Response

from conftest import CREDENTIALS
from proxymock.server import application
from serving import running
from wire import SIGNED

CREATE = b'{"Name": "Rides", "RequireEncryption": true}'
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(CREATE), CREATE)
Server = tuple[str, list[object]]


@pytest.fixture
def server() -> Iterator[Server]:
    """The URL of a server, and who has connected to it."""
    with running(application) as server:
        yield server


def connected_to(url: str) -> closing[HTTPConnection]:
    """Return a connection for a while."""
    return closing(HTTPConnection(urlsplit(url).netloc, timeout=30))


def test_one_connection_serves_many_requests(server: Server) -> None:
    """Whatever is asked and answered, the next request finds its connection open."""
    url, connected = server
    requests: list[tuple[str, str, bytes | None, dict[str, str]]] = [
        ("POST", "/voice-connectors", CREATE, {}),
        ("HEAD", "/moto-api/proxymock/clock", None, {}),
        ("DELETE", "/voice-connectors/none", b"a body that nobody reads", {}),
        ("TRACE", "/voice-connectors", b"a body that nobody reads", {}),
        ("POST", "/voice-connectors", CHUNKED, {"Transfer-Encoding": "chunked"}),
        ("GET", "/voice-connectors?max-results=x", None, {}),
        ("DELETE", "/tags", None, {"Connection": "keep-alive"}),
    ]

    statuses = []
    with connected_to(url) as connection:
        for method, path, body, headers in requests:
            connection.request(method, path, body, {**SIGNED, **headers})
            answer = connection.getresponse()
            answer.read()
            statuses.append((answer.status, answer.getheader("Connection")))

    assert statuses == [
        (status, "keep-alive") for status in (201, 405, 404, 404, 201, 400, 404)
    ]
    assert len(connected) == 1


def test_boto3_keeps_its_connection(server: Server) -> None:
    """A client with a pool of connections uses the same again, after a 204 as well."""
    url, connected = server
    keys: Any = CREDENTIALS
    client = boto3.client(
        "chime-sdk-voice", region_name="us-east-1", endpoint_url=url, **keys
    )

    for name in ("one", "two"):
        made = client.create_voice_connector(Name=name, RequireEncryption=True)
        id = made["VoiceConnector"]["VoiceConnectorId"]
        client.delete_voice_connector(VoiceConnectorId=id)
        with pytest.raises(client.exceptions.NotFoundException):
            client.get_voice_connector(VoiceConnectorId=id)

    assert len(connected) == 1


def exchange(url: str, request: bytes, *, end: bool = False) -> list[tuple[int, bool]]:
    """Return the statuses of all answers to *request*, and whether each is the last.

    The client says nothing more after *request* if it is the *end*.
    """
    address = urlsplit(url).hostname, urlsplit(url).port
    answers: list[tuple[int, bool]] = []
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(request)
        if end:
            connection.shutdown(socket.SHUT_WR)
        while not answers or not answers[-1][1]:
            answer = HTTPResponse(connection)
            answer.begin()
            answer.read()
            answers.append((answer.status, answer.will_close))
        assert connection.recv(1) == b""
    return answers


SIGNATURE = f"Authorization: {SIGNED['Authorization']}\r\n".encode()
LIST = b"GET /voice-connectors HTTP/1.1\r\nHost: x\r\n" + SIGNATURE
TOO_LONG = HTTPStatus(414).phrase  # Python 3.13 has other words.
POST = b"POST /voice-connectors HTTP/1.1\r\nHost: x\r\n" + SIGNATURE


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(LIST + b"Transport: close\r\n\r\n", id="asked"),
        pytest.param(LIST.replace(b"/1.1", b"/1.0") + b"\r\n", id="1.0"),
    ],
)
def test_client_that_does_not_keep_its_connection(
    server: Server, request_: bytes
) -> None:
    """Whoever asks for one answer alone, as HTTP/1.0 does, gets it and the end."""
    assert exchange(server[0], request_) == [(200, True)]


@pytest.mark.parametrize(
    "rest",
    [
        b"Content-Length: many\r\n\r\n",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"Content-Length: 9\r\n\r\n{}",
        b"Transfer-Encoding: chunked\r\n\r\nmany\r\n",
        b"Transfer-Encoding: chunked\r\n\r\nffff\r\n{}",
    ],
)
def test_body_without_a_clear_end_is_the_end(server: Server, rest: bytes) -> None:
    """Where the next request would begin cannot be told, so there is none."""
    assert exchange(server[0], POST + rest, end=True) == [(400, True)]


@pytest.mark.parametrize(
    ("sent", "status", "message"),
    [
        (
            POST + b"Content-Length: many\r\n\r\n",
            400,
            "There must be one Content-Length at most, in digits",
        ),
        (POST + b"A: " + b"a" * 70_000 + b"\r\n\r\n", 431, "Line too long"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414, TOO_LONG),
    ],
)
def test_what_is_no_request_is_an_error_of_the_service(
    server: Server, sent: bytes, status: int, message: str
) -> None:
    """Even what HTTP cannot read is answered in JSON, with the name of an error."""
    address = urlsplit(server[0]).hostname, urlsplit(server[0]).port
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answer = HTTPResponse(connection)
        answer.begin()
        body = json.loads(answer.read())

    assert (answer.status, body) == (status, {"Code": "BadRequest", "Message": message})
    assert answer.getheader("x-amzn-ErrorType") == "BadRequestException"
    assert answer.getheader("Connection") == "close"


def test_client_that_only_listens_gets_its_answer(server: Server) -> None:
    """A client that has closed its side is answered, and the connection ends."""
    address = urlsplit(server[0]).hostname, urlsplit(server[0]).port
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(LIST + b"\r\n" + LIST + b"\r\n")
        connection.shutdown(socket.SHUT_WR)
        answered = connection.makefile("rb").read()

    assert answered.count(b"HTTP/1.1 200 OK\r\n") == 2


def test_body_is_asked_for_once(server: Server) -> None:
    """A client that waits with its body is told to go on, and then answered."""
    address = urlsplit(server[0]).hostname, urlsplit(server[0]).port
    head = b"Content-Length: %d\r\nExpect: 100-continue\r\n\r\n" % len(CREATE)
    with socket.create_connection(address, timeout=30) as connection:
        connection.sendall(POST + head)
        told = connection.recv(1000)
        connection.sendall(CREATE)
        connection.shutdown(socket.SHUT_WR)
        answered = connection.makefile("rb").read()

    assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert answered.startswith(b"HTTP/1.1 201 CREATED\r\n")


def test_application_that_breaks_is_a_500() -> None:
    """An error of moto's is answered, and the connection lives."""

    def broken(environ: Any, start_response: Any) -> Any:
        raise RuntimeError

    answers = []
    with running(broken) as (url, connected), connected_to(url) as connection:
        for _ in range(2):
            connection.request("GET", "/")
            answer = connection.getresponse()
            answers.append((answer.status, answer.will_close, bool(answer.read())))

    assert answers == [(500, False, True)] * 2

    assert len(connected) == 1


def test_length_is_the_bodys() -> None:
    """A wrong length that an application tells does not reach the client."""
    wrong = Response("four", headers={"Content-Length": "40"})

    with running(wrong) as (url, _), connected_to(url) as connection:
        connection.request("GET", "/")

        assert connection.getresponse().read() == b"four"
