"""Requests to the server's application, without a server."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from werkzeug.test import Client

from kit.transports.wire import SIGNED
from proxymock.server import application


def send(method: str, path: str, query: str, **headers: str) -> Any:
    """Send a request to the application, without a server."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "127.0.0.1:5000",
        "HTTP_AUTHORIZATION": SIGNED["Authorization"],
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "5000",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
    return Client(application).run_wsgi_app(environ)
