"""HTTP to a server, past whatever tests mock."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Request, Response

from kit.transports.certificates import write_certificate
from kit.transports.servers import running
from proxymock.plugin import direct_http

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


def echo(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with what has arrived."""
    request = Request(environ)
    text = f"{request.method} {request.full_path} {request.headers['X-Name']} "
    response = Response(text.encode() + request.data, 201, {"X-Answer": "yes"})
    return response(environ, start_response)


def test_request_and_answer() -> None:
    """Method, target, headers and body arrive, and so do status, headers and body."""
    body = b"\0\r\n\r\n" * 100_000
    with running(echo) as (url, _):
        answer = direct_http.request("POST", f"{url}/a?b=c%20d", {"X-Name": "n"}, body)

    assert (answer.status, answer.headers["X-Answer"]) == (201, "yes")
    assert answer.body == b"POST /a?b=c%20d n " + body


def test_root() -> None:
    """A URL without a path is that of the root."""
    with running(echo) as (url, _):
        answer = direct_http.request("GET", url, {"X-Name": "n"})

    assert answer.body == b"GET /? n "


def test_host_with_several_addresses() -> None:
    """Of a host's addresses the one is taken at which somebody listens."""
    with running(echo) as (url, _):
        named = url.replace("127.0.0.1", "localhost")
        answer = direct_http.request("GET", named, {"X-Name": "n"})

    assert answer.status == 201


def test_nobody_listens() -> None:
    """Where nobody listens the error is the system's own."""
    with create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(ConnectionRefusedError):
        direct_http.request("GET", f"http://127.0.0.1:{port}/", {})


@contextmanager
def answering(
    answer: bytes, certificate: tuple[Path, Path] | None = None
) -> Iterator[str]:
    """Give one answer to one request, whatever it is; yield the address."""
    server = create_server(("127.0.0.1", 0))
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server = context.wrap_socket(server, server_side=True)

    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(1 << 16)
            connection.sendall(answer)

    thread = Thread(target=serve)
    with server:
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        thread.join()


@pytest.mark.parametrize(
    "answer",
    [b"", b"Hello\r\n\r\n", b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nHello"],
    ids=["none", "no HTTP", "broken off"],
)
def test_answer_that_is_none(answer: bytes) -> None:
    """An answer that breaks off is never taken for a whole one."""
    with (
        answering(answer) as address,
        pytest.raises(ConnectionError, match="The answer breaks off or is no HTTP"),
    ):
        direct_http.request("GET", f"http://{address}/", {})


def test_answer_on_a_connection_that_stays_open() -> None:
    """The end of the answer is the end, whatever the server does afterwards."""
    with create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi")
                connection.recv(1)  # until the client closes it

        thread = Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        answer = direct_http.request("GET", url, {}, timeout=10)
        thread.join()

    assert answer.body == b"Hi"


def test_chunks() -> None:
    """A server that answers in chunks nevertheless is understood."""
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nHi\r\n0\r\n\r\n"
    )
    with answering(chunked) as address:
        answer = direct_http.request("GET", f"http://{address}/", {})

    assert answer.body == b"Hi"


def test_https(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shared server may speak HTTPS, with a certificate that the program trusts."""
    certificate = write_certificate(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate[0]))
    with answering(b"HTTP/1.0 204 No Content\r\n\r\n", certificate) as address:
        answer = direct_http.request("GET", f"https://{address}/", {})

    assert answer == (204, {}, b"")
