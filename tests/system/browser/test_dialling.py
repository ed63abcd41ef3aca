"""Calls, texts and keys from the page, and what the phone network knows of them."""

from __future__ import annotations

from playwright.sync_api import expect

from system.browser.inspector import Inspector
from system.browser.worlds import DRIVER, HOTLINE, RIDER, fill, mask


def test_call_and_hang_up(inspector: Inspector) -> None:
    """A call from the page is a call; its ladder is there; who hangs up ends it."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    page = inspector.open("Calls")

    inspector.fill({"From": RIDER, "To": number})
    inspector.press("Call")

    expect(page.get_by_role("group", name="Ladder of the call")).to_be_visible()
    [call] = inspector.sandbox.phone.calls()
    assert (call.from_number, call.connected_to) == (RIDER, DRIVER)
    assert call.status == "InProgress"

    inspector.press("Hang up")

    expect(page.get_by_role("button", name="Hang up")).to_have_count(0)
    assert call.status == "Ended"


def test_text(inspector: Inspector) -> None:
    """A text from the page is in the log, as it was written."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    page = inspector.open("Calls")

    inspector.fill({"From": RIDER, "To": number, "Message": "I am <b>here</b>"})
    inspector.press("Send text")

    expect(page.get_by_text("I am <b>here</b>")).to_be_visible()
    [text] = inspector.sandbox.phone.log()
    assert (text.type, text.body) == ("Text", "I am <b>here</b>")


def test_keys_of_the_phone(inspector: Inspector) -> None:
    """Digits go to the leg that is chosen, and are in the ladder."""
    fill(inspector.sandbox)
    call = inspector.sandbox.phone.call(RIDER, HOTLINE)
    page = inspector.open("Calls", Open=call.id)

    inspector.fill({"Digits": "5#"})
    inspector.press("Press")

    expect(page.locator(".ladder").get_by_text("5#").first).to_be_visible()


def test_ringing(inspector: Inspector) -> None:
    """Whom a person of the test plays can answer, and can reject."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    inspector.sandbox.phone.person(DRIVER, answers="by hand")
    for button, outcome in (("Answer", "Connected"), ("Reject", "Rejected")):
        call = inspector.sandbox.phone.call(RIDER, number)
        page = inspector.open("Calls", Open=call.id)

        inspector.press(button)

        expect(page.get_by_role("button", name=button)).to_have_count(0)
        assert call.outcome == outcome
        inspector.requests.clear()


def test_call_again(inspector: Inspector) -> None:
    """A call is made again with one press."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    first = inspector.sandbox.phone.call(RIDER, number)
    first.hang_up()
    page = inspector.open("Calls", Open=first.id)

    inspector.press("Call again")

    expect(page.get_by_role("button", name="Hang up")).to_be_visible()
    assert [call.to_number for call in inspector.sandbox.phone.calls()] == [number] * 2


def test_refusal(inspector: Inspector) -> None:
    """What is refused is said beside the form, with the server's words."""
    page = inspector.open("Calls")

    inspector.fill({"From": "nobody", "To": HOTLINE})
    inspector.press("Call")

    expect(page.locator("form[aria-label=Phone] output")).to_contain_text("From")
    expect(inspector.field("From")).to_be_focused()
    assert inspector.sandbox.phone.log() == []
    # Chromium says so itself of each answer that is an error.
    assert inspector.complaints() == [400]
