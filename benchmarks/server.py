"""A moto server in this process, and clients of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto.server import ThreadedMotoServer


@contextmanager
def running() -> Iterator[str]:
    """Yield the URL of a server that answers inside, and does not log."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    assert server._server is not None
    try:
        yield f"http://127.0.0.1:{server._server.server_port}"
    finally:
        server.stop()


def client(service: str, url: str | None) -> Any:
    """Return a client of a *service*, at the server at *url* or in process."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="EXAMPLE",
    )
