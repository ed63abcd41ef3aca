"""What holds for all views, empty and full."""

from __future__ import annotations

from collections import Counter
from urllib.parse import parse_qsl

import pytest

from kit.builders.full_account import create_everything
from kit.builders.people import ALICE, BOB
from kit.oracles.screens import Screen
from proxymock.inspector.pages import page
from proxymock.inspector.views import NAVIGATION, VIEWS
from proxymock.plugin.control import simulation_of
from proxymock.plugin.sandbox_client import Faults, Functions, Phone

from .conftest import SERVER, Look

ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
FIELDS = {"Person": {"Number": ALICE}}


@pytest.fixture(params=["empty", "full"])
def account(
    request: pytest.FixtureRequest, faults: Faults, phone: Phone, functions: Functions
) -> str:
    """An account with nothing, or with one of everything."""
    if request.param == "full":
        create_everything()
        faults.inject("GetProxySession", "NotFoundException")
        phone.person(BOB, answers="by hand", hangs_up_after=5)
        phone.text(ALICE, BOB, "Hello")
        phone.call(ALICE, BOB)
        functions.bind(ARN, "http://127.0.0.1:3001")
        functions.fail(ARN, "timeout")
    return str(request.param)


@pytest.mark.parametrize("view", VIEWS)
def test_view_is_whole(look: Look, account: str, view: str) -> None:
    """Ids are unique, fields have labels, and the view says where one is."""
    screen = look(view, **FIELDS.get(view, {}))

    twice = [id for id, count in Counter(screen.ids).items() if count > 1]
    current = [
        each.text
        for each in screen.document.all("a")
        if each.attributes.get("aria-current") == "page"
    ]
    assert twice == []
    assert screen.unlabelled == []
    assert current == [view][: view != "Person"]
    assert screen.headings[0] == (ALICE if view == "Person" else view)
    assert [screen.links[name][:6] for name in NAVIGATION] == ["?View="] * 8


@pytest.mark.sampled(1)
def test_every_link_leads_somewhere(account: str) -> None:
    """From the first view every link leads to a page, and so does every link there."""
    simulation = simulation_of("123456789012")
    seen: set[str] = set()
    new = {"?View=Now"}
    wrong = []
    while new:
        seen |= new
        found: set[str] = set()
        for address in new:
            query = dict(parse_qsl(address[1:]))
            shown = page(simulation, query, SERVER)
            wrong += [address] * (shown.status != 200)
            found |= _links(shown.html)
        new = found - seen

    assert wrong == []
    assert {dict(parse_qsl(each[1:]))["View"] for each in seen} >= {*NAVIGATION}


def _links(html: str) -> set[str]:
    """Return the links of a page, of pages that are not of filters alone."""
    filters = {"Status", "Type", "Outcome", "Ended", "Kind", "Region"}
    return {
        link
        for link in Screen(html).addresses
        if len(filters & {name for name, _ in parse_qsl(link[1:])}) < 2
    }


@pytest.mark.parametrize("view", VIEWS)
def test_same_page_as_long_as_nothing_changes(account: str, view: str) -> None:
    """A look changes nothing, so that the page need not be sent again."""
    simulation = simulation_of("123456789012")
    query = {"View": view, **FIELDS.get(view, {})}

    first, second = (page(simulation, query, SERVER) for _ in range(2))

    assert first == second
    assert first.now == "2026-01-02T12:00:00.000Z"
    assert first.body.count(first.now) == first.html.count(first.now) + 2
