"""The server's connections, which clients may keep from one request to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO, RawIOBase
from traceback import format_exc
from typing import TYPE_CHECKING, Any

from moto.moto_server import werkzeug_app
from werkzeug.exceptions import InternalServerError
from werkzeug.serving import WSGIRequestHandler
from werkzeug.test import create_environ
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_input_stream

from proxymock.plugin.responses import BROKEN_BODY, read_whole, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_LENGTH = re.compile(r"\d{1,15}", re.ASCII)
# moto's own keeps headers that others drop. Older versions of moto have none.
_Handler: Any = getattr(werkzeug_app, "MotoRequestHandler", WSGIRequestHandler)


class Handler(_Handler):  # type: ignore[misc]
    """A handler of one connection.

    werkzeug's closes it after each answer, since the next request begins where the body
    ends, and an application may leave the body unread. Here it is read beforehand.
    """

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds without a byte, or a silent client holds its thread
    wbufsize = -1  # Head and body in one piece, or one waits until the other is there.

    def handle_expect_100(self) -> bool:
        """Tell a client that waits with its body to go on."""
        goes_on: bool = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def run_wsgi(self) -> None:
        """Answer one request."""
        environ = self.environ = self.make_environ()
        try:
            environ["wsgi.input"] = BytesIO(_body(environ))
        except BROKEN_BODY:
            self.send_error(400, "The body has no clear end")
            return
        response = self._response(environ)
        if self.command != "HEAD":
            response.content_length = len(response.data)  # or it may be a wrong one
        self._send(*response.get_wsgi_response(environ))

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Answer what never becomes a request, as the service does."""
        self.close_connection = True  # nobody knows where the next one would begin
        status, headers, body = refusal(
            code,
            "BadRequestException",
            "BadRequest",
            message or HTTPStatus(code).phrase,
        )
        response = Response(body, status, headers)
        self._send(*response.get_wsgi_response(create_environ()))

    def _response(self, environ: WSGIEnvironment) -> Response:
        try:
            return Response.from_app(self.server.app, environ, buffered=True)
        except Exception:
            self.log_error("%s", format_exc())
            return Response.from_app(InternalServerError(), environ, buffered=True)

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


def _body(environ: WSGIEnvironment) -> bytes:
    """Return the body of a request, or raise if it has no clear end."""
    length = environ.get("CONTENT_LENGTH", "0")
    if "wsgi.input_terminated" not in environ and not _LENGTH.fullmatch(length):
        raise ValueError("The body is of unknown length")
    stream = get_input_stream(environ)
    return read_whole(stream) if isinstance(stream, RawIOBase) else stream.read()
