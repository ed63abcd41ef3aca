"""moto's server as a WSGI application, with this service in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from logging import getLogger
from typing import TYPE_CHECKING, Any

from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    create_backend_app,
)
from werkzeug.wrappers import Request, Response

from proxymock.api import exchange, spec
from proxymock.api.errors import BadRequestException
from proxymock.plugin import HOSTS, SERVICE, control, register, responses
from proxymock.plugin.requests import LEGACY_REGION, NAMESPACE, scope_of
from proxymock.plugin.responses import Answer, error_answer, receive

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Handler = Callable[[Any, str, Any], Answer]

_LOG = getLogger("proxymock")
_CONTROL = control.PREFIX.rstrip("/")
_OF_MOTO = ("/moto-api", "/latest/", "/favicon.ico")  # whoever has signed
_OURS = {
    "PATH_INFO": "/",
    "HTTP_AUTHORIZATION": f"AWS4 Credential=-/-/{LEGACY_REGION}/{NAMESPACE}/-",
}
# AWS: API-13
_EXPOSED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "x-amzn-errortype,x-amzn-requestid,"
    "x-amzn-errormessage,x-amzn-trace-id,date",
}


class Application:
    """All of moto's services and ours.

    moto's front finds out whose a request is, and breaks on what it does not expect, or
    answers with a page. So ours are told apart before, and those of nobody guarded.
    """

    def __init__(self) -> None:
        register()
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Answer a request as WSGI has it."""
        return self._application(environ)(environ, start_response)

    def _application(self, environ: WSGIEnvironment) -> WSGIApplication:
        path: str = environ.get("PATH_INFO", "")
        if path == _CONTROL or path.startswith(control.PREFIX):
            return self._closed(environ)
        is_motos = path.startswith(_OF_MOTO)
        scope = None if is_motos else scope_of(*_signature(environ))
        service = scope.service.lower() if scope else ""
        if not is_motos and _is_ours(environ, service):
            return self._open(environ)
        try:
            application: Any = self._moto.get_application(environ)
        except Exception as error:
            return _refused(environ, error)
        if application.service == SERVICE:  # of several credentials it takes another
            return self._open(environ)
        # moto takes what it cannot read for a request to S3.
        is_read = service and (service == "s3" or application.service != "s3")
        return application if is_read else _guarded(application, environ)

    def _closed(self, environ: WSGIEnvironment) -> Response:
        """Return the control interface's answer, which no other origin may read."""
        page = {"PATH_INFO": "/moto-api/"}
        response = self._answered(environ, page, control.answer)
        for name, _ in [*response.headers]:
            if name.lower().startswith("access-control-"):
                del response.headers[name]
        return response

    def _open(self, environ: WSGIEnvironment) -> Response:
        """Return the service's answer, which a page of any origin may read."""
        if _preflight(environ):
            return _permission(environ)
        response = self._answered(environ, _OURS, responses.answer)
        if "HTTP_ORIGIN" in environ:
            response.headers.update(_EXPOSED)
        return response

    def _answered(
        self, environ: WSGIEnvironment, whose: dict[str, str], handler: Handler
    ) -> Response:
        """Return the answer through moto, or without it where it would be a page."""
        application = self._moto.get_application(whose)
        try:
            response = Response.from_app(application, environ, buffered=True)
        except Exception as error:
            _LOG.info("moto's front broke, so we answer: %r", error)
        else:
            if not _is_page(response):
                return response
        request = Request(environ)
        host = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}/"
        return _response(handler(request, host, request.headers))


def _signature(environ: WSGIEnvironment) -> tuple[str, str]:
    return environ.get("HTTP_AUTHORIZATION", ""), environ.get("QUERY_STRING", "")


def _is_ours(environ: WSGIEnvironment, service: str) -> bool:
    """Tell by signature, else by host, else by what is asked for, as in process."""
    if service:
        return service == NAMESPACE
    if HOSTS.match(f"http://{environ.get('HTTP_HOST', '')}/"):
        return True
    received = receive(Request(environ), "")
    method = _preflight(environ) or received.method
    try:
        spec.match(method, *exchange.split(received.path, received.query))
    except (spec.UnknownRoute, BadRequestException):
        return False
    return True


def _preflight(environ: WSGIEnvironment) -> str:
    """Return the method that a browser asks leave for, if that is what it does."""
    if environ["REQUEST_METHOD"] != "OPTIONS" or "HTTP_ORIGIN" not in environ:
        return ""
    method: str = environ.get("HTTP_ACCESS_CONTROL_REQUEST_METHOD", "")
    return method


def _permission(environ: WSGIEnvironment) -> Response:
    headers = {
        **_EXPOSED,
        "Access-Control-Allow-Methods": _preflight(environ),
        "Access-Control-Allow-Headers": environ.get(
            "HTTP_ACCESS_CONTROL_REQUEST_HEADERS", ""
        ),
        "Access-Control-Max-Age": "172800",
    }
    return Response(b"", 200, headers, mimetype="text/plain")


def _guarded(application: WSGIApplication, environ: WSGIEnvironment) -> Response:
    """Return moto's answer to what nobody has signed, unless it is none."""
    try:
        response = Response.from_app(application, environ, buffered=True)
    except Exception as error:
        return _refused(environ, error)
    if response.status_code >= 500:
        return _refused(environ, response.status)
    if response.status_code < 300 or not _is_page(response):
        return response
    name, code = "UnknownOperationException", "UnknownOperation"
    said = _response(error_answer(response.status_code, name, code, _unknown(environ)))
    for header in ("Location", "Allow"):
        if header in response.headers:
            said.headers[header] = response.headers[header]
    return said


def _refused(environ: WSGIEnvironment, cause: object) -> Response:
    _LOG.warning("moto's front has no answer: %r", cause)
    name, code = "BadRequestException", "BadRequest"
    return _response(error_answer(400, name, code, _unknown(environ)))


def _response(answer: Answer) -> Response:
    status, headers, body = answer
    return Response(body, status, headers)


def _unknown(environ: WSGIEnvironment) -> str:
    return (
        f"No service is known for {environ['REQUEST_METHOD']} "
        f"{environ.get('PATH_INFO', '')}; sign it with AWS Signature Version 4, "
        f"for this service with Credential=KEY/DATE/REGION/{NAMESPACE}/aws4_request"
    )


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html"
