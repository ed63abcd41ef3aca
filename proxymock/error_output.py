"""Where the server writes what it has to say: a stderr that nobody may read."""

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
    """Writes to a file *descriptor*, which may be a full pipe, or a broken one.

    Nobody who writes waits: a thread does, and what is too much is left out. Colours
    are for a terminal.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._is_terminal = os.isatty(descriptor)
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()
        self._thread = Thread(target=self._pour, daemon=True)
        self._thread.start()

    def write(self, data: ReadableBuffer) -> int:
        """Write *data* as soon as somebody reads."""
        written = bytes(data)
        if self._pieces.qsize() < MAX_PIECES:
            shown = written if self._is_terminal else _STYLE.sub(b"", written)
            self._pieces.put(shown)
        return len(written)

    def writable(self) -> bool:
        """Tell that this is for writing."""
        return True

    def isatty(self) -> bool:
        """Tell whether people see it at once."""
        return self._is_terminal

    def fileno(self) -> int:
        """Return the file descriptor."""
        return self._descriptor

    def end(self) -> None:
        """Give a reader, if there is one, a moment for the last words."""
        self._pieces.put(None)
        self._thread.join(LAST_SECONDS)

    def _pour(self) -> None:
        while (piece := self._pieces.get()) is not None:
            while piece:
                try:
                    piece = piece[os.write(self._descriptor, piece) :]
                except OSError:  # There is nowhere to say that nobody reads.
                    piece = b""


def redirect() -> None:
    """Let nobody wait who writes to this process's stderr, warnings and all."""
    if sys.stderr is None:  # It is closed, and its number may be that of a socket.
        descriptor = os.open(os.devnull, os.O_WRONLY)
    else:
        try:
            descriptor = sys.stderr.fileno()
        except OSError:  # It is no file: whoever put it there reads it.
            return
    output = ErrorOutput(descriptor)
    sys.stderr = TextIOWrapper(
        output, encoding="utf-8", errors="backslashreplace", write_through=True
    )
    atexit.register(output.end)  # by then a SystemExit has said why
