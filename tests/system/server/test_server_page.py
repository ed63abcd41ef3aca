"""The server and its page: where it is, who opens it, and what is logged of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import requests

from kit.transports.servers import Start, url_in
from proxymock import server

PAGE = "/moto-api/proxymock/"


@pytest.mark.measured
def test_page_opens_in_the_browser(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --open the browser of the person gets the address of the page."""
    opened = tmp_path / "opened"
    os.mkfifo(opened)
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))

    _, line = start("--open", "--host", "0.0.0.0")

    address = opened.read_text().strip()  # waits for the browser
    assert line.endswith(f"; inspector: {address}\n")
    assert address.startswith("http://127.0.0.1:")
    assert requests.get(address, timeout=10).status_code == 200


@pytest.mark.parametrize("other", [("--reload",), ("--host", "unix:///tmp/a.sock")])
def test_nothing_to_open(
    other: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """--open is refused where the address is not known, or is no browser's."""
    with pytest.raises(SystemExit):
        server.main(["--open", *other])

    assert "--open works neither with --reload nor with" in capsys.readouterr().err


@pytest.mark.measured
def test_log_is_quiet_while_a_page_watches(start: Start) -> None:
    """Who opens the page is logged, and what it asks each second is not."""
    process, line = start()
    url = url_in(line) + PAGE
    tag = requests.get(url, timeout=10).headers["ETag"]
    for _ in range(3):
        requests.get(url, headers={"If-None-Match": tag}, timeout=10)
    requests.get(f"{url}clock", timeout=10)

    process.terminate()
    _, log = process.communicate(timeout=30)

    asked = [entry.split('"')[1] for entry in log.splitlines() if '"' in entry]
    assert asked == [f"GET {PAGE} HTTP/1.1", f"GET {PAGE}clock HTTP/1.1"]
