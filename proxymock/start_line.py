"""What the server says first: where it is, what it is made of, where its page is."""

from __future__ import annotations

import platform
import sys
import webbrowser
from importlib.metadata import version
from threading import Thread

from proxymock import __version__, addresses


def versions() -> str:
    """Return the versions that a report of a fault needs."""
    return (
        f"proxymock {__version__}, moto {version('moto')}, "
        f"botocore {version('botocore')}, Python {platform.python_version()}"
    )


def tell(url: str, *, opens: bool) -> None:
    """Print where the server runs, and where its page is; open that if asked to."""
    page = addresses.inspector(url)
    shown = "" if page is None else f"; inspector: {page}"
    print(f"Running on {url} ({versions()}){shown}", file=sys.stderr, flush=True)
    if opens:
        # Some browsers are programs of a terminal, which end when people are done.
        Thread(target=webbrowser.open, args=(page,), daemon=True).start()
