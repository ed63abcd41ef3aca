"""Pictures for the documents, made by looking at the page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from proxymock import ServerSandbox
from system.browser.inspector import Inspector
from system.browser.worlds import HOTLINE, confer, fill

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_BYTES = 150_000
WIDE, NARROW = {"width": 1100, "height": 700}, {"width": 360, "height": 700}
# For what would scroll in the others.
TALL, WHOLE = {"width": 1100, "height": 1100}, {"width": 1280, "height": 700}


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures go: nowhere, unless somebody wants them."""
    wanted = os.environ.get("PROXYMOCK_PICTURES")
    place = tmp_path if wanted is None else Path(wanted)
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def sandbox(proxymock_server: ServerSandbox) -> ServerSandbox:
    """An account with something in each view."""
    fill(proxymock_server)
    return proxymock_server


def _opened(sandbox: ServerSandbox, name: str, view: str) -> dict[str, str]:
    if name == "conversation":
        return {"Open": confer(sandbox), "Ladder": "conversation"}
    if view == "Calls":
        [call] = [c for c in sandbox.phone.calls() if c.to_number == HOTLINE]
        return {"Open": call.id}
    if view == "Sessions":
        sandbox.clock.advance(minutes=20)  # or nothing of its life would be past
        return {"Open": sandbox.phone.masks()[-1].proxy_session_id}
    return {}


@pytest.mark.parametrize(
    ("name", "view", "size", "scheme", "within"),
    [
        ("now", "Now", WIDE, "light", None),
        ("sessions", "Sessions", WIDE, "light", None),
        ("lanes", "Sessions", WIDE, "light", "figure:has(.lanes)"),
        ("ladder", "Calls", WIDE, "dark", "figure:has(.ladder)"),
        ("conversation", "Calls", TALL, "light", "figure:has(.ladder)"),
        ("resources", "Resources", WHOLE, "light", "figure:has(.resources)"),
        ("narrow", "Sessions", NARROW, "dark", None),
    ],
)
def test_picture(
    browser: Browser,
    sandbox: ServerSandbox,
    pictures: Path,
    name: str,
    view: str,
    size: dict[str, int],
    scheme: str,
    within: str | None,
) -> None:
    """A picture shows what its name says, and is small enough for a document."""
    inspector = Inspector(browser, sandbox, viewport=size, color_scheme=scheme)
    page = inspector.open(view, **_opened(sandbox, name, view))
    path = pictures / f"{name}.png"

    (page if within is None else page.locator(within)).screenshot(path=path)

    inspector.close()
    assert path.stat().st_size < MOST_BYTES
