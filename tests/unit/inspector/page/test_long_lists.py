"""Views of accounts with much of everything: pages, and rows that one can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.documents import seed
from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector
from kit.oracles.screens import Screen
from proxymock.inspector.views import VIEWS
from proxymock.plugin.control import simulation_of
from proxymock.plugin.sandbox_client import Faults, Functions, Phone
from proxymock.sandbox import snapshot

from .conftest import Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

MOST_ROWS = 150
PROXY = "+12015550150"
INVENTORY = [f"+1206{number}" for number in range(2220000, 2220120)]


def _rows(screen: Screen) -> int:
    return len([*screen.main.all("tr", "li")])


def _pager(screen: Screen) -> list[str]:
    """Return what the view says of how much it shows."""
    return [
        each.text
        for each in screen.main.all("p")
        if each.attributes.get("class") == "pager"
    ]


@pytest.fixture
def crowd() -> None:
    """Load an account with a hundred sessions and numbers."""
    sessions = [
        {
            "ProxySessionId": f"{n:08}-0000-4000-8000-000000000000",
            "ExpiryMinutes": 600,
            "ParticipantPhoneNumbers": [ALICE, f"+1415555{n:04}"],
            "ProxyPhoneNumber": f"+1201555{150 + n % 50:04}",
        }
        for n in range(50)
    ]
    document = seed(ProxySessions=sessions)
    region = document["Regions"]["us-east-1"]
    region["PhoneNumbers"] = [
        {"E164PhoneNumber": number, "ProductType": "VoiceConnector"}
        for number in INVENTORY
    ]
    snapshot.load(simulation_of("123456789012"), document)


@pytest.fixture
def busy(crowd: None, phone: Phone, faults: Faults, functions: Functions) -> None:
    """Have a hundred of everything else, too."""
    arn = "arn:aws:lambda:us-east-1:123456789012:function:f{}"
    for n in range(60):
        phone.text(ALICE, PROXY, f"Text {n}")
        phone.call(ALICE, f"+12015550{150 + n % 50}")
        phone.person(f"+1415555{n:04}", answers="busy")
        faults.inject("GetProxySession", "NotFoundException")
        functions.bind(arn.format(n), "http://127.0.0.1:3001")


@pytest.mark.sampled(2)
@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_short(look: Look, view: str) -> None:
    """No view has 150 rows, however much there is."""
    screen = look(view, **({"Number": ALICE} if view == "Person" else {}))

    assert 0 < _rows(screen) < MOST_ROWS or view == "State"


@pytest.mark.usefixtures("crowd")
def test_pages_of_the_inventory(look: Look) -> None:
    """The inventory has pages of its own; the other lists of the view stay."""
    first = look("Numbers")
    second = look("Numbers", InventoryToken=_token(first))

    shown = [
        [row[0] for row in each.table("Number", "Status")] for each in (first, second)
    ]
    assert [*map(len, shown)] == [50, 50]
    assert not {*shown[0]} & {*shown[1]}
    whole = "50 of 120 phone numbers of the account"
    assert _pager(first)[-1] == f"{whole} Older"
    assert _pager(second)[-1] == f"{whole} Newest Older"
    assert second.table("Number", "Countries") == first.table("Number", "Countries")
    assert second.links["Newest"] == "?View=Numbers"


def test_regions_of_numbers(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Pools and numbers in use are of all regions, and say so where one is chosen."""
    create_proxy_connector(client)

    assert (
        "Of all regions, as are the numbers in use"
        in look("Numbers", Region="eu-west-2").main.text
    )
    assert "Of all regions" not in look("Numbers").main.text


def _token(screen: Screen) -> str:
    return screen.links["Older"].rpartition("InventoryToken=")[2]


@pytest.mark.usefixtures("crowd")
def test_filter_of_numbers(look: Look) -> None:
    """A part of a number filters those in use and the inventory."""
    used = look("Numbers", Filter="555-0151")
    own = look("Numbers", Filter=INVENTORY[7][5:])

    assert [row[0] for row in used.table("Number", "Countries")] == ["+12015550151"]
    assert used.empty == ["No phone number of the account fits."]
    assert [row[0] for row in own.table("Number", "Status")] == [INVENTORY[7]]
    assert own.empty == ["No number in use fits."]


def test_more_connectors_than_are_offered(
    client: ChimeSDKVoiceClient, look: Look
) -> None:
    """Of very many connectors the newest are offered, and any is taken by its id."""
    ids = [create_proxy_connector(client) for _ in range(101)]
    pair = {"ParticipantPhoneNumbers": f"{ALICE},{BOB}"}

    few = look("Numbers", VoiceConnectorId=ids[0], **pair)

    offered = [each.attributes.get("value") for each in few.main.all("option")][:100]
    assert offered == ids[:0:-1]
    assert few.fields["Connector"] == "VoiceConnectorId"
    assert (
        "The newest 100 of 101 connectors are offered. Any other can be asked for by "
        "its id, which Resources has."
    ) in few.main.text
    [section] = few.main.all("section")
    assert section.text.startswith(f"The pair would get {PROXY}.")


@pytest.mark.usefixtures("busy")
def test_more_controls_than_are_shown(look: Look) -> None:
    """The newest of long lists are shown, with the way to all of them."""
    screen = look("Controls")

    assert _pager(screen) == [
        *("40 of 60 faults All, as JSON", "40 of 60 functions All, as JSON"),
        "40 of 60 people All, as JSON",
    ]
    assert screen.links["All, as JSON"] == "faults?AccountId=123456789012"
    assert screen.table("Number")[0][0] == "+14155550059"


@pytest.mark.usefixtures("busy")
def test_more_than_an_open_session_shows(look: Look) -> None:
    """An open session has its newest calls and texts, and leads to the others."""
    id = "00000000-0000-4000-8000-000000000000"

    screen = look("Sessions", Open=id)
    others = look("Calls", ProxySessionId=id)

    link = f"?View=Calls&ProxySessionId={id}"
    assert [each for each in screen.links.items() if each[1] == link] == [
        ("All 62", link)
    ]
    assert _pager(others)[0].startswith("50 of 62 calls and texts")


@pytest.mark.usefixtures("busy")
def test_more_than_a_person_shows(look: Look) -> None:
    """A person has 25 numbers a page, the newest calls, and the way to all of them."""
    screen = look("Person", Number=ALICE)

    rows = screen.table("From", "Number")
    assert (len(rows), _pager(screen)) == (25, ["25 of 50 numbers Next"])
    link = f"?View=Calls&Number=%2B{ALICE[1:]}"
    assert screen.links["All 120"] == link
