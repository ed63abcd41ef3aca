"""What libraries replace that mock HTTP: here it breaks whoever goes through it."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

MOCKED = [
    ["requests.sessions.Session.request"],
    ["requests.adapters.HTTPAdapter.send"],
    ["urllib3.connectionpool.HTTPConnectionPool.urlopen"],
    ["botocore.awsrequest.AWSHTTPConnection"],
    ["http.client.HTTPConnection", "http.client.HTTPSConnection"],
    ["socket.socket", "socket.create_connection", "socket.getaddrinfo"],
]


def broken(*arguments: Any, **options: Any) -> NoReturn:
    """Break."""
    raise AssertionError("mocked")


@pytest.fixture(autouse=True, params=MOCKED)
def mocked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace something."""
    for name in request.param:
        monkeypatch.setattr(name, broken)
