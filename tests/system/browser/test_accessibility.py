"""What axe finds wrong for people who see little, or nothing, or use no mouse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from proxymock import ServerSandbox
from system.browser.inspector import VIEWS, Inspector
from system.browser.worlds import RIDER, confer, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AXE = Axe()


@pytest.fixture(scope="module")
def sandboxes(proxymock_server_url: str) -> Iterator[dict[str, ServerSandbox]]:
    """An account with nothing, and one with something in each view."""
    made = {name: ServerSandbox.on(proxymock_server_url) for name in ("empty", "full")}
    fill(made["full"])
    confer(made["full"])
    yield made
    made["full"].functions.close()


def _opened(sandbox: ServerSandbox, view: str) -> list[dict[str, str]]:
    """Return the members of the addresses at which a view shows a thing."""
    if view == "Calls":
        ids = [call.id for call in sandbox.phone.calls()]
        whole = [{"Open": id, "Ladder": "conversation"} for id in ids[-1:]]
        return [*({"Open": id} for id in ids), *whole]
    if view == "Sessions":
        return [{"Open": mask.proxy_session_id} for mask in sandbox.phone.masks()[:1]]
    return []


def _violations(inspector: Inspector) -> list[str]:
    found = AXE.run(inspector.page).response["violations"]
    return [
        f"{each['id']}: {each['help']}: {[node['html'] for node in each['nodes']]}"
        for each in found
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("account", ["empty", "full"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_violations(
    browser: Browser,
    sandboxes: dict[str, ServerSandbox],
    view: str,
    account: str,
    scheme: str,
) -> None:
    """Axe has nothing to say of any view, empty or full, light or dark."""
    sandbox = sandboxes[account]
    # What axe is evaluated from is no script of the page.
    inspector = Inspector(browser, sandbox, color_scheme=scheme, bypass_csp=True)

    found = []
    whole = {"Number": RIDER} if view == "Person" else {}
    for members in (whole, *_opened(sandbox, view)):
        inspector.open(view, **members)
        found += _violations(inspector)
    inspector.close()

    assert found == []


@pytest.mark.parametrize("width", [360, 640])
@pytest.mark.parametrize("view", VIEWS)
def test_no_sideways_scrolling(
    browser: Browser, sandboxes: dict[str, ServerSandbox], view: str, width: int
) -> None:
    """On a phone, and on a screen of 1280 pixels at 200 %, only tables scroll."""
    sandbox = sandboxes["full"]
    inspector = Inspector(browser, sandbox, viewport={"width": width, "height": 700})
    whole = {"Number": RIDER} if view == "Person" else {}

    widths = {}
    for members in (whole, *_opened(sandbox, view)):
        page = inspector.open(view, **members)
        widths[page.url] = page.evaluate("document.documentElement.scrollWidth")
    inspector.close()

    assert {url: wide for url, wide in widths.items() if wide > width} == {}
