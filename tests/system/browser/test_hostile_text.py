"""Texts of users that would rather be something else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from system.browser.inspector import VIEWS, Inspector
from system.browser.worlds import DRIVER, RIDER, fill, mask

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
    assert page.title() != "owned"
    assert page.locator("main img, main script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_view(inspector: Inspector) -> None:
    """The name of a session and of a connector is a text in every view."""
    sandbox = inspector.sandbox
    fill(sandbox)
    sandbox.client.create_voice_connector(Name=IMAGE, RequireEncryption=True)
    id, _ = mask(sandbox, RIDER, "+14155550199", Name=IMAGE)

    for view in VIEWS:
        page = inspector.open(view, **({"Number": RIDER} if view == "Person" else {}))
        assert page.title() != "owned"
        assert page.locator("main img").count() == 0
    page = inspector.open("Sessions", Open=id)
    expect(page.get_by_text(IMAGE).first).to_be_visible()
