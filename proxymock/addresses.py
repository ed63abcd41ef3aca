"""Where the server listens: at a host and a port, or at a socket that is a file."""

from __future__ import annotations

import errno
import os
import re
import socket
import stat
from argparse import ArgumentTypeError

SOCKET = "unix://"


def host(text: str) -> str:
    """Return the address in an option. Raises ArgumentTypeError if it is none."""
    if not text:
        raise ArgumentTypeError("an address is needed, 0.0.0.0 for all")
    try:
        text.startswith(SOCKET) or text.encode("idna")
    except UnicodeError as error:
        raise ArgumentTypeError(f"{text!r} is not an address: {error}") from None
    return text


def name(text: str) -> str:
    """Return the name of a host in an option. Raises ArgumentTypeError for another."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?", text):
        raise ArgumentTypeError(
            f"{text!r} is not the name of a host, without scheme and port"
        )
    return text


def url(host: str, port: int, *, secure: bool) -> str:
    """Return the URL of an address, or the address itself if it is a socket file."""
    if host.startswith(SOCKET):
        return host
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if secure else 'http'}://{name}:{port}"


def inspector(url: str) -> str | None:
    """Return where a browser on this machine finds the page, None for a socket file.

    >>> inspector("http://0.0.0.0:5000"), inspector("https://[::]:5000")[:19]
    ('http://127.0.0.1:5000/moto-api/proxymock/', 'https://[::1]:5000/')
    """
    if url.startswith(SOCKET):
        return None
    local = url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")
    return f"{local}/moto-api/proxymock/"


def check(host: str) -> None:
    """Raise OSError if nobody can listen at *host*, or a server does at its socket."""
    if host.startswith(SOCKET):
        _check_socket(os.path.abspath(host.removeprefix(SOCKET)))
        return
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))


def _check_socket(path: str) -> None:
    """Raise OSError if the socket is in use; one that was left behind is not."""
    if not os.path.isdir(os.path.dirname(path)):
        raise OSError("there is no such folder")
    with socket.socket(socket.AF_UNIX) as probe:
        probe.setblocking(False)  # A server with a full queue would keep us waiting.
        try:
            probe.connect(path)
        except FileNotFoundError:
            return
        except ConnectionRefusedError:
            if not stat.S_ISSOCK(os.lstat(path).st_mode):
                raise OSError("there is a file that is no socket") from None
            return
        except BlockingIOError:
            pass
    raise OSError(errno.EADDRINUSE, "another server listens there")
