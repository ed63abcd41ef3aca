"""The inspector as somebody uses it: by the names of what is on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Request

    from proxymock import ServerSandbox

PATH = "/moto-api/proxymock/"
VIEWS = (
    *("Now", "Sessions", "Person", "Calls", "Numbers"),
    *("Resources", "Requests", "Controls", "State"),
)


class Inspector:
    """A tab of a browser of its own, and the account that it looks at.

    *requests* are what the tab has asked for, *messages* what was said on the console.
    """

    def __init__(
        self, browser: Browser, sandbox: ServerSandbox, **context: Any
    ) -> None:
        self.sandbox = sandbox
        self.requests: list[Request] = []
        self.messages: list[str] = []
        self._context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, **context}
        )
        self.page = self._tab()

    def _tab(self) -> Page:
        page = self._context.new_page()
        page.on("request", lambda request: self.requests.append(request))
        page.on("console", lambda message: self.messages.append(message.text))
        page.on("pageerror", lambda error: self.messages.append(str(error)))
        return page

    def close(self) -> None:
        """Close the tab, and forget its profile."""
        self._context.close()

    def address(self, view: str, **members: str) -> str:
        """Return the address of a view of the account."""
        query = {"View": view, "AccountId": self.sandbox.account_id, **members}
        return f"{self.sandbox.endpoint_url}{PATH}?{urlencode(query)}"

    def open(self, view: str, **members: str) -> Page:
        """Go to a view, and wait until the page is up to date."""
        # Whoever listens afterwards is not to hear of the first answer, reported late.
        with self.page.expect_response(
            lambda response: response.request.resource_type == "fetch"
        ):
            self.page.goto(self.address(view, **members))
        self.live()
        return self.page

    def live(self) -> None:
        """Wait until the page says that it is up to date.

        Its forms are hidden until its script runs. A field that has the focus before
        loses it to the style sheet, so wait for this before the keyboard is used.
        """
        self.page.get_by_text("live", exact=True).wait_for()

    def field(self, name: str) -> Locator:
        """Return a field by its label."""
        return self.page.get_by_label(name, exact=True).first

    def fill(self, fields: Mapping[str, str]) -> None:
        """Fill fields by their labels."""
        for name, text in fields.items():
            self.field(name).fill(text)

    def press(self, button: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=button, exact=True).first.click()

    def asked_elsewhere(self) -> list[str]:
        """Return the addresses on other servers that the tab has asked."""
        server = urlsplit(self.sandbox.endpoint_url).netloc
        return [
            request.url
            for request in self.requests
            if urlsplit(request.url).netloc != server
            and urlsplit(request.url).scheme in ("http", "https", "ws", "wss")
        ]

    def complaints(self) -> list[int]:
        """Forget what Chromium says of answers that are errors; return their statuses.

        It says so on the console, whatever the page makes of them.
        """
        status = re.compile(r"Failed to load resource: .* status of (\d+)")
        found = [status.match(each) for each in self.messages]
        self.messages = [
            each
            for each, is_that in zip(self.messages, found, strict=True)
            if not is_that
        ]
        return [int(each[1]) for each in found if each]

    def forget(self) -> None:
        """Forget what a test has provoked: requests, and what the console says."""
        self.page.goto("about:blank")
        self.requests.clear()
        self.messages.clear()
