"""Texts of users that would rather be something else."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from playwright.sync_api import expect

from system.browser.inspector import VIEWS, Inspector
from system.browser.worlds import (
    DRIVER,
    FUNCTION,
    HOTLINE,
    RIDER,
    fill,
    greets_with,
    mask,
)

IMAGE = "<img src=x onerror='document.title=`owned`'>"
HOSTILE = (
    IMAGE,
    "</script><script>document.title='owned'</script>",
    "abc\u202edef\u2066",
    "nul\x00\x1b[31m",
    "w" * 10_000,
    "'; document.title='owned'; //",
    "{{ 7 * 7 }}",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_texts_stay_texts(inspector: Inspector, text: str) -> None:
    """Nothing that a text says is done; what cannot be seen of it shows."""
    _, number = mask(inspector.sandbox, RIDER, DRIVER)
    inspector.sandbox.phone.text(RIDER, number, text)

    page = inspector.open("Calls")

    body = page.get_by_text("“").first
    expect(body).to_be_visible()
    shown = body.inner_text()
    assert not {"\u202e", "\u2066", "\x00", "\x1b"} & {*shown}
    assert page.title() == "Calls · proxymock"
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view(inspector: Inspector, view: str) -> None:
    """What users write anywhere is a text everywhere."""
    sandbox = inspector.sandbox
    fill(sandbox)
    sandbox.faults.inject("GetProxySession", "NotFoundException", message=IMAGE)
    with pytest.raises(ClientError):
        mask(sandbox, RIDER, DRIVER, Name=IMAGE)  # The journal has what it was sent.
    sandbox.functions.bind(FUNCTION, greets_with(IMAGE))
    call = sandbox.phone.call(RIDER, HOTLINE)
    address = {"Person": {"Number": RIDER}, "Calls": {"Open": call.id}}

    page = inspector.open(view, **address.get(view, {}))

    assert page.title().endswith(" · proxymock")
    assert page.locator("main img").count() == 0
