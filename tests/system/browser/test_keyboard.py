"""The keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from system.browser.inspector import Inspector
from system.browser.worlds import DRIVER, RIDER, mask


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus has a name."""
    for _ in range(100):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "[document.activeElement.innerText, document.activeElement.name]"
        )
        if name in focused:
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_call_by_keyboard(inspector: Inspector) -> None:
    """From the address to a call that stands, and to its end, without a mouse."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    page = inspector.open("Now")

    _tab_to(page, "Calls")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Calls")
    inspector.live()
    _tab_to(page, "From")
    page.keyboard.type(RIDER)
    _tab_to(page, "To")
    page.keyboard.type(number)
    _tab_to(page, "Call")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Ladder of the call")).to_be_visible()
    _tab_to(page, "Hang up")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Hang up")).to_have_count(0)

    [call] = inspector.sandbox.phone.calls()
    assert (call.status, call.connected_to) == ("Ended", DRIVER)


def test_keys(inspector: Inspector) -> None:
    """The question mark lists the keys; a digit leads to a view; none in fields."""
    page = inspector.open("Now")
    heading = page.get_by_role("heading", level=1)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("3")
    expect(heading).to_have_text("Calls")
    inspector.live()
    inspector.field("From").press("2")
    expect(inspector.field("From")).to_have_value("2")
    expect(heading).to_have_text("Calls")


def test_keys_are_off(inspector: Inspector) -> None:
    """Who has no use for the keys switches them off, for good."""
    page = inspector.open("Now")
    page.keyboard.press("?")
    page.get_by_label("Keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    inspector.open("Now")

    page.keyboard.press("3")
    page.keyboard.press("?")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("Now")


def test_rows(inspector: Inspector) -> None:
    """The keys j and k lead from row to row, and Enter opens one."""
    mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    mask(inspector.sandbox, RIDER, "+14155550103", Name="Ride 18")
    page = inspector.open("Sessions")

    for key in "jjk":
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Ride 18")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("group", name="Life of the session")).to_be_visible()


def test_focus_shows(inspector: Inspector) -> None:
    """Where the focus is can be seen, and the first thing leads to the content."""
    page = inspector.open("Sessions")

    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"
