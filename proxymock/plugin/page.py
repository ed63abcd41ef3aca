"""The inspector over HTTP: its page, and the files that the page loads."""

from __future__ import annotations

from collections.abc import Mapping
from gzip import compress
from hashlib import sha256

from werkzeug.http import parse_accept_header, parse_etags, quote_etag

from proxymock.plugin.requests import IncomingRequest
from proxymock.plugin.responses import Answer
from proxymock.sandbox.simulation import Simulation

FOLDER = "static/"
# Nothing but our own files, no script but ours, no form that sends by itself, and no
# page around ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_MISSING = "The inspector needs more packages ({}): pip install 'proxymock[server]'\n"
_PLAIN = "text/plain; charset=utf-8"


def is_page(resource: str) -> bool:
    """Tell whether a path below the control interface's is the page or a file of it."""
    return resource == "" or resource.startswith(FOLDER)


def answer(
    received: IncomingRequest, query: Mapping[str, str], simulation: Simulation
) -> Answer:
    """Return the page of an account, without a body if the browser has it already."""
    try:
        from proxymock.inspector.pages import page
    except ImportError as error:
        return 501, _headers(_PLAIN), _MISSING.format(error).encode()
    server = "/".join(received.url.split("/", 3)[:3])
    found = page(simulation, query, server)
    headers = {
        **_headers("text/html; charset=utf-8"),
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "Proxymock-Time": found.now,
    }
    if found.status != 200:
        return found.status, headers, found.body.encode()
    tag = _tag(found.html.encode())
    # Weak: the same but for the time, and for its encoding.
    headers["ETag"] = quote_etag(tag, weak=True)
    return _unless_known(received, tag, headers, found.body.encode())


def file_answer(received: IncomingRequest, path: str) -> Answer | None:
    """Return a file of the page, None if there is none at this path."""
    from proxymock.inspector.files import file

    found = file(path)
    if found is None:
        return None
    tag = _tag(found.body)
    headers = {**_headers(found.media_type), "ETag": quote_etag(tag, weak=True)}
    return _unless_known(received, tag, headers, found.body)


def _headers(media_type: str) -> dict[str, str]:
    # The browser asks each time, and gets no more than it needs.
    return {"Content-Type": media_type, "Cache-Control": "no-cache"}


def _tag(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]


def _unless_known(
    received: IncomingRequest, tag: str, headers: dict[str, str], body: bytes
) -> Answer:
    known = parse_etags(received.headers.get("If-None-Match"))
    if known.contains_weak(tag):
        return 304, headers, b""
    return 200, *_compressed(received, headers, body)


def _compressed(
    received: IncomingRequest, headers: dict[str, str], body: bytes
) -> tuple[dict[str, str], bytes]:
    """Return a body with its headers, compressed for who takes that.

    A page of fifty rows, whose drawing and sentences repeat it, gets a tenth as large.
    """
    varying = {**headers, "Vary": "Accept-Encoding"}
    encodings = parse_accept_header(received.headers.get("Accept-Encoding"))
    if encodings.quality("gzip") == 0:
        return varying, body
    packed = compress(body, compresslevel=5, mtime=0)
    return {**varying, "Content-Encoding": "gzip"}, packed
