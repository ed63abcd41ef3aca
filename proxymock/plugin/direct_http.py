"""HTTP that nothing redirects: no proxy, no environment, no library that tests mock.

Tests mock ``requests``, ``urllib3``, ``http.client`` and ``socket``. The way to a
server that holds what a test has made must not go through them.
"""

from __future__ import annotations

import _socket
import os
import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPResponse
from io import BytesIO
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

# Seconds without a byte. The server says nothing while it reads a state, and that of a
# million sessions takes minutes. A server that has ended is noticed at once.
TIMEOUT = 900.0


class Response(NamedTuple):
    """What a server answers."""

    status: int
    headers: dict[str, str]
    body: bytes


class _Arrived:
    """All that has arrived, as ``HTTPResponse`` takes it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def makefile(self, mode: str) -> BytesIO:
        return BytesIO(self._content)


def request(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes = b"",
    timeout: float = TIMEOUT,
) -> Response:
    """Send a request, and return the answer.

    Raises OSError if there is none, of which TimeoutError is one: no byte has come for
    *timeout* seconds.
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
    return _parsed(method, _exchanged(parts, head + body, timeout))


def _exchanged(parts: SplitResult, sent: bytes, timeout: float) -> bytes:
    connection = _connected(parts, timeout)
    try:
        connection.sendall(sent)
        received = bytearray()
        while piece := connection.recv(1 << 16):
            received += piece
        return bytes(received)
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
            failure = error
        else:
            return _encrypted(connection, host) if secure else connection
    raise failure


def _encrypted(connection: _socket.socket, host: str) -> ssl.SSLSocket:
    # A server that others share may have a certificate of an authority of their own.
    authorities = os.environ.get("REQUESTS_CA_BUNDLE") or None
    context = ssl.create_default_context(cafile=authorities)
    return context.wrap_socket(connection, server_hostname=host)  # type: ignore[arg-type]


def _parsed(method: str, received: bytes) -> Response:
    response = HTTPResponse(_Arrived(received), method=method)  # type: ignore[arg-type]
    try:
        response.begin()
        body = response.read()
    except HTTPException as error:
        raise ConnectionError(
            f"The answer breaks off or is no HTTP: {error!r}"
        ) from None
    return Response(response.status, dict(response.getheaders()), body)
