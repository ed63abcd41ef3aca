"""moto's server as a WSGI application, with this service in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import (
    HTTP_METHODS,
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.wrappers import Request, Response

from proxymock.plugin import SERVICE, register
from proxymock.plugin.responses import answer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# moto takes the service from the second word of the header, and breaks without one.
_WITHOUT_SCOPE = re.compile(r"\s*[^\s,]*\s*(,.*)?", re.DOTALL)
# It takes such a region for no host of ours, and breaks, too.
_IN_ODD_REGION = re.compile(
    r"[^,]*\s[^\s,/]*/[^\s,/]*/(?![\w-]+/)[^\s,/]*/chime/", re.IGNORECASE
)


class Application:
    """All of moto's services and ours.

    A request of ours that moto's server would answer with a page, or break on, gets our
    own answer.
    """

    def __init__(self) -> None:
        register()
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request as WSGI has it."""
        if _WITHOUT_SCOPE.fullmatch(_authorization(environ)):
            environ = {**environ, "HTTP_AUTHORIZATION": ""}
        if not self._needs_us(environ):
            answered: Iterable[bytes] = self._moto(environ, start_response)
            return answered
        return _answered(environ)(environ, start_response)

    def _needs_us(self, environ: WSGIEnvironment) -> bool:
        if _IN_ODD_REGION.match(_authorization(environ)):
            return True
        return not _suits_moto(environ) and self._service(environ) == SERVICE

    def _service(self, environ: WSGIEnvironment) -> str:
        application: Any = self._moto.get_application(environ)
        service: str = application.service
        return service


def _authorization(environ: WSGIEnvironment) -> str:
    header: str = environ.get("HTTP_AUTHORIZATION", "")
    return header


def _suits_moto(environ: WSGIEnvironment) -> bool:
    """Tell whether the method has a route in moto, and the query is the ASCII it is."""
    query: Any = environ.get("QUERY_STRING", "")
    return environ["REQUEST_METHOD"] in HTTP_METHODS and query.isascii()


def _answered(environ: WSGIEnvironment) -> Response:
    request = Request(environ)
    host = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}/"
    status, headers, body = answer(request, host, request.headers)
    return Response(body, status, headers)
