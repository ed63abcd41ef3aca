"""The server's stderr, which perhaps nobody reads."""

from __future__ import annotations

import atexit
import os
import re
import sys
from io import RawIOBase, TextIOWrapper
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MAX_PIECES = 10_000
LAST_SECONDS = 1.0
_STYLE = re.compile(rb"\x1b\[[0-9;]*m")


class ErrorOutput(RawIOBase):
    """Writes to a file *descriptor*, which may be a full or broken pipe.

    ``write`` never waits. A thread does the writing, and drops text if more than
    ``MAX_PIECES`` pieces wait. Colour codes go to terminals only.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_terminal = os.isatty(descriptor)
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = Thread(target=self._pour, daemon=True)
        self._thread.start()

    def write(self, data: ReadableBuffer) -> int:
        """Queue *data* for the thread; return its length, as a stream does."""
        written = bytes(data)
        if self._pieces.qsize() < MAX_PIECES:
            shown = written if self._is_terminal else _STYLE.sub(b"", written)
            self._pieces.put(shown)
        return len(written)

    def writable(self) -> bool:
        """Tell that this stream is for writing."""
        return True

    def isatty(self) -> bool:
        """Tell whether the descriptor is a terminal."""
        return self._is_terminal

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._descriptor

    def end(self) -> None:
        """Wait at most ``LAST_SECONDS`` until the queue is written."""
        self._pieces.put(None)
        self._thread.join(LAST_SECONDS)

    def _pour(self) -> None:
        while (piece := self._pieces.get()) is not None:
            while piece:
                try:
                    piece = piece[os.write(self._descriptor, piece) :]
                except OSError:  # Nobody reads, and there is no other place to say it.
                    piece = b""


def redirect() -> None:
    """Replace this process's ``sys.stderr`` by one that never blocks."""
    if sys.stderr is None:  # It is closed, and a socket may have its number by now.
        descriptor = os.open(os.devnull, os.O_WRONLY)
    else:
        try:
            descriptor = sys.stderr.fileno()
        except OSError:  # Not a file: a test or an embedding program reads it.
            return
    output = ErrorOutput(descriptor)
    sys.stderr = TextIOWrapper(
        output, encoding="utf-8", errors="backslashreplace", write_through=True
    )
    atexit.register(output.end)  # atexit runs after SystemExit has printed its message.
