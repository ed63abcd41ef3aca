"""A server that ends when the process that started it ends, even if it is killed.

That process holds the other end of the standard input. The system closes it when the
process ends, for whatever reason.
"""

from __future__ import annotations

import os
import signal
from threading import Thread

from proxymock import server


def main() -> None:
    """Run a server on a free port until a signal or the end of the standard input."""
    Thread(target=_end_with_parent, daemon=True).start()
    server.main(["--port", "0"])


def _end_with_parent() -> None:
    # Unbuffered: a lock of sys.stdin would keep the interpreter from ending.
    while os.read(0, 1024):
        pass
    signal.raise_signal(signal.SIGTERM)
