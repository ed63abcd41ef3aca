"""What the page costs: bytes, rows, lines of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kit.transports.servers import Start, url_in
from system.browser.inspector import PATH, VIEWS, Inspector
from system.browser.worlds import RIDER, crowd, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

MOST_BYTES = 60_000
MOST_ROWS = 150
SEVERAL = 5


@pytest.mark.parametrize("view", VIEWS)
def test_size(inspector: Inspector, view: str) -> None:
    """All that a view loads is at most sixty kilobytes, with a page of fifty, too."""
    crowd(inspector.sandbox, 200)
    answers: list[Response] = []
    inspector.page.on("response", lambda response: answers.append(response))

    inspector.open(view, **({"Number": RIDER} if view == "Person" else {}))

    sizes = {
        each.url: each.request.sizes()["responseBodySize"]
        for each in answers
        if each.status == 200
    }
    assert len(sizes) >= 4
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_crowd(inspector: Inspector, report: list[str]) -> None:
    """Of ten thousand sessions a page shows fifty, and is soon there."""
    crowd(inspector.sandbox, 10_000)

    page = inspector.open("Sessions")

    first_use = page.evaluate("performance.now()")
    assert page.get_by_text("50 of 10,000 sessions").first.is_visible()
    assert page.locator("main tr, main li").count() < MOST_ROWS
    times = [_server_time(inspector, view) for view in ("Now", "Sessions", "Numbers")]
    report.append(
        f"10,000 sessions: {first_use:.0f} ms to first use (1,500 wanted); "
        f"the slowest request takes {max(times):.1f} ms (20 wanted)"
    )


def _server_time(inspector: Inspector, view: str) -> float:
    """Return the time to the first byte of a view, the best of several, in ms."""
    address = inspector.address(view)
    times: list[float] = []
    for _ in range(SEVERAL):
        answer = inspector.page.goto(address)
        assert answer is not None
        timing = answer.request.timing
        times.append(timing["responseStart"] - timing["requestStart"])
    return min(times)


def test_nothing_new_costs_nothing(inspector: Inspector) -> None:
    """While nothing happens, each poll is answered by 304, without a body."""
    fill(inspector.sandbox)
    inspector.page.clock.install()
    inspector.open("Sessions")
    answers = []
    inspector.page.on("response", lambda each: answers.append(each.status))

    for _ in range(SEVERAL):
        with inspector.page.expect_response("**"):
            inspector.page.clock.run_for(1_000)

    assert answers == [304] * SEVERAL


def test_hidden_tab_asks_nothing(inspector: Inspector) -> None:
    """A tab that nobody sees does not ask."""
    inspector.page.clock.install()
    page = inspector.open("Now")
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    before = len(inspector.requests)

    page.clock.run_for(60_000)

    assert len(inspector.requests) <= before + 1


def test_log_is_quiet(browser: Browser, start: Start) -> None:
    """A tab that watches does not fill the server's log."""
    process, line = start()
    base = f"{url_in(line).rstrip('/')}{PATH}"
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(base)
    expect(page.get_by_text("live", exact=True)).to_be_visible()

    for _ in range(SEVERAL):
        with page.expect_response("**"):
            page.clock.run_for(1_000)
    context.close()
    process.terminate()
    _, log = process.communicate(timeout=30)

    # The page itself, and once more when its script did not have it yet.
    assert log.count(f'"GET {PATH} ') == 2, log
