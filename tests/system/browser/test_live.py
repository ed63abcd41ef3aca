"""The page is up to date, and says so if it is not."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from system.browser.inspector import Inspector
from system.browser.worlds import DRIVER, RIDER, crowd, mask

# Within two seconds of the page's time, whatever this machine does meanwhile.
SOON = 2_000


def test_arrival(inspector: Inspector) -> None:
    """What happens elsewhere shows within two seconds."""
    inspector.page.clock.install()
    page = inspector.open("Sessions")

    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    page.clock.run_for(SOON)

    expect(page.get_by_role("link", name="Ride 17")).to_be_visible()


def test_rows_stay(inspector: Inspector) -> None:
    """What did not change stays the very element that it was, and keeps the focus."""
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    inspector.page.clock.install()
    page = inspector.open("Sessions")
    row = page.get_by_role("link", name="Ride 17")
    row.focus()
    row.evaluate("element => { element.marked = true }")

    mask(inspector.sandbox, RIDER, "+14155550103", Name="Ride 18")
    page.clock.run_for(SOON)

    expect(page.get_by_role("link", name="Ride 18")).to_be_visible()
    expect(row).to_be_focused()
    assert row.evaluate("element => element.marked")


def test_rows_that_go(inspector: Inspector) -> None:
    """A row that goes takes the focus of no other."""
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    id, _ = mask(inspector.sandbox, RIDER, "+14155550103", Name="Ride 18")
    inspector.page.clock.install()
    page = inspector.open("Sessions")
    row = page.get_by_role("link", name="Ride 17")
    row.focus()

    inspector.sandbox.client.delete_proxy_session(
        VoiceConnectorId=inspector.sandbox.voice_connector_id, ProxySessionId=id
    )
    page.clock.run_for(SOON)

    expect(page.get_by_role("link", name="Ride 18")).to_have_count(0)
    expect(row).to_be_focused()


def test_forms_stay(inspector: Inspector) -> None:
    """What is being typed stays when an empty list gets its first row."""
    inspector.page.clock.install()
    page = inspector.open("Controls")
    text = page.get_by_label("Text")
    text.fill("Slow")

    inspector.sandbox.faults.inject("CreateProxySession", "ThrottledClientException")
    page.clock.run_for(SOON)

    expect(page.get_by_role("button", name="Clear", exact=True)).to_be_visible()
    expect(text).to_have_value("Slow")
    expect(text).to_be_focused()


def test_countdown(inspector: Inspector) -> None:
    """Until when a session lasts counts down by the account's clock, unasked."""
    inspector.page.clock.install()
    mask(inspector.sandbox, RIDER, DRIVER, ExpiryMinutes=30)
    inspector.sandbox.clock.advance(minutes=10)
    page = inspector.open("Sessions")
    left = page.locator("tbody time.until")
    expect(left).to_have_text(re.compile(r"in (20 min 0|19 min \d+) s"))

    page.route("**", lambda route: None)  # never answered
    page.clock.run_for(600_000)

    expect(left).to_have_text(re.compile(r"in (10 min 0|9 min \d+) s"))
    # Both at once, since time goes on between two questions.
    said = page.locator("tbody time.until, .lanes tspan.until").all_text_contents()
    assert len(said) == 2
    assert len(set(said)) == 1


def test_new_rows_wait(inspector: Inspector) -> None:
    """Who reads an older page is told how many are new, and nothing moves."""
    crowd(inspector.sandbox, 60)
    inspector.page.clock.install()
    page = inspector.open("Sessions")
    page.get_by_role("link", name="Older").click()
    inspector.live()
    before = page.locator("tbody").inner_text()

    mask(inspector.sandbox, RIDER, DRIVER, Name="Newest")
    page.clock.run_for(SOON)

    button = page.get_by_role("button", name="1 new")
    expect(button).to_be_visible()
    assert page.locator("tbody").inner_text().split()[0] == before.split()[0]
    button.click()
    expect(page.get_by_role("link", name="Newest", exact=True)).to_be_visible()


def test_lost_and_restored(inspector: Inspector) -> None:
    """Without an answer a banner says since when, the data stay, and it recovers."""
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    inspector.page.clock.install()
    page = inspector.open("Sessions")
    banner = page.get_by_role("alert")
    expect(banner).to_be_hidden()

    page.route("**", lambda route: route.abort())
    page.clock.run_for(SOON)
    expect(banner).to_contain_text("server last answered at")
    expect(page.get_by_role("link", name="Ride 17")).to_be_visible()

    page.unroute("**")
    page.clock.run_for(SOON)
    expect(banner).to_be_hidden()
    inspector.live()
    inspector.messages[:] = [
        each for each in inspector.messages if "net::ERR_FAILED" not in each
    ]


def test_lost_wherever_one_reads(inspector: Inspector) -> None:
    """The banner is in sight at the top of a long page, and at its end."""
    crowd(inspector.sandbox, 60)
    inspector.page.clock.install()
    page = inspector.open("Sessions")
    banner = page.get_by_role("alert")

    page.route("**", lambda route: None)
    page.clock.run_for(10_000)
    expect(banner).to_be_in_viewport()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")

    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    expect(banner).to_be_in_viewport()


def test_open_row_that_goes(inspector: Inspector) -> None:
    """The open row may go while somebody looks; the page says so and stays live."""
    id, _ = mask(inspector.sandbox, RIDER, DRIVER)
    inspector.page.clock.install()
    page = inspector.open("Sessions", Open=id)

    inspector.sandbox.client.delete_proxy_session(
        VoiceConnectorId=inspector.sandbox.voice_connector_id, ProxySessionId=id
    )
    page.clock.run_for(SOON)
    expect(page.get_by_text("There is no proxy session")).to_be_visible()
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 18")
    page.clock.run_for(SOON)

    expect(page.get_by_role("link", name="Ride 18")).to_be_visible()
    inspector.live()


def test_stopped(inspector: Inspector) -> None:
    """A page that cannot be shown says so, and asks no more."""
    page = inspector.page
    page.clock.install()
    address = inspector.address("Nothing")
    page.goto(address)

    page.clock.run_for(60_000)

    expect(page.locator("#live")).to_have_text("stopped")
    assert [each.url for each in inspector.requests].count(address) == 1
    assert {*inspector.complaints()} == {404}


def test_no_answer_at_all(inspector: Inspector) -> None:
    """A server that takes a request and never answers is lost after five seconds."""
    inspector.page.clock.install()
    page = inspector.open("Now")

    page.route("**", lambda route: None)
    page.clock.run_for(10_000)

    expect(page.get_by_role("alert")).to_contain_text("server last answered at")


def test_answer_of_somebody_else(inspector: Inspector) -> None:
    """What something in between answers is no page; the data stay until it recovers."""
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    inspector.page.clock.install()
    page = inspector.open("Sessions")

    page.route("**", lambda route: route.fulfill(status=502, body="<p>Bad gateway"))
    page.clock.run_for(SOON)
    expect(page.get_by_role("alert")).to_contain_text("No answer (status 502)")
    expect(page.get_by_role("link", name="Ride 17")).to_be_visible()

    page.unroute("**")
    page.clock.run_for(SOON)
    inspector.live()
    assert {*inspector.complaints()} == {502}


def test_zone(inspector: Inspector) -> None:
    """Times are UTC, or local on demand, and the choice is kept."""
    page = inspector.open("Now")
    zone = page.locator("#zone")
    expect(zone).to_have_text("UTC")

    page.keyboard.press("t")

    expect(zone).to_have_text("Local")
    inspector.open("Sessions")
    expect(zone).to_have_text("Local")
