"""Whose requests the control interface takes: a browser may be led here by anybody.

A page of any web site can have its own name resolve to this machine (DNS rebinding), so
that the browser takes page and server for one origin. Only the name gives it away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from logging import getLogger

from proxymock.plugin.requests import IncomingRequest

VARIABLE = "PROXYMOCK_ALLOWED_HOSTS"
HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LOG = getLogger("proxymock")
_AUTHORITY = re.compile(r"[a-z][a-z0-9+.-]*://([^/?#]*)", re.IGNORECASE)
_HOST = re.compile(r"(?:\[([^\[\]]*)\]|([^:\[\]]*))(?::\d*)?", re.ASCII)
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.ASCII)
# Names that no public name server answers for: RFC 6761, and ICANN for .internal.
_PRIVATE = (".localhost", ".internal", ".test")
_IN_PROCESS = "motoapi.amazonaws.com"


def objection(received: IncomingRequest, page: str) -> str | None:
    """Say why a request is refused, if it is; *page* is the path that one may visit."""
    for problem in (_of_host(received), _of_origin(received), _of_site(received, page)):
        if problem is not None:
            _LOG.warning(
                "%s %s is refused: %s", received.method, received.path, problem
            )
            return problem
    return None


def allow(*hosts: str) -> None:
    """Allow further hosts, in this process and in those that it starts."""
    further = [host for host in hosts if not is_allowed(host)]
    if further:
        names = [*filter(None, os.environ.get(VARIABLE, "").split(",")), *further]
        os.environ[VARIABLE] = ",".join(names)


def is_allowed(host: str) -> bool:
    """Tell whether a Host header names this machine for sure, or was allowed.

    >>> is_allowed("127.0.0.1:5000"), is_allowed("evil.example")
    (True, False)
    """
    found = _HOST.fullmatch(host)
    if found is None:
        return False
    if found[1] is not None:
        return _is_address(found[1])
    name = _plain(found[2])
    if "." not in name or _is_address(name):
        return not name or _NAME.fullmatch(name) is not None
    known = name == _IN_PROCESS or name.endswith(_PRIVATE)
    return _NAME.fullmatch(name) is not None and (known or name in _allowed())


def _allowed() -> set[str]:
    return {_plain(name.strip()) for name in os.environ.get(VARIABLE, "").split(",")}


def _plain(name: str) -> str:
    return name.lower().removesuffix(".")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _of_host(received: IncomingRequest) -> str | None:
    authority = _AUTHORITY.match(received.url)
    host = received.headers.get("Host") or (authority[1] if authority else "")
    if is_allowed(host):
        return None
    found = _HOST.fullmatch(host)
    name = _plain(found[2] or "") if found else ""
    if not _NAME.fullmatch(name):
        return f"Host {host[:80]!r} is no name of a host"
    return (
        f"Host {name} is not known to be this server; to allow it: "
        f"proxymock-server --allow-host {name}, or {VARIABLE}={name}"
    )


def _of_origin(received: IncomingRequest) -> str | None:
    origin = received.headers.get("Origin")
    if origin is None or received.url.startswith(f"{origin}/"):
        return None
    return f"Origin {origin} is not this server"


def _of_site(received: IncomingRequest, page: str) -> str | None:
    site = received.headers.get("Sec-Fetch-Site", "none")
    if site in {"same-origin", "none"} or _is_visit(received, page):
        return None
    return f"Sec-Fetch-Site {site}: a page of another site asks"


def _is_visit(received: IncomingRequest, page: str) -> bool:
    """Tell whether somebody follows a link to the page itself."""
    return (
        received.method == "GET"
        and received.path.rstrip("/") == page.rstrip("/")
        and received.headers.get("Sec-Fetch-Mode") == "navigate"
        and received.headers.get("Sec-Fetch-Dest", "document") == "document"
    )
