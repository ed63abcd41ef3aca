"""Servers of ours: in a thread of the test, and in processes of their own."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from werkzeug.serving import make_server

from proxymock.plugin.http_server import Handler

SCRIPT = str(Path(sys.executable).with_name("proxymock-server"))
Start = Callable[..., tuple[subprocess.Popen[str], str]]


@contextmanager
def processes() -> Iterator[Start]:
    """Yield a starter of servers on free ports; it returns process and first line."""
    started: list[subprocess.Popen[str]] = []

    def start(
        *options: str, command: tuple[str, ...] = (SCRIPT,)
    ) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [*command, "--port", "0", *options], stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stderr is not None
        return process, process.stderr.readline()

    yield start
    for process in started:
        process.terminate()  # so that coverage sees what it did
        process.communicate(timeout=30)


def free_port() -> int:
    """Return a port at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def url_in(line: str) -> str:
    """Return the address that a start line tells."""
    found = re.search(r"Running on (https?://\S+)", line)
    assert found, line
    return found[1]


@contextmanager
def running(application: Any, **arguments: Any) -> Iterator[tuple[str, list[object]]]:
    """Run a WSGI application for a while; yield its URL and who has connected."""
    connected: list[object] = []

    class Quiet(Handler):
        def setup(self) -> None:
            connected.append(self.client_address)
            super().setup()

        def log(self, type: str, message: str, *arguments: Any) -> None:
            """Do nothing."""

    server = make_server(
        "127.0.0.1",
        0,
        application,
        threaded=True,
        request_handler=Quiet,
        **arguments,
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", connected
    server.shutdown()
    thread.join()
    server.server_close()
