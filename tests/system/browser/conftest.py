"""A browser for each run, a fresh profile for each test, and an account on a server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from system.browser.inspector import Inspector

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from proxymock import ServerSandbox

# Elsewhere there is no Playwright, and nothing to skip: tox run -e browser.
collect_ignore_glob = [] if find_spec("playwright") else ["test_*.py"]

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names of others that lead to this machine, as in DNS rebinding.
    "--host-resolver-rules=MAP *.example 127.0.0.1",
)
PATIENCE = 20_000  # milliseconds: how long a busy machine may take
HOW = "there is no browser; to get one: apt-get install chromium"
_REPORT = pytest.StashKey["list[str]"]()


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> list[str]:
    """Lines for the end of the run: what was measured, what could not be looked at."""
    return pytestconfig.stash.setdefault(_REPORT, [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was measured: no test fails for the machine that it runs on."""
    for line in config.stash.get(_REPORT, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def chromium(report: list[str]) -> str:
    """Where the browser of the system is."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        if os.environ.get("PROXYMOCK_BROWSER") == "required":
            pytest.fail(HOW, pytrace=False)
        report.append(f"tests/system/browser was skipped: {HOW}")
        pytest.skip(HOW)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser, for the whole run."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def mocked_aws() -> None:
    """Nothing is mocked in this process; the server is in one of its own."""


@pytest.fixture
def inspector(
    browser: Browser,
    proxymock_server: ServerSandbox,
    request: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[Inspector]:
    """The page of a fresh account, which in the end has kept what it promises.

    It has asked nothing but its server, and has said nothing on the console.
    """
    inspector = Inspector(browser, proxymock_server)
    yield inspector
    if request.session.testsfailed:
        inspector.page.screenshot(path=tmp_path / "page.png", full_page=True)
        (tmp_path / "page.html").write_text(inspector.page.content(), "utf-8")
    inspector.close()
    assert inspector.asked_elsewhere() == []
    assert inspector.messages == []
