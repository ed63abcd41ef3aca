"""Clients that say nothing, or leave before they are answered."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import struct
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from werkzeug.serving import load_ssl_context
from werkzeug.wrappers import Response

from certificates import write_certificate
from proxymock.plugin.http_server import Handler, LateHandshake
from serving import running

RESET = struct.pack("ii", 1, 0)  # close at once, and tell the other side


def connect(url: str) -> socket.socket:
    """Connect, and no more."""
    return socket.create_connection(
        (urlsplit(url).hostname, urlsplit(url).port), timeout=30
    )


def test_silent_client_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A connection that never shakes hands is a matter of its own thread."""
    certificate, key = map(str, write_certificate(tmp_path))
    context = LateHandshake(load_ssl_context(certificate, key))

    with (
        running(Response("served"), ssl_context=context) as (url, connected),
        connect(url),
    ):
        https = url.replace("http:", "https:")
        answer = requests.get(https, verify=certificate, timeout=30)

    assert answer.text == "served"
    assert len(connected) == 2


def test_handshake_has_a_time_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who never shakes hands is left, as who says nothing later."""
    certificate, key = map(str, write_certificate(tmp_path))
    context = LateHandshake(load_ssl_context(certificate, key))
    monkeypatch.setattr(Handler, "timeout", 0.01)

    with (
        running(Response("served"), ssl_context=context) as (url, _),
        connect(url) as silent,
    ):
        assert silent.recv(1) == b""


def test_handshake_that_fails_is_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A client that does not trust the certificate leaves no traceback."""
    certificate, key = map(str, write_certificate(tmp_path))
    context = LateHandshake(load_ssl_context(certificate, key))

    with (
        running(Response("served"), ssl_context=context) as (url, _),
        connect(url) as plain,
        pytest.raises(ssl.SSLError),
    ):
        ssl.create_default_context().wrap_socket(plain, server_hostname="x")

    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", id="answer"),
        pytest.param(b"GET / HTTP/0.1\r\n\r\n", id="refusal"),
    ],
)
def test_client_that_resets_leaves_no_traceback(
    sent: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has gone before the answer is nothing to tell about."""
    reset, ended = Event(), Event()
    send = Handler._send
    end = Handler.finish

    def send_late(self: Handler, *arguments: Any) -> None:
        assert reset.wait(30)
        send(self, *arguments)

    def finish(self: Handler) -> None:
        try:
            end(self)
        finally:
            ended.set()

    monkeypatch.setattr(Handler, "_send", send_late)
    monkeypatch.setattr(Handler, "finish", finish)
    with running(Response("x" * 100_000)) as (url, _):
        client = connect(url)
        client.sendall(sent)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        client.close()
        reset.set()
        assert ended.wait(30)

    assert capsys.readouterr().err == ""


def test_connection_that_is_gone_leaves_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the system calls it, an error of the connection is its end."""

    def linger(self: Handler) -> None:
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))

    monkeypatch.setattr(Handler, "_linger", linger)
    with running(Response("served")) as (url, _), connect(url) as client:
        client.sendall(b"GET / HTTP/0.1\r\n\r\n")
        answered = client.makefile("rb").read()

    assert answered.startswith(b"HTTP/1.1 505 ")
    assert capsys.readouterr().err == ""
