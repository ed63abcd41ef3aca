"""The views of masking: Now, Sessions, Person and Numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.builders.rides import mask
from proxymock.plugin.sandbox_client import Clock, Faults, Phone

from .conftest import Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NUMBER, OTHER = "+12015550150", "+12015550151"
NONE = "\N{EN DASH}"
NOON, ONE = "01-02 12:00:00", "01-02 13:00:00"


def test_now(
    client: ChimeSDKVoiceClient, phone: Phone, faults: Faults, look: Look
) -> None:
    """Now shows what lives, what falls due next, what happened last, and faults."""
    connector = create_proxy_connector(client)
    mask(client, connector, Name="Ride 7")
    phone.text(ALICE, NUMBER, "On my way")
    phone.call(ALICE, NUMBER)
    faults.inject("GetProxySession", "NotFoundException", times=2)

    screen = look("Now")

    live = ["Ride 7", "InProgress", BOB, NUMBER, ALICE, ONE, "SMS, Voice", connector]
    assert screen.table("Session") == [live]
    assert screen.table("Time") == [
        [NOON, "Call", ALICE, NUMBER, "Connected", BOB, NUMBER],
        [NOON, "Text", ALICE, NUMBER, "Connected", BOB, NUMBER],
        ["", "“On my way”"],
    ]
    assert [each.text for each in screen.main.all("li")] == [
        *("1 live session", "1 open call", "0 phone numbers", "1 connector"),
        "3 requests",
        f"InProgress {ALICE} → {NUMBER}",
        f"{ONE} The session behind {NUMBER} expires",
        "GetProxySession answers NotFoundException 2 times",
    ]
    assert screen.buttons == ["Advance"]


def test_more_than_now_shows(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Now shows ten sessions, and leads to the others."""
    connector = create_proxy_connector(client)
    for number in range(11):
        create_session(
            client,
            connector,
            ParticipantPhoneNumbers=[ALICE, f"+130355501{number:02}"],
        )

    screen = look("Now")

    assert len(screen.table("Session")) == 10
    assert screen.links["All 11"] == "?View=Sessions&Status=Live"


def test_sessions(client: ChimeSDKVoiceClient, clock: Clock, look: Look) -> None:
    """The newest session comes first, by its name, or the beginning of its id."""
    connector = create_proxy_connector(client)
    _, first = mask(client, connector, Name="Ride 7")
    clock.advance(minutes=1)
    id, second = mask(client, connector)

    screen = look("Sessions")

    rest = ["SMS, Voice", connector]
    later = "01-02 13:01:00"
    assert screen.table("Session") == [
        [id[:8], "Open", BOB, second, ALICE, later, *rest],
        ["Ride 7", "Open", BOB, first, ALICE, ONE, *rest],
    ]
    assert "2 of 2 sessions" in screen.main.text
    assert screen.links["1 min ahead"] == "?View=Controls"


def test_filters_stay_in_the_address(client: ChimeSDKVoiceClient, look: Look) -> None:
    """A filter is a link, shows what is chosen, and can be taken off."""
    connector = create_proxy_connector(client)
    mask(client, connector)

    screen = look("Sessions", Status="Closed", VoiceConnectorId=connector, Filter="7")

    query = f"?View=Sessions&Status=Closed&VoiceConnectorId={connector}"
    assert screen.empty == ["No session fits."]
    assert screen.links["All sessions"] == "?View=Sessions"
    assert screen.links["Open"] == (
        f"?View=Sessions&Status=Open&VoiceConnectorId={connector}&Filter=7"
    )
    assert screen.links[f"Connector {connector} ✕, for all"] == (
        "?View=Sessions&Status=Closed&Filter=7"
    )
    assert screen.links["us-east-1"] == f"{query}&Filter=7&Region=us-east-1"
    chosen = [e.text for e in screen.main.all("a") if "aria-current" in e.attributes]
    assert chosen == ["Closed"]


def test_pages_of_sessions(client: ChimeSDKVoiceClient, look: Look) -> None:
    """A page has fifty rows; the next one is a link, and so is the first."""
    connector = create_proxy_connector(client)
    for number in range(51):
        create_session(client, connector, Name=f"Ride {number}")

    first = look("Sessions")
    token = first.links["Older"].rpartition("=")[2]
    second = look("Sessions", NextToken=token)

    assert (len(first.table("Session")), len(second.table("Session"))) == (50, 1)
    assert second.table("Session")[0][0] == "Ride 0"
    assert second.links["Newest"] == "?View=Sessions"
    [pager] = [e for e in second.main.all("p") if e.attributes.get("id") == "pager"]
    assert (pager.text, pager.attributes["data-total"]) == (
        "1 of 51 sessions Newest",
        "51",
    )


def test_open_session(client: ChimeSDKVoiceClient, phone: Phone, look: Look) -> None:
    """An open session shows its life, its facts, and its calls and texts."""
    connector = create_proxy_connector(client)
    id, _ = mask(client, connector, Name="Ride 7", GeoMatchLevel="Country",
                 GeoMatchParams={"Country": "US", "AreaCode": "206"})  # fmt: skip
    phone.text(ALICE, NUMBER, "On my way")

    screen = look("Sessions", Open=id)

    facts = [each.text for each in screen.main.all("dd")]
    assert facts == [
        id,
        f"{connector} in us-east-1",
        f"{BOB} and {ALICE} behind {NUMBER}",
        "SMS, Voice",
        *(NOON, ONE, NONE, f"{NONE}, matched by Country"),
    ]
    assert screen.headings == [
        *("Sessions", "Ride 7 InProgress Close", "Its calls and texts", "Lanes"),
    ]
    groups = [each.attributes.get("aria-label") for each in screen.main.all("div")]
    assert {"Life of the session", "Lanes of masking"} <= {*groups}
    assert screen.links["Close"] == "?View=Sessions"
    assert screen.buttons == ["End session"]


def test_ended_session(client: ChimeSDKVoiceClient, clock: Clock, look: Look) -> None:
    """What has ended says when, and cannot be ended again."""
    id, _ = mask(client, create_proxy_connector(client))
    clock.advance(hours=2)

    screen = look("Sessions", Open=id)

    assert screen.headings[1] == f"{id} Closed Close"
    assert [each.text for each in screen.main.all("dt")][-3:] == [
        *("Ended", "Fallback", "Selection"),
    ]
    assert screen.buttons == []


def test_person(client: ChimeSDKVoiceClient, phone: Phone, look: Look) -> None:
    """A person's page says whom they reach, and who reaches them, behind what."""
    connector = create_proxy_connector(client)
    mask(client, connector)
    create_session(
        client,
        connector,
        ParticipantPhoneNumbers=[ALICE, CAROL],
        Capabilities=["Voice"],
    )
    phone.text(ALICE, NUMBER, "On my way")

    screen = look("Person", Number=ALICE, Counterpart=BOB)

    refused = f"Rejected {NONE} The proxy session lacks the capability SMS"
    assert screen.table("From", "Number") == [
        [ALICE, NUMBER, f"Connected {BOB}", f"Connected {BOB}", NUMBER, ONE],
        [ALICE, OTHER, f"Connected {CAROL}", refused, OTHER, ONE],
    ]
    assert screen.headings == [
        *(ALICE, "Whom this number reaches", "Who reaches this number"),
        f"Calls and texts with {BOB}",
    ]
    assert screen.links[CAROL] == f"?View=Person&Number=%2B{CAROL[1:]}"
    assert screen.buttons == ["Call", "Send text"]
    dial = {
        each.attributes.get("name"): each.attributes.get("value")
        for each in screen.main.all("input")
    }
    assert (dial["From"], dial["To"]) == (ALICE, NUMBER)


def test_person_whose_session_has_ended(
    client: ChimeSDKVoiceClient, clock: Clock, look: Look
) -> None:
    """An ended session decides as well, and says so."""
    mask(client, create_proxy_connector(client))
    clock.advance(hours=2)

    screen = look("Person", Number=ALICE)

    [row] = screen.table("From", "Number")
    assert row[-1] == "ended"
    assert row[2].startswith("Rejected")


def test_numbers(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Numbers shows the pools, what is in use for whom, and what the account has."""
    connector = create_proxy_connector(client)
    mask(client, connector)
    found = client.search_available_phone_numbers(AreaCode="206", MaxResults=1)
    [own] = found["E164PhoneNumbers"]
    client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=[own]
    )
    client.list_phone_numbers()
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector, E164PhoneNumbers=[own]
    )

    screen = look("Numbers")

    assert screen.table("Country") == [
        ["US", "generated", "17,949", "1", "17,950", "1"]
    ]
    assert screen.table("Number", "Countries") == [
        [NUMBER, "US", "1", f"{BOB} {ALICE}"]
    ]
    assert screen.table("Number", "Status") == [
        [own, "Assigned", connector, "us-east-1"]
    ]
    assert screen.buttons == ["Ask", "Search", "Order"]


def test_question_that_is_none(client: ChimeSDKVoiceClient, look: Look) -> None:
    """What is no pair is said beside the form, which keeps what was asked."""
    connector = create_proxy_connector(client)

    screen = look("Numbers", VoiceConnectorId=connector, ParticipantPhoneNumbers="Bob")

    [wrong] = [e for e in screen.main.all("p") if e.attributes.get("class") == "wrong"]
    [*_, pair] = [  # The filter keeps it, too.
        each.attributes["value"]
        for each in screen.main.all("input")
        if each.attributes.get("name") == "ParticipantPhoneNumbers"
    ]
    assert wrong.text == (
        "ParticipantPhoneNumbers must be a phone number such as +1 206 555 0100, "
        "not 'Bob'"
    )
    assert pair == "Bob"


def test_choice_of_a_number(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Numbers says which number a pair would get, and which it would not."""
    connector = create_proxy_connector(client)
    mask(client, connector)

    screen = look(
        "Numbers",
        VoiceConnectorId=connector,
        ParticipantPhoneNumbers=f"{ALICE},{CAROL}",
    )

    [section] = screen.main.all("section")
    assert section.text == (f"The pair would get {OTHER}. It is the least used of all.")
