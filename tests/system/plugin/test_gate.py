"""By which names, and from which pages, the control interface can be reached."""

from __future__ import annotations

import logging
import os

import pytest
import requests

from kit.transports.control import Control, answer
from proxymock.plugin import gate
from proxymock.plugin.control import PREFIX
from proxymock.plugin.requests import IncomingRequest


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1:5000",
        "192.168.1.20:5000",
        "[::1]",
        "[::1]:5000",
        "localhost:5000",
        "localhost.:5000",
        "LocalHost",
        "proxymock",
        "my_service:80",
        "voice.localhost:5000",
        "host.docker.internal:5000",
        "host.docker.internal.:5000",
        "voice.test",
        "motoapi.amazonaws.com",
        "",
    ],
)
def test_hosts_that_are_this_machine(host: str) -> None:
    """Addresses, names without a dot, and private names are allowed."""
    assert gate.is_allowed(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:5000",
        "evil.example.",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "eviltest.example",
        "evil-internal.com",
        "localhost..",
        ".test",
        "[evil.example]",
        "[::1",
        "a@localhost",
        "localhost, evil.example",
        "localhost:port",
        "amazonaws.com",
        "x.motoapi.amazonaws.com",
        "\xff",
    ],
)
def test_hosts_that_may_be_anybodys(host: str) -> None:
    """A name that somebody else can own, or that is none, is refused."""
    assert not gate.is_allowed(host)


@pytest.mark.parametrize("allowed", ["ci.example", "a.example, CI.example."])
@pytest.mark.parametrize("host", ["ci.example", "CI.EXAMPLE:5000", "ci.example."])
def test_hosts_that_were_allowed(
    allowed: str, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable names further hosts, in any spelling."""
    monkeypatch.setenv("PROXYMOCK_ALLOWED_HOSTS", allowed)

    assert gate.is_allowed(host)
    assert not gate.is_allowed(f"x.{host}")


@pytest.mark.parametrize(
    ("before", "after"), [("", "ci.example"), ("a.example", "a.example,ci.example")]
)
def test_allowing_adds_to_the_variable(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is allowed anyway is not added, nor is anything forgotten."""
    monkeypatch.setenv("PROXYMOCK_ALLOWED_HOSTS", before)

    gate.allow("127.0.0.1", "ci.example")
    gate.allow("ci.example")

    assert os.environ["PROXYMOCK_ALLOWED_HOSTS"] == after


REFUSED = (
    "Host evil.example is not known to be this server; to allow it: "
    "proxymock-server --allow-host evil.example, or "
    "PROXYMOCK_ALLOWED_HOSTS=evil.example"
)


@pytest.mark.measured
@pytest.mark.parametrize("endpoint_url", ["server"], indirect=True)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
@pytest.mark.parametrize("resource", ["", "state", "clock", "nothing"])
def test_foreign_host_is_refused(
    control: Control, method: str, resource: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that has its own name lead here gets nothing; answer and log say why."""
    with caplog.at_level(logging.WARNING, "proxymock"):
        response = control(method, resource, headers={"Host": "evil.example:5000"})

    assert answer(response) == (403, {"Code": "Forbidden", "Message": REFUSED})
    assert caplog.messages == [f"{method} {PREFIX}{resource} is refused: {REFUSED}"]


def test_name_that_is_none_is_not_repeated() -> None:
    """What is no name cannot be allowed."""
    headers = {"Host": "a..b"}
    received = IncomingRequest("GET", "http://a..b/", PREFIX, "", headers, lambda: b"")

    assert gate.objection(received, PREFIX) == "Host 'a..b' is no name of a host"


@pytest.mark.parametrize("site", ["cross-site", "same-site", "nonsense"])
@pytest.mark.parametrize("resource", ["state", "masks"])
def test_pages_of_other_sites_are_refused(
    control: Control, site: str, resource: str
) -> None:
    """A browser that says that another site asks is refused, visits included."""
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}

    response = control("GET", resource, headers=headers)

    assert answer(response) == (
        403,
        {
            "Code": "Forbidden",
            "Message": f"Sec-Fetch-Site {site}: a page of another site asks",
        },
    )


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_pages_of_this_site_are_served(control: Control, site: str) -> None:
    """The server's own page and whoever types an address are served."""
    response = control("GET", "masks", headers={"Sec-Fetch-Site": site})

    assert answer(response) == (200, {"Masks": []})


@pytest.mark.parametrize(
    ("method", "path", "mode", "dest", "refused"),
    [
        ("GET", PREFIX, "navigate", "document", False),
        ("GET", PREFIX.rstrip("/"), "navigate", "document", False),
        ("POST", PREFIX, "navigate", "document", True),
        ("GET", f"{PREFIX}state", "navigate", "document", True),
        ("GET", PREFIX, "no-cors", "script", True),
        ("GET", PREFIX, "navigate", "iframe", True),
    ],
)
def test_link_to_the_page(
    method: str, path: str, mode: str, dest: str, refused: bool
) -> None:
    """Anybody may follow a link to the page itself, and to nothing else."""
    headers = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": mode,
        "Sec-Fetch-Dest": dest,
    }
    url = f"http://localhost{path}"
    received = IncomingRequest(method, url, path, "", headers, lambda: b"")

    assert (gate.objection(received, PREFIX) is not None) == refused


@pytest.mark.parametrize("resource", ["masks", "nothing"])
def test_no_other_origin_may_read(control: Control, resource: str) -> None:
    """Every answer says that it is for this origin, and as what it is to be read."""
    headers = control("GET", resource).headers

    assert headers.get("Access-Control-Allow-Origin", "none") == "none"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_path_without_its_slash(origin: str) -> None:
    """The path without its last slash leads to that with it."""
    response = requests.get(
        f"{origin}/moto-api/proxymock", timeout=10, allow_redirects=False
    )

    assert response.status_code == 308
    assert response.headers["Location"] == PREFIX
