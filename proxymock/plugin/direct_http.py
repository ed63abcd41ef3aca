"""An HTTP client that no proxy, environment variable or mocked library redirects.

Tests mock ``requests``, ``urllib3``, ``http.client`` and ``socket``. Requests to the
server of a fixture must not go through any of them.
"""

from __future__ import annotations

import _socket
import os
import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

# Seconds without a byte. The server sends nothing while it loads a state, and a million
# sessions take minutes. If the server has ended, the connection fails at once.
TIMEOUT = 900.0


class Response(NamedTuple):
    """The answer of a server; the names of *headers* are as the server wrote them."""

    status: int
    headers: dict[str, str]
    body: bytes


class Arriving(RawIOBase):
    """What arrives on a connection, in the form that the parsers of HTTP read."""

    def __init__(self, connection: _socket.socket | ssl.SSLSocket) -> None:
        self._connection = connection

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for bytes, and write them into a buffer."""
        return self._connection.recv_into(buffer)

    def makefile(self, mode: str) -> BufferedReader:
        """Return what arrives as a file, as a socket of Python's own does."""
        return BufferedReader(self)


def request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    timeout: float = TIMEOUT,
) -> Response:
    """Send a request, and return the answer.

    Raises OSError if no server answers at *url*, which is http or https, or if its
    answer is not HTTP; TimeoutError if no byte has come for *timeout* seconds.
    """
    parts = urlsplit(url)
    target = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    lines = [
        f"{method} {target} HTTP/1.0",  # or the answer could come in chunks
        f"Host: {parts.netloc}",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"Content-Length: {len(body)}",
    ]
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    connection = _connected(parts, timeout)
    try:
        connection.sendall(head + body)
        return _answer(method, Arriving(connection))
    finally:
        connection.close()


def _connected(parts: SplitResult, timeout: float) -> _socket.socket | ssl.SSLSocket:
    """Return a connection to the first of the host's addresses that takes one."""
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    failure = OSError(f"{host} has no address")
    for family, kind, protocol, _, address in _socket.getaddrinfo(
        host, port, 0, _socket.SOCK_STREAM
    ):
        # The class below Python's own, which tests replace.
        connection = _socket.socket(family, kind, protocol)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
        except OSError as error:
            connection.close()
            error.filename = f"{host}:{port}"  # It tells whose failure it is.
            failure = error
        else:
            return _encrypted(connection, host) if secure else connection
    raise failure


def _encrypted(connection: _socket.socket, host: str) -> ssl.SSLSocket:
    # A shared server may have a certificate from a private authority.
    authorities = os.environ.get("REQUESTS_CA_BUNDLE") or None
    context = ssl.create_default_context(cafile=authorities)
    return context.wrap_socket(connection, server_hostname=host)  # type: ignore[arg-type]


def _answer(method: str, arriving: Arriving) -> Response:
    response = HTTPResponse(arriving, method=method)  # type: ignore[arg-type]
    try:
        response.begin()
        # To the end of the answer, not of the connection: werkzeug's server, which is
        # moto's, keeps a connection open for 10 ms after each answer.
        body = response.read()
    except HTTPException as error:
        raise ConnectionError(
            f"The answer breaks off or is no HTTP: {error!r}"
        ) from None
    return Response(response.status, dict(response.getheaders()), body)
