"""What else can be done from the page: time, faults, sessions, states."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from playwright.sync_api import expect

from system.browser.inspector import Inspector
from system.browser.worlds import DRIVER, RIDER, fill, mask


def test_end_a_session(inspector: Inspector) -> None:
    """A session ends by the API's own operation."""
    id, _ = mask(inspector.sandbox, RIDER, DRIVER, Name="Ride 17")
    page = inspector.open("Sessions", Open=id)

    inspector.press("End session")

    expect(page.get_by_role("link", name="Ride 17")).to_have_count(0)
    assert inspector.sandbox.phone.masks() == []


def test_advance(inspector: Inspector) -> None:
    """The account's clock goes on by so many seconds, and back to real time."""
    sandbox = inspector.sandbox
    before = sandbox.clock.now()
    page = inspector.open("Controls")

    inspector.fill({"Seconds": "7200"})
    inspector.press("Advance")
    expect(page.get_by_text("ahead", exact=False).first).to_be_visible()
    assert sandbox.clock.now() - before >= timedelta(hours=2)

    inspector.press("Reset clock")
    expect(page.get_by_text("The clock shows real time.")).to_be_visible()
    assert sandbox.clock.now() - before < timedelta(hours=2)


def test_advance_to_what_falls_due(inspector: Inspector) -> None:
    """One press leads to what happens next."""
    mask(inspector.sandbox, RIDER, DRIVER)
    page = inspector.open("Now")

    inspector.press("Advance")

    expect(page.get_by_text("The session behind")).to_have_count(0)
    assert inspector.sandbox.phone.masks() == []


def test_faults(inspector: Inspector) -> None:
    """A fault is one of the errors that the chosen operation has."""
    page = inspector.open("Controls")
    page.locator("#operation").select_option("GetProxySession")
    choices = page.locator("#error").locator("option:not([disabled])")
    offered = choices.all_inner_texts()

    page.locator("#error").select_option("NotFoundException")
    inspector.press("Inject fault")

    expect(page.locator("tbody").get_by_text("GetProxySession")).to_be_visible()
    [fault] = inspector.sandbox.faults.pending()
    assert (fault.operation, fault.error) == ("GetProxySession", "NotFoundException")
    assert sorted(offered) == [
        "BadRequestException",
        "ForbiddenException",
        "NotFoundException",
        "ServiceFailureException",
        "ServiceUnavailableException",
        "ThrottledClientException",
        "UnauthorizedClientException",
    ]


def test_state(inspector: Inspector) -> None:
    """A state that is loaded replaces all, one that is wrong nothing; both by hand."""
    sandbox = inspector.sandbox
    fill(sandbox)
    before = sandbox.snapshot.export()
    page = inspector.open("State")

    wrong = {"FormatVersion": 2, "Regions": {"us-east-1": {"VoiceConnectors": [{}]}}}
    inspector.fill({"Document": json.dumps(wrong, indent=2)})
    inspector.press("Load state")
    expect(page.locator("output").first).to_contain_text("VoiceConnectors[0]")
    assert sandbox.snapshot.export() == before
    assert inspector.complaints() == [400]

    inspector.fill({"Document": '{"FormatVersion": 2, "Regions": {}}'})
    inspector.press("Load state")
    expect(page.locator("output").first).to_have_text("Done.")
    assert sandbox.phone.log() == []

    inspector.press("Undo")
    expect(page.locator("output").nth(1)).to_have_text("Done.")
    assert sandbox.snapshot.export() == before


def test_broken_document(inspector: Inspector) -> None:
    """Where a document is no JSON any more, the cursor is, whatever stands before."""
    page = inspector.open("State")
    begin = '{"Title": "\N{TAXI}\N{TAXI}", "FormatVersion": '

    inspector.fill({"Document": begin + "two}"})
    inspector.press("Load state")

    document = inspector.field("Document")
    expect(document).to_be_focused()
    before = document.evaluate("each => each.value.slice(0, each.selectionStart)")
    assert before == begin
    assert page.locator("output").first.inner_text() != ""
    assert inspector.complaints() == [400]


def test_save(inspector: Inspector) -> None:
    """A state is saved as the file that a load takes."""
    mask(inspector.sandbox, RIDER, DRIVER)
    page = inspector.open("State")

    with page.expect_download() as download:
        inspector.press("Save state")

    saved = json.loads(download.value.path().read_text("utf-8"))
    assert saved == inspector.sandbox.snapshot.export()


def test_search_and_order(inspector: Inspector) -> None:
    """Numbers that a search has found are ordered, and are then in the inventory."""
    page = inspector.open("Numbers")

    inspector.fill({"Area code": "206"})
    inspector.press("Search")
    found = page.get_by_label("Numbers", exact=True)
    expect(found).to_have_value(re.compile(r"^\+1206\d{7}\n"))
    wanted = found.input_value().split()[0]
    found.fill(wanted)
    inspector.press("Order")

    row = page.locator(f"[id='inventory-{wanted}']")
    expect(row).to_be_visible()
    answer = inspector.sandbox.client.list_phone_numbers()
    assert [each["E164PhoneNumber"] for each in answer["PhoneNumbers"]] == [wanted]


def test_copy(inspector: Inspector) -> None:
    """A command is copied as it stands there, for the shell."""
    page = inspector.open("Sessions")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    inspector.press("Copy")

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("pre").first.text_content()
    assert inspector.sandbox.endpoint_url in copied
