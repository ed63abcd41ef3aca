"""Serves functions of this process to a server that is another process.

It speaks Lambda's Invoke API, on the loopback interface, below paths that nobody can
guess, while at least one function is served. Like the way to the server, it leads past
whatever tests mock: below Python's own sockets, which tests replace.
"""

from __future__ import annotations

import _socket
import atexit
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler
from io import BufferedReader
from itertools import count
from secrets import token_urlsafe
from socketserver import BaseServer, ThreadingMixIn
from threading import Lock, Thread
from typing import Any
from urllib.parse import unquote

from proxymock.plugin.direct_http import Arriving
from proxymock.sandbox.functions import run
from proxymock.telephony.invocations import InvocationFailed

Function = Callable[[Any, Any], Any]
Answer = tuple[int, dict[str, str], bytes]
_INVOCATION = re.compile(
    r"/(?P<token>[^/]+)/2015-03-31/functions/(?P<arn>[^/]+)/invocations"
)


class _Connection(_socket.socket):
    """A connection with what ``BaseHTTPRequestHandler`` needs of Python's own."""

    def makefile(self, mode: str, buffering: int) -> BufferedReader:
        return Arriving(self).makefile(mode)


class _Server(ThreadingMixIn, BaseServer):
    """A server with a thread for each connection."""

    daemon_threads = True

    def __init__(self, answer: Callable[[str, bytes], Answer]) -> None:
        # Its type does not know how to accept, which Python's own socket does with.
        self._listener: Any = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.host, self.port = self._listener.getsockname()
        super().__init__((self.host, self.port), _Handler)
        self.answer = answer

    def fileno(self) -> int:
        descriptor: int = self._listener.fileno()
        return descriptor

    def get_request(self) -> tuple[Any, Any]:
        descriptor, address = self._listener._accept()
        return _Connection(fileno=descriptor), address

    def shutdown_request(self, request: Any) -> None:
        request.close()

    def server_close(self) -> None:
        super().server_close()
        self._listener.close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        body = self.rfile.read(int(length) if length.isdecimal() else 0)
        status, headers, answer = self.server.answer(self.path, body)
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        # Who has not waited has told the call of a time-out.
        with suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing: requests are no business of the test's output."""


class FunctionHost:
    """The functions of this process that are served, by the last part of their URLs."""

    def __init__(self) -> None:
        self._functions: dict[str, Function] = {}
        # What functions were left by, in the order in which that happened.
        self._left: list[tuple[str, BaseException]] = []
        self._running: tuple[_Server, Thread] | None = None
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
            # Any page in a browser can reach this interface, but not guess the path.
            token = token_urlsafe()
            self._functions[token] = function
            return f"http://{server.host}:{server.port}/{token}"

    def served(self, url: str) -> Function | None:
        """Return the function that is served at a URL."""
        return self._functions.get(_token(url))

    def raise_left(self) -> None:
        """Raise what a function was left by, once, as it would have been in process."""
        with self._lock:
            left, self._left = self._left, []
        for _, error in left:
            raise error

    def withdraw(self, url: str) -> None:
        """Serve a function no more; at the last one the server ends."""
        token = _token(url)
        with self._lock:
            self._functions.pop(token, None)
            self._left = [each for each in self._left if each[0] != token]
            if self._functions or self._running is None:
                return
            (server, thread), self._running = self._running, None
        server.shutdown()
        thread.join()
        server.server_close()

    def withdraw_all(self) -> None:
        """Serve nothing any more."""
        for token in [*self._functions]:
            self.withdraw(token)

    def _start(self) -> tuple[_Server, Thread]:
        server = _Server(self._answer)
        serve: Any = server.serve_forever
        # shutdown() waits for a poll, by default up to half a second.
        thread = Thread(target=serve, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        return server, thread

    def _answer(self, path: str, body: bytes) -> Answer:
        found = _INVOCATION.fullmatch(path)
        function = None if found is None else self._functions.get(found["token"])
        if found is None or function is None:
            return 404, {}, b"There is no such function"
        try:
            event = json.loads(body)
        except ValueError as error:
            return 400, {}, f"The event is not JSON: {error}".encode()
        try:
            return self._invoked(function, unquote(found["arn"]), event)
        except BaseException as error:  # pytest.fail: it is the test that must see it
            with self._lock:
                self._left.append((found["token"], error))
            return _unhandled(f"the function was left: {error!r}")

    def _invoked(self, function: Function, arn: str, event: Any) -> Answer:
        """Return what a function answers, or how it fails, as Lambda does."""
        now = datetime.now(timezone.utc)
        try:
            answer = json.dumps(run(function, arn, event, next(self._numbers), now))
        except InvocationFailed as failed:
            wrong = failed.detail
        except (TypeError, ValueError, RecursionError) as error:
            wrong = f"the answer is not JSON: {error}"
        else:
            return 200, {"Content-Type": "application/json"}, answer.encode()
        return _unhandled(wrong)


def _unhandled(wrong: str) -> Answer:
    """Return the answer for a function that has failed."""
    headers = {
        "Content-Type": "application/json",
        "X-Amz-Function-Error": "Unhandled",
    }
    return 200, headers, json.dumps({"errorMessage": wrong}).encode()


def _token(url: str) -> str:
    return url.rpartition("/")[2]


HOST = FunctionHost()
atexit.register(HOST.withdraw_all)
