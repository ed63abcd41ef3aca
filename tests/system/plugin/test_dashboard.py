"""What moto's own page shows of the service."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import requests
from moto.core.model_instances import model_data, reset_model_data

from kit.builders.desk import CALLER, open_desk
from kit.builders.full_account import create_everything
from kit.builders.proxy_sessions import create_session
from kit.builders.sip import NUMBER
from kit.transports.clients import Login
from proxymock.api import spec
from proxymock.plugin import dashboard
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

HERE = {"AccountId": "123456789012", "Region": "us-east-1"}
Shown = Callable[[], dict[str, list[dict[str, Any]]]]


@pytest.fixture
def shown(endpoint_url: str | None) -> Shown:
    """Return the service's part of moto's data.json."""
    host = endpoint_url or "http://motoapi.amazonaws.com"

    def shown() -> dict[str, list[dict[str, Any]]]:
        answer = requests.get(f"{host}/moto-api/data.json", timeout=30)
        kinds: dict[str, list[dict[str, Any]]] = answer.json()["chimesdkvoice"]
        return {kind: rows for kind, rows in kinds.items() if rows}

    return shown


def test_everything_is_shown(client: ChimeSDKVoiceClient, shown: Shown) -> None:
    """The page has a table of each kind of thing."""
    create_everything()

    found = shown()

    assert found.keys() == dashboard.GROUPS.keys()
    places = [(row["AccountId"], row["Region"]) for r in found.values() for row in r]
    assert set(places) == {tuple(HERE.values())}


def test_row_is_what_the_api_shows(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, shown: Shown
) -> None:
    """A row has the members of the thing, and where it is; the newest is the first."""
    sessions = [create_session(client, proxy_connector_id) for _ in range(2)]

    rows = shown()["ProxySession"]

    assert [row["ProxySessionId"] for row in rows] == [
        session["ProxySessionId"] for session in reversed(sessions)
    ]
    created = sessions[-1]["CreatedTimestamp"].isoformat(timespec="milliseconds")
    assert rows[0] == {
        **dict.fromkeys(spec.shape("ProxySession").members),
        **sessions[-1],
        **HERE,
        "CreatedTimestamp": created.replace("+00:00", "Z"),
        "UpdatedTimestamp": created.replace("+00:00", "Z"),
    }


def test_row_of_a_call(client: ChimeSDKVoiceClient, phone: Phone, shown: Shown) -> None:
    """A call has members that tell calls apart, which the API has not."""
    open_desk(client)
    call = phone.call(CALLER, NUMBER)

    assert shown()["SipMediaApplicationCall"] == [
        {
            **HERE,
            "TransactionId": call.id,
            "Status": "InProgress",
            "From": CALLER,
            "To": NUMBER,
            "Outcome": "Connected",
        }
    ]


def test_accounts_and_regions_are_told_apart(login: Login, shown: Shown) -> None:
    """The page shows all accounts and regions, and tells which a thing is in."""
    keys = {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "SecretAccessKey": "secret"}
    for region in ("us-east-1", "eu-west-2"):
        login(region, **keys).create_voice_connector(
            Name="Rides", RequireEncryption=True
        )

    rows = shown()["VoiceConnector"]

    assert [(row["Name"], row["Region"]) for row in rows] == [
        ("Rides", "eu-west-2"),
        ("Rides", "us-east-1"),
    ]


def test_what_is_due_has_happened(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, clock: Clock, shown: Shown
) -> None:
    """A session that nobody has asked for since its end is shown as Closed."""
    create_session(client, proxy_connector_id, ExpiryMinutes=5)
    clock.advance(minutes=5)

    [row] = shown()["ProxySession"]

    assert row["Status"] == "Closed"


def test_rows_have_a_limit(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    shown: Shown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of many things the newest are shown, and how many are not."""
    monkeypatch.setattr(dashboard, "ROWS", 2)
    sessions = [create_session(client, proxy_connector_id) for _ in range(5)]

    rows = shown()["ProxySession"]

    assert [(row["ProxySessionId"], row["NotShown"]) for row in rows] == [
        (sessions[4]["ProxySessionId"], 3),
        (sessions[3]["ProxySessionId"], 3),
    ]


def test_reset_of_motos_lists_does_no_harm(
    client: ChimeSDKVoiceClient, connector_id: str, shown: Shown
) -> None:
    """When moto clears its lists, ours still show what there is."""
    reset_model_data()

    [row] = shown()["VoiceConnector"]
    assert row["VoiceConnectorId"] == connector_id


def test_nothing_is_shown_after_a_reset(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, shown: Shown
) -> None:
    """After a reset the tables are there, and empty."""
    requests.post("http://motoapi.amazonaws.com/moto-api/reset", timeout=30)

    assert shown() == {}
    assert model_data["chimesdkvoice"].keys() == dashboard.GROUPS.keys()
