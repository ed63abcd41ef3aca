"""A server of ours in a thread of the test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from werkzeug.serving import make_server

from proxymock.plugin.connections import Handler


@contextmanager
def running(application: Any) -> Iterator[tuple[str, list[object]]]:
    """Run a WSGI application for a while; yield its URL and who has connected."""
    connected: list[object] = []

    class Quiet(Handler):
        def setup(self) -> None:
            connected.append(self.client_address)
            super().setup()

        def log(self, type: str, message: str, *arguments: Any) -> None:
            """Do nothing."""

    server = make_server(
        "127.0.0.1", 0, application, threaded=True, request_handler=Quiet
    )
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", connected
    server.shutdown()
    thread.join()
    server.server_close()
