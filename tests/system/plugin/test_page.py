"""The inspector's page over HTTP, beside the control interface."""

from __future__ import annotations

import sys
from datetime import datetime, timezone

import pytest
import requests
import time_machine

from kit.transports import front
from kit.transports.control import Control, answer
from proxymock.plugin.control import PREFIX
from proxymock.plugin.sandbox_client import Clock, Phone

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'"
)
FILES = {
    "static/inspector.css": "text/css; charset=utf-8",
    "static/drawings.css": "text/css; charset=utf-8",
    "static/inspector.js": "text/javascript; charset=utf-8",
    "static/inspector.svg": "image/svg+xml",
}
NOON = datetime(2030, 1, 2, 12, tzinfo=timezone.utc)
LARGEST_SUM = 60 * 1024


def test_page_is_shut_to_all_others(control: Control) -> None:
    """The page loads its own files alone, stands in no frame, and is read as HTML."""
    response = control("GET", "")

    headers = response.headers
    assert response.status_code == 200
    assert {name: headers[name] for name in WANTED} == WANTED
    assert headers.get("Access-Control-Allow-Origin", "none") == "none"


WANTED = {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def test_page_tells_its_time(control: Control, clock: Clock) -> None:
    """The account's time is in a header, since the page must stay the same."""
    before = clock.set(clock.now().replace(year=2050))

    told = control("GET", "").headers["Proxymock-Time"]

    assert (told[:4], told[10], told[-1]) == ("2050", "T", "Z")
    assert told >= before.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_page_that_has_not_changed_is_not_sent_again(control: Control) -> None:
    """As long as nothing happens the page is the same, whatever the time is."""
    first = control("GET", "")

    second = control("GET", "", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["ETag"].startswith('W/"')
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Proxymock-Time"] >= first.headers["Proxymock-Time"]
    assert second.headers["Content-Security-Policy"] == POLICY


def test_page_that_has_changed_is_sent(control: Control, phone: Phone) -> None:
    """What happens gives the page another tag."""
    first = control("GET", "")
    phone.text("+12065550101", "+12015550150", "Hello")

    second = control("GET", "", headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, second.status_code) == (200, 200)
    assert second.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("path", FILES)
def test_files_of_the_page(control: Control, path: str) -> None:
    """A file has its type and a tag, and is not sent again."""
    first = control("GET", path)
    second = control("GET", path, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, first.headers["Content-Type"]) == (200, FILES[path])
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert (second.status_code, second.content) == (304, b"")


@pytest.mark.parametrize("path", ["", *FILES])
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, br", "gzip"), ("br", None), ("gzip;q=0", None), ("identity", None)],
)
def test_compressed_for_who_takes_it(
    control: Control, path: str, accepted: str, encoding: str | None
) -> None:
    """The page and its files are compressed if the browser says that it takes it."""
    with time_machine.travel(NOON, tick=False):
        plain = control("GET", path, headers={"Accept-Encoding": ""})
        response = control("GET", path, headers={"Accept-Encoding": accepted})

    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert (response.text, response.headers["ETag"]) == (
        plain.text,
        plain.headers["ETag"],
    )


def test_page_is_small(control: Control) -> None:
    """The page of an empty account and its files have less than 60 KB together."""
    sizes = {path: len(control("GET", path).content) for path in ("", *FILES)}

    assert sum(sizes.values()) < LARGEST_SUM, sizes


@pytest.mark.parametrize(
    "path",
    [
        *("static/", "static/nothing.js", "static/../pages.py", "static/%2e%2e/a"),
        *("static/inspector.css/x", "templates/base.html", "static"),
    ],
)
def test_no_other_files(control: Control, path: str) -> None:
    """Nothing else of the package is a file of the page."""
    status, members = answer(control("GET", path))

    assert (status, members["Code"]) == (404, "NotFound")


@pytest.mark.parametrize("path", ["", "static/inspector.css"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_page_is_read_only(control: Control, method: str, path: str) -> None:
    """Nobody sends anything to the page itself."""
    response = control(method, path)

    assert answer(response) == (
        405,
        {
            "Code": "MethodNotAllowed",
            "Message": f"{PREFIX}{path} takes GET, not {method}",
        },
    )


def test_head_of_the_page(control: Control) -> None:
    """HEAD tells what GET would."""
    response = control("HEAD", "")

    assert response.status_code == 200
    assert response.headers["ETag"] == control("GET", "").headers["ETag"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?View=Nothing", 404, "There is no view &#39;Nothing&#39;, only Now, "),
        ("?View=now", 404, "There is no view &#39;now&#39;, only Now, "),
        ("?View=Sessions&NextToken=x", 400, "NextToken must be the token of the page"),
        ("?View=Sessions&Status=Lost", 400, "Status must be one of Live, Open"),
        ("?View=Sessions&Colour=red", 400, "There is no member Colour; it takes"),
        ("?View=Sessions&Open=7&Status=Lost", 400, "Status must be one of Live, Open"),
        ("?View=Person", 400, "Number is required"),
        ("?View=Person&Number=Bob", 400, "Number must be a phone number"),
        ("?View=Now&Filter=x", 400, "There is no member Filter; it takes no members"),
        ("?View=State&Filter=x", 400, "There is no member Filter; it takes no members"),
    ],
)
def test_bad_address(control: Control, query: str, status: int, said: str) -> None:
    """An address that means nothing is told why, on a page that leads on."""
    response = control("GET", query)

    assert response.status_code == status
    assert said in response.text
    assert '<nav aria-label="Views">' in response.text
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    ("query", "said", "listed"),
    [
        ("?View=Sessions&Open=7", "There is no proxy session &#39;7&#39;", "Proxy ses"),
        ("?View=Calls&Open=7", "There is no call &#39;7&#39;", "Calls and texts would"),
        (
            "?View=Requests&Open=7",
            "The journal has no request &#39;7&#39;",
            "Requests t",
        ),
        (
            "?View=Requests&Open=x",
            "The journal has no request &#39;x&#39;",
            "Requests t",
        ),
    ],
)
def test_row_that_has_gone(
    control: Control, query: str, said: str, listed: str
) -> None:
    """Where the open row has gone, the page says so, and the rest of it stays."""
    response = control("GET", query)

    assert response.status_code == 200
    assert (said in response.text, listed in response.text) == (True, True)
    assert "ETag" in response.headers


def test_bad_account(control: Control) -> None:
    """There is no page of what is no account."""
    response = control("GET", "?AccountId=7")

    message = "AccountId must be twelve digits, not '7'"
    assert answer(response) == (400, {"Code": "BadRequest", "Message": message})


def test_account_of_the_address(control: Control) -> None:
    """The page shows the account that its address names."""
    response = control("GET", "?View=Now&AccountId=222222222222")

    assert (response.status_code, "222222222222" in response.text) == (200, True)


def test_path_without_its_slash_keeps_the_query(origin: str) -> None:
    """Whoever leaves out the slash sees the same."""
    response = requests.get(
        f"{origin}/moto-api/proxymock?View=Calls", timeout=10, allow_redirects=False
    )

    assert response.status_code == 308
    assert response.headers["Location"] == f"{PREFIX}?View=Calls"


def test_page_of_any_wsgi_server() -> None:
    """The application alone serves the page, too, and once."""
    body, status, headers = front.send("GET", PREFIX, "")

    assert status == "200 OK"
    assert headers["Content-Security-Policy"] == POLICY
    assert "Access-Control-Allow-Origin" not in headers
    assert b"<h1>Now</h1>" in b"".join(body)


def test_page_without_its_packages(
    control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where jinja2 is missing, the page says in one line what to install."""
    monkeypatch.setitem(sys.modules, "proxymock.inspector.pages", None)

    response = control("GET", "")

    assert response.status_code == 501
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("The inspector needs more packages (")
    assert response.text.endswith("): pip install 'proxymock[server]'\n")
