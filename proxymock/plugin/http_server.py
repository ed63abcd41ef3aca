"""The server's connections, which clients may keep open between requests."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from socket import SHUT_WR, socket
from traceback import format_exc
from typing import TYPE_CHECKING, Any

from moto.moto_server import werkzeug_app
from werkzeug.exceptions import InternalServerError
from werkzeug.serving import WSGIRequestHandler
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from proxymock.plugin import control, framing
from proxymock.plugin.responses import error_answer

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_LINGER_BYTES = 1024 * 1024
# moto's own keeps headers that others drop. Older versions of moto have none.
_Handler: Any = getattr(werkzeug_app, "MotoRequestHandler", WSGIRequestHandler)


class LateHandshake:
    """A TLS context whose connections make their handshake at the first read.

    werkzeug's server accepts all connections in one thread. If the handshake happened
    there, one silent client would block all others. The first read happens in the
    thread of the connection.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context

    def wrap_socket(self, listening: socket, *, server_side: bool) -> ssl.SSLSocket:
        """Return a socket that accepts such connections."""
        return self._context.wrap_socket(
            listening, server_side=server_side, do_handshake_on_connect=False
        )


class Handler(_Handler):  # type: ignore[misc]
    """A handler of one connection.

    werkzeug's handler closes the connection after each answer, since an application may
    leave a part of the body unread, and the next request begins behind it. This handler
    reads the whole body before the application runs.
    """

    protocol_version = "HTTP/1.1"
    # http.server's HTTP/0.9 would answer an early error without status and headers.
    default_request_version = "HTTP/1.1"
    timeout = 60  # Seconds without a byte. A silent client would keep its thread.
    raw_requestline: bytes
    rfile: Any
    wbufsize = (
        -1
    )  # Head and body in one packet; else Nagle's algorithm delays the body.

    def parse_request(self) -> bool:
        """Read the head of a request, and tell whether it is to be answered."""
        self.command, self.requestline = "", ""
        self.request_version = self.default_request_version
        try:
            return self._parse_strictly()
        except framing.FramingError as error:
            self.send_error(error.status, str(error))
            return False

    def _parse_strictly(self) -> bool:
        if self.raw_requestline in (b"\r\n", b"\n"):  # RFC 9112, section 2.2
            self.raw_requestline = self.rfile.readline(framing.MAX_LINE_BYTES)
        framing.check_request_line(self.raw_requestline)
        # http.server then parses the headers that have been checked, and nothing else.
        connection = self.rfile
        self.rfile = BytesIO(framing.read_fields(connection))
        try:
            is_parsed = bool(super().parse_request())
        finally:
            self.rfile = connection
        self.close_connection = not is_parsed or framing.is_last(
            self.headers, self.request_version
        )
        return is_parsed

    def handle_expect_100(self) -> bool:
        """Tell a client that waits with its body to go on."""
        framing.check_headers(self.headers, self.request_version)
        goes_on: bool = super().handle_expect_100()
        self.wfile.flush()  # The client waits for this before it sends the body.
        return goes_on

    def run_wsgi(self) -> None:
        """Answer one request."""
        try:
            framing.check_headers(self.headers, self.request_version)
            body = framing.read_body(self.rfile, self.headers)
        except framing.FramingError as error:
            self.send_error(error.status, str(error))
            return
        environ = self.environ = self.make_environ()
        environ["wsgi.input"] = BytesIO(body)
        environ.pop("HTTP_UPGRADE", None)  # RFC 9110, 7.8: a server may ignore it.
        response = self._response(environ)
        if self.command != "HEAD":
            response.content_length = len(
                response.data
            )  # The application's may be wrong.
        self._send(*response.get_wsgi_response(environ))

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Answer a message that is not a request, with an error of the service."""
        self.close_connection = True  # The start of the next request is unknown.
        response = _refusal(code, message or HTTPStatus(code).phrase)
        self._send(*response.get_wsgi_response(create_environ()))
        self._linger()

    def handle(self) -> None:
        """Answer the requests of a client, which may go away at any time."""
        try:
            super().handle()
        except OSError as error:  # Not the application's: _response catches those.
            self.connection_dropped(error)

    def finish(self) -> None:
        """Close the connection, also if the client has left before the answer."""
        try:
            super().finish()
        except OSError as error:
            self.connection_dropped(error)
        finally:
            self.rfile.close()

    def _linger(self) -> None:
        """Read on for a while before the connection is closed.

        Closing it with unread bytes would reset it, and the client could see the reset
        before the answer.
        """
        self.wfile.flush()
        self.connection.shutdown(SHUT_WR)
        left = _LINGER_BYTES
        while left > 0 and (piece := self.rfile.read1(left)):
            left -= len(piece)

    def _response(self, environ: WSGIEnvironment) -> Response:
        try:
            response = Response.from_app(self.server.app, environ, buffered=True)
        except Exception:
            # The last stop of whatever moto, Flask or this package raises. Without an
            # answer the client would see a connection that breaks, and send again.
            self.log_error("%s", format_exc())
            return Response.from_app(InternalServerError(), environ, buffered=True)
        if self.command not in werkzeug_app.HTTP_METHODS and not response.is_json:
            # moto has no route for the method, and answers with a page.
            return _refusal(response.status_code, f"Nothing takes {self.command} here")
        return response

    def _send(
        self, body: Iterable[bytes], status: str, headers: list[tuple[str, str]]
    ) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for header in headers:
            self.send_header(*header)
        kept = "close" if self.close_connection else "keep-alive"
        self.send_header("Connection", kept)
        self.end_headers()
        self.wfile.write(b"".join(body))

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log a request, unless the page asks again, as it does each second."""
        is_page = self.command == "GET" and self.path.startswith(control.PREFIX)
        if not (is_page and "If-None-Match" in self.headers):
            super().log_request(code, size)


class QuietHandler(Handler):
    """A handler that logs errors alone."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Log nothing."""


def _refusal(status: int, message: str) -> Response:
    code, headers, body = error_answer(
        status, "BadRequestException", "BadRequest", message
    )
    return Response(body, code, headers)
