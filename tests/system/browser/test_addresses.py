"""The address says everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from system.browser.inspector import VIEWS, Inspector
from system.browser.worlds import RIDER, crowd, fill

# Of a copy, since the page puts its times back.
TEXT = """() => {
  const main = document.querySelector("main").cloneNode(true);
  main.querySelectorAll("time, tspan[datetime]").forEach((each) => each.remove());
  return main.textContent;
}"""


def _text(page: Page) -> list[str]:
    """Return the words of the page, but for times, which go on."""
    return str(page.evaluate(TEXT)).split()


@pytest.mark.parametrize("view", [each for each in VIEWS if each != "Person"])
def test_navigation(inspector: Inspector, view: str) -> None:
    """Each view is a link away, and says that it is where one is."""
    page = inspector.open("Now")

    link = page.get_by_role("navigation").get_by_role("link", name=view, exact=True)
    link.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(view)
    expect(link).to_have_attribute("aria-current", "page")


def test_person(inspector: Inspector) -> None:
    """Every number leads to the person who has it."""
    fill(inspector.sandbox)
    page = inspector.open("Sessions")

    page.get_by_role("link", name=RIDER).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text(RIDER)


def test_links_reproduce_the_screen(inspector: Inspector) -> None:
    """Whoever is sent the address sees the same: filter, page and open row."""
    crowd(inspector.sandbox, 120)
    page = inspector.open("Sessions")
    inspector.field("Filter").fill("Ride 1")
    inspector.field("Filter").press("Enter")
    expect(page.get_by_role("link", name="Ride 99", exact=True)).to_have_count(0)
    page.get_by_role("link", name="Ride 117", exact=True).click()
    expect(page.get_by_role("group", name="Life of the session")).to_be_visible()
    address, text = page.url, _text(page)

    page.goto("about:blank")
    page.goto(address)
    inspector.live()

    assert _text(page) == text


def test_back_and_forward(inspector: Inspector) -> None:
    """Back and forward lead through the views as they were."""
    page = inspector.open("Now")
    heading = page.get_by_role("heading", level=1)
    for view in ("Sessions", "Calls"):
        page.get_by_role("navigation").get_by_role("link", name=view).click()
        expect(heading).to_have_text(view)

    page.go_back()
    expect(heading).to_have_text("Sessions")
    page.go_back()
    expect(heading).to_have_text("Now")
    page.go_forward()
    expect(heading).to_have_text("Sessions")


def test_unknown_addresses(inspector: Inspector) -> None:
    """What an address means that means nothing is said, with a way out."""
    page = inspector.page
    for view, members, said in (
        ("Nothing", {}, "There is no view"),
        ("Sessions", {"Status": "Lost"}, "Status must be one of"),
    ):
        page.goto(inspector.address(view, **members))
        expect(page.get_by_role("link", name="Sessions").first).to_be_visible()
        expect(page.get_by_text(said).first).to_be_visible()
    assert {*inspector.complaints()} == {400, 404}


@pytest.mark.parametrize(
    ("view", "part", "shown"),
    [
        ("Sessions", "(415) 555-0104", "1 of 1 sessions"),
        ("Calls", "555010", "3 of 3 calls and texts"),
        ("Numbers", "0151", "1 of 1 numbers in use"),
        ("Resources", "hot", "1 of 1 resources"),
        ("Requests", "PROXY", "4 of 4 requests"),
    ],
)
def test_filter(inspector: Inspector, view: str, part: str, shown: str) -> None:
    """Filter takes a part of what there is, in any case; emptied, it is off."""
    fill(inspector.sandbox)
    page = inspector.open(view)
    pager = page.locator(".pager").first
    everything = pager.inner_text()

    for text, said in ((part, shown), ("", everything)):
        inspector.field("Filter").fill(text)
        inspector.field("Filter").press("Enter")
        expect(pager).to_have_text(said)
