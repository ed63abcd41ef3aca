"""Pages of others, and names of others that lead here."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from kit.transports.servers import running
from system.browser.inspector import PATH, Inspector
from system.browser.worlds import DRIVER, RIDER, mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ATTEMPTS = """async ([base, account]) => {
  const sent = async (method, path, body) => {
    try {
      const url = `${base}${path}?AccountId=${account}`;
      return (await fetch(url, { method, body })).status;
    } catch { return "refused"; }
  };
  return [
    await sent("GET", "state"), await sent("POST", "clock", '{"Advance": 9999}'),
    await sent("DELETE", "faults"), await sent("GET", "overview"),
    await sent("GET", ""),
  ];
}"""


def _page_of_others(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"<!doctype html><title>Others</title>"]


@pytest.fixture
def others() -> Iterator[str]:
    """The address of a page of another origin."""
    with running(_page_of_others) as (url, _):
        yield url


def test_pages_of_others(inspector: Inspector, others: str) -> None:
    """A page of another origin reads nothing and changes nothing."""
    mask(inspector.sandbox, RIDER, DRIVER)
    before = inspector.sandbox.snapshot.export()
    page = inspector.page
    page.goto(others)

    base = inspector.sandbox.endpoint_url + PATH
    got = page.evaluate(ATTEMPTS, [base, inspector.sandbox.account_id])

    assert got == ["refused"] * 5
    assert inspector.sandbox.snapshot.export() == before
    inspector.forget()


def test_frames_of_others(inspector: Inspector, others: str) -> None:
    """No page of others shows this one in a frame, where it could be clicked."""
    page = inspector.page
    page.goto(others)

    address = inspector.address("Controls")
    page.evaluate(
        "url => document.body.append(Object.assign("
        "document.createElement('iframe'), { src: url }))",
        address,
    )

    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="Advance")).to_have_count(0)
    inspector.forget()


def test_names_of_others(inspector: Inspector) -> None:
    """A name that somebody else has led to this machine is told nothing."""
    port = urlsplit(inspector.sandbox.endpoint_url).port
    base = f"http://rebound.example:{port}{PATH}"
    page = inspector.page

    answer = page.goto(base)
    assert answer is not None
    assert (answer.status, "--allow-host" in page.content()) == (403, True)

    got = page.evaluate(ATTEMPTS, [base, inspector.sandbox.account_id])
    assert got == [403] * 5
    inspector.forget()


def test_policy(inspector: Inspector) -> None:
    """The page runs its own script and no other, not even by its own hand."""
    page = inspector.open("Now")

    for deed in (
        "document.body.append(Object.assign("
        "document.createElement('script'), { text: 'document.title = 1' }))",
        "document.body.innerHTML = '<b>'",
        "document.body.setAttribute('style', 'color: red') ?? "
        "fetch('http://elsewhere.example/')",
    ):
        page.evaluate(f"async () => {{ try {{ await ({deed}) }} catch {{}} }}")

    assert "proxymock" in page.title()
    assert page.locator("main").count() == 1
    assert inspector.messages != []
    inspector.forget()
