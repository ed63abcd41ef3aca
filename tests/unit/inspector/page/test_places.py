"""Accounts and regions: where one is, and where else one can go."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.documents import seed
from kit.builders.people import ALICE, BOB
from proxymock.inspector.pages import page
from proxymock.plugin.control import simulation_of
from proxymock.sandbox import snapshot

from .conftest import NOON, SERVER, Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def test_one_account(look: Look) -> None:
    """Where there is one account, there is nothing to choose."""
    simulation_of("123456789012")

    places = [each.text for each in look("Now").document.all("summary")]

    assert places == ["All regions"]


def test_other_accounts(look: Look) -> None:
    """The account is a choice, which leaves the view and takes off the rest."""
    simulation_of("123456789012")
    simulation_of("222222222222")

    screen = look("Sessions", Region="us-east-1", Filter="7", NextToken="7")

    assert screen.links["222222222222"] == ("?View=Sessions&AccountId=222222222222")


def test_other_accounts_of_a_person(look: Look) -> None:
    """A person is looked at in the other account, too, by the number alone."""
    simulation_of("123456789012")
    simulation_of("222222222222")

    screen = look("Person", Number=ALICE, Counterpart=BOB, Region="us-east-1")

    assert screen.links["222222222222"] == (
        f"?View=Person&AccountId=222222222222&Number=%2B{ALICE[1:]}"
    )


def test_many_accounts(look: Look) -> None:
    """Of very many accounts the newest can be chosen, and the page says so."""
    ids = [f"{number:012}" for number in range(60)]
    kept = [simulation_of(id) for id in ids]

    screen = look("Now")

    choices = [each for each in screen.links if each in {*ids}]
    assert len(kept) == 60
    assert choices == ids[:10:-1]  # and the one that is looked at
    assert "50 of 61 shown, the newest" in screen.document.text


def test_look_at_an_account_leaves_others_alone(look: Look) -> None:
    """Nothing happens in an account because somebody looks at another."""
    other = simulation_of("222222222222")
    people = {"ParticipantPhoneNumbers": [ALICE, BOB]}
    snapshot.load(other, seed(ProxySessions=[people]))
    [connector] = other.account.store("us-east-1").voice_connectors
    [session] = connector.proxy_sessions

    with time_machine.travel(NOON + timedelta(hours=2), tick=False):
        look("Now")
        before = session.status
        with other.door:
            after = session.status

    assert (before, after) == ("Open", "Closed")


def test_regions(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Each region of the account can be looked at alone, by any view."""
    client.create_voice_connector(Name="Rides", RequireEncryption=True)

    screen = look("Person", Number=ALICE, Region="us-east-1")

    number = f"%2B{ALICE[1:]}"
    assert screen.links["us-east-1"] == (
        f"?View=Person&Number={number}&Region=us-east-1"
    )
    assert screen.links["All regions"] == f"?View=Person&Number={number}"
    assert screen.links["Calls"] == "?View=Calls&Region=us-east-1"


def test_default_view_is_now() -> None:
    """The address without a query shows what goes on now."""
    simulation = simulation_of("123456789012")

    assert page(simulation, {}, SERVER) == page(simulation, {"View": "Now"}, SERVER)


@pytest.mark.parametrize("view", ["Now", "Calls", "Controls", "State", "Sessions"])
def test_views_of_all_regions(look: Look, view: str) -> None:
    """A view that shows all regions says so, where the address names one."""
    says = "Of all regions" in look(view, Region="eu-west-2").main.text

    assert says == (view != "Sessions")
    assert "Of all regions" not in look(view).main.text


def test_inventory_of_a_region(client: ChimeSDKVoiceClient, look: Look) -> None:
    """Numbers shows the phone numbers of the region in the address."""
    found = client.search_available_phone_numbers(AreaCode="206", MaxResults=1)
    client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=found["E164PhoneNumbers"]
    )

    shown = ["inventory-" + each for each in found["E164PhoneNumbers"]]

    assert {*shown} <= {*look("Numbers", Region="us-east-1").ids}
    assert not {*shown} & {*look("Numbers", Region="eu-west-2").ids}


def test_request_of_an_account(client: ChimeSDKVoiceClient, look: Look) -> None:
    """A copied request goes to the account that the address names."""
    client.list_voice_connectors()

    screen = look("Requests", Open="0", AccountId="123456789012")

    role = "arn:aws:iam::123456789012:role/inspector"
    command, lines = [each.text for each in screen.main.all("pre")][1:]
    assert f"sts assume-role --role-arn {role} " in command
    assert "aws chime-sdk-voice list-voice-connectors --region" in command
    assert f"RoleArn='{role}'" in lines
