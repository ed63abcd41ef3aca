"""The files that the page loads: its style, its script and its icon."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

TYPES = {
    "drawings.css": "text/css; charset=utf-8",
    "inspector.css": "text/css; charset=utf-8",
    "inspector.js": "text/javascript; charset=utf-8",
    "inspector.svg": "image/svg+xml",
}
FOLDER = "static/"


class File(NamedTuple):
    """A file with its media type."""

    media_type: str
    body: bytes


def file(path: str) -> File | None:
    """Return the file at a path below the page's, None if there is none."""
    name = path.removeprefix(FOLDER)
    if name == path or name not in TYPES:
        return None
    body = files("proxymock.inspector").joinpath(path).read_bytes()
    return File(TYPES[name], body)
