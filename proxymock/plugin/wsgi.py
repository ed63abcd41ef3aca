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
_OF_MOTO = ("/moto-api", "/latest/", "/favicon.ico")  # moto's own, signed or not
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

    moto's front decides which service a request is for. It fails on requests that it
    does not expect, or answers them with a page. So this class recognizes requests for
    our service first, and guards moto's answers to all others.
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
            # moto takes a request apart as it likes; what it raises is of any type:
            # KeyError, ValueError, and of a service whose packages are not installed.
            return _refused(error, _unknown(environ))
        # With several credentials moto may disagree.
        if application.service == SERVICE:
            return self._open(environ)
        # moto takes every request that it cannot assign for one to S3.
        is_read = service and (service == "s3" or application.service != "s3")
        guarded = _of_another if is_read else _of_nobody
        return guarded(application, environ)

    def _closed(self, environ: WSGIEnvironment) -> Response:
        """Return the answer of the control interface, closed to other origins."""
        page = {"PATH_INFO": "/moto-api/"}
        response = self._answered(environ, page, control.answer)
        for name, _ in [*response.headers]:
            if name.lower().startswith("access-control-"):
                del response.headers[name]
        return response

    def _open(self, environ: WSGIEnvironment) -> Response:
        """Return the answer of the service, open to pages of every origin."""
        if _preflight(environ):
            return _permission(environ)
        response = self._answered(environ, _OURS, responses.answer)
        if "HTTP_ORIGIN" in environ:
            response.headers.update(_EXPOSED)
        return response

    def _answered(
        self, environ: WSGIEnvironment, whose: dict[str, str], handler: Handler
    ) -> Response:
        """Return the answer by way of moto, or our own where moto answers a page."""
        application = self._moto.get_application(whose)
        try:
            response = Response.from_app(application, environ, buffered=True)
        except Exception as error:
            # What our own handler raises is raised again below, by the second try.
            _LOG.info("moto's front broke, so we answer: %r", error)
        else:
            if not _is_page(response) or _is_ours_to_show(response):
                return response
        request = Request(environ)
        host = f"{environ['wsgi.url_scheme']}://{environ.get('HTTP_HOST', '')}/"
        return _response(handler(request, host, request.headers))


def _signature(environ: WSGIEnvironment) -> tuple[str, str]:
    return environ.get("HTTP_AUTHORIZATION", ""), environ.get("QUERY_STRING", "")


def _is_ours(environ: WSGIEnvironment, service: str) -> bool:
    """Tell by the signature, else by the host, else by method and path."""
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
    """Return the method that a preflight asks for, empty if it is not a preflight."""
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
        "Access-Control-Max-Age": "172800",  # seconds: two days, AWS: API-13
    }
    return Response(b"", 200, headers, mimetype="text/plain")


def _of_another(application: WSGIApplication, environ: WSGIEnvironment) -> Response:
    """Return another service's answer, or say that moto breaks on the request."""
    try:
        response = Response.from_app(application, environ, buffered=True)
    except Exception as error:
        # A backend of moto, which may have any fault; AWS's never drops a connection.
        return _refused(error, f"moto breaks on {_asked(environ)}: {error!r}")
    # Its type tells nothing: moto leaves it to answers of all kinds.
    if response.status_code < 400 or not response.data.startswith(b"<!doctype html>"):
        return response
    return _in_json(response, f"moto has no {_asked(environ)} for this service")


def _of_nobody(application: WSGIApplication, environ: WSGIEnvironment) -> Response:
    """Return moto's answer to what nobody has signed, unless it is none."""
    try:
        response = Response.from_app(application, environ, buffered=True)
    except Exception as error:
        # moto took it for a service that it is not of, and so cannot but break on it.
        return _refused(error, _unknown(environ))
    if response.status_code >= 500:
        return _refused(response.status, _unknown(environ))
    if response.status_code < 300 or not _is_page(response):
        return response
    return _in_json(response, _unknown(environ))


def _in_json(page: Response, message: str) -> Response:
    """Return an error that moto answers with a *page* as the service answers one."""
    name, code = "UnknownOperationException", "UnknownOperation"
    said = _response(error_answer(page.status_code, name, code, message))
    for header in ("Location", "Allow"):
        if header in page.headers:
            said.headers[header] = page.headers[header]
    return said


def _refused(cause: object, message: str) -> Response:
    _LOG.warning("moto has no answer: %r", cause)
    return _response(error_answer(400, "BadRequestException", "BadRequest", message))


def _response(answer: Answer) -> Response:
    status, headers, body = answer
    return Response(body, status, headers)


def _asked(environ: WSGIEnvironment) -> str:
    return f"{environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}"


def _unknown(environ: WSGIEnvironment) -> str:
    return (
        f"No service is known for {_asked(environ)}; sign it with AWS Signature "
        "Version 4, "
        f"for this service with Credential=KEY/DATE/REGION/{NAMESPACE}/aws4_request"
    )


def _is_page(response: Response) -> bool:
    return response.mimetype == "text/html"


def _is_ours_to_show(response: Response) -> bool:
    """Tell the inspector's page from one of moto's, which has no policy."""
    return "Content-Security-Policy" in response.headers
