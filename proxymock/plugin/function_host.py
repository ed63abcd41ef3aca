"""Serves functions of this process to a server that is another process.

It speaks Lambda's Invoke API, on the loopback interface, below paths that nobody can
guess, while at least one function is served.
"""

from __future__ import annotations

import atexit
import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from itertools import count
from secrets import token_urlsafe
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from proxymock.sandbox.functions import run
from proxymock.telephony.invocations import InvocationFailed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Function = Callable[[Any, Any], Any]
_INVOCATION = re.compile(
    r"/(?P<token>[^/]+)/2015-03-31/functions/(?P<arn>[^/]+)/invocations"
)


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Write nothing: requests are no business of the test's output."""


class FunctionHost:
    """The functions of this process that are served, by their URLs."""

    def __init__(self) -> None:
        self._functions: dict[str, Function] = {}
        self._running: tuple[BaseWSGIServer, Thread] | None = None
        self._numbers = count(1)
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"<FunctionHost of {len(self._functions)} functions>"

    def serve(self, function: Function) -> str:
        """Serve a function, and return the base URL to invoke it at."""
        with self._lock:
            if self._running is None:
                self._running = self._start()
            server, _ = self._running
            url = f"http://127.0.0.1:{server.server_port}/{token_urlsafe()}"
            self._functions[url] = function
            return url

    def served(self, url: str) -> Function | None:
        """Return the function that is served at a URL."""
        return self._functions.get(url)

    def withdraw(self, url: str) -> None:
        """Serve a function no more; at the last one the server ends."""
        with self._lock:
            self._functions.pop(url, None)
            if self._functions or self._running is None:
                return
            (server, thread), self._running = self._running, None
        server.shutdown()
        thread.join()
        server.server_close()

    def withdraw_all(self) -> None:
        """Serve nothing any more."""
        for url in [*self._functions]:
            self.withdraw(url)

    def _start(self) -> tuple[BaseWSGIServer, Thread]:
        server = make_server(
            "127.0.0.1", 0, self._application, threaded=True, request_handler=_Silent
        )
        serve: Any = server.serve_forever
        thread = Thread(target=serve, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        return server, thread

    def _application(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        found = _INVOCATION.fullmatch(request.path)
        function = found and self._functions.get(f"{request.host_url}{found['token']}")
        if not (found and function):
            return Response("There is no such function", 404)
        try:
            event = json.loads(request.get_data())
        except ValueError as error:
            return Response(f"The event is not JSON: {error}", 400)
        return self._invoked(function, found["arn"], event)

    def _invoked(self, function: Function, arn: str, event: Any) -> Response:
        """Return what a function answers, or how it fails, as Lambda does."""
        now = datetime.now(timezone.utc)
        try:
            answer = run(function, arn, event, next(self._numbers), now)
            body = json.dumps(answer)
        except InvocationFailed as failed:
            return _failed(failed.detail)
        except (TypeError, ValueError, RecursionError) as error:
            return _failed(f"the answer is not JSON: {error}")
        return Response(body, content_type="application/json")


def _failed(message: str) -> Response:
    return Response(
        json.dumps({"errorMessage": message}),
        headers={"X-Amz-Function-Error": "Unhandled"},
        content_type="application/json",
    )


HOST = FunctionHost()
atexit.register(HOST.withdraw_all)
