"""Where a request of HTTP/1.1 ends (RFC 9112), read strictly.

If a proxy and this server disagree about the end, one of them takes a body for a
request. So a request without a clear end is refused, and its connection is closed.
The status is always a 4xx, also where the RFC has 501 and 505: nothing failed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message
from http import HTTPStatus
from typing import BinaryIO

MAX_LINE_BYTES = 65_536  # as http.server has it
MAX_LINES = 100
_PIECE_BYTES = 1024 * 1024

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_TEXT = rb"[\t\x20-\x7e\x80-\xff]*"
_REQUEST_LINE = re.compile(
    _TOKEN + rb" [\x21-\x7e\x80-\xff]+ HTTP/(?P<major>\d)\.\d\r?\n"
)
_FIELD = re.compile(_TOKEN + rb":" + _TEXT + rb"\r?\n")
_LENGTH = re.compile(r"[0-9]{1,15}")
_HOST = re.compile(r"[!$&'()*+,.:;=_~%\[\]0-9A-Za-z-]*")
_CHUNK = re.compile(
    rb"(?P<size>[0-9A-Fa-f]{1,15})(?:[ \t]*;" + _TEXT + rb")?\r\n"  # and extensions
)


class FramingError(Exception):
    """A request whose form is not clear; *status* is the HTTP status of the answer."""

    def __init__(self, message: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(message)
        self.status = status


def check_request_line(line: bytes) -> None:
    """Raise FramingError unless *line* asks for something in HTTP/1."""
    found = _REQUEST_LINE.fullmatch(line)
    if found is None:
        raise FramingError("The request line must be METHOD TARGET HTTP/1.1")
    if found["major"] != b"1":
        raise FramingError("The version must be HTTP/1.1 or HTTP/1.0")


def read_fields(stream: BinaryIO) -> bytes:
    """Return the lines of headers or trailers, with the empty line that ends them.

    Raises FramingError, also for a header that continues in a second line.
    """
    lines: list[bytes] = []
    while (line := _line(stream)) not in (b"\r\n", b"\n"):
        lines.append(line)
        if len(lines) > MAX_LINES:
            status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            raise FramingError("Too many headers", status)
        if not _FIELD.fullmatch(line):
            raise FramingError(
                "Each header must be NAME: VALUE in one line, "
                "without a space before the colon or a control character"
            )
    return b"".join([*lines, line])


def check_headers(headers: Message, version: str) -> None:
    """Raise FramingError unless *headers* tell one host and one end of the body."""
    hosts = headers.get_all("Host", [])
    if len(hosts) > 1 or (not hosts and version != "HTTP/1.0"):
        raise FramingError("There must be one Host")
    if not all(_HOST.fullmatch(host.strip()) for host in hosts):
        raise FramingError("Host must be a name or an address, and a port if need be")
    lengths = headers.get_all("Content-Length", [])
    codings = headers.get_all("Transfer-Encoding", [])
    if codings:
        _check_codings(codings, version, alone=not lengths)
    if len(lengths) > 1 or not all(_LENGTH.fullmatch(text.strip()) for text in lengths):
        raise FramingError("There must be one Content-Length at most, in digits")


def is_last(headers: Message, version: str) -> bool:
    """Tell whether no request follows on the connection (RFC 9112, section 9.3).

    http.server knows an option that stands alone, not ``Connection: upgrade, close``.
    """
    listed = ",".join(headers.get_all("Connection", [])).lower().split(",")
    options = {option.strip() for option in listed}
    return "close" in options or (version == "HTTP/1.0" and "keep-alive" not in options)


def _check_codings(codings: list[str], version: str, *, alone: bool) -> None:
    if not alone:
        raise FramingError("Content-Length and Transfer-Encoding exclude each other")
    if version == "HTTP/1.0":
        raise FramingError("HTTP/1.0 has no Transfer-Encoding")
    if [coding.strip().lower() for coding in codings] != ["chunked"]:
        raise FramingError("Transfer-Encoding must be chunked")


def read_body(stream: BinaryIO, headers: Message) -> bytes:
    """Return the body that checked *headers* announce, or raise FramingError."""
    if "Transfer-Encoding" in headers:
        return b"".join(_chunks(stream))
    return _exactly(stream, int(headers.get("Content-Length", "0")))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while size := _chunk_size(stream):
        yield _exactly(stream, size)
        if _exactly(stream, 2) != b"\r\n":
            raise FramingError("A chunk of the body is longer than it says")
    read_fields(stream)  # Trailers are read and ignored.


def _chunk_size(stream: BinaryIO) -> int:
    found = _CHUNK.fullmatch(_line(stream))
    if found is None:
        raise FramingError(
            "A chunk of the body must begin with its size in hexadecimal"
        )
    return int(found["size"], 16)


def _line(stream: BinaryIO) -> bytes:
    line = stream.readline(MAX_LINE_BYTES + 1)
    if len(line) > MAX_LINE_BYTES:
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        raise FramingError("Line too long", status)
    if not line.endswith(b"\n"):
        raise FramingError("The request breaks off")
    return line


def _exactly(stream: BinaryIO, size: int) -> bytes:
    # Piece by piece, or an absurd size would ask for so much memory at once.
    pieces = []
    while size > 0:
        piece = stream.read(min(size, _PIECE_BYTES))
        if not piece:
            raise FramingError("The request breaks off")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
