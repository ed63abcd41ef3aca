"""The time that the service goes by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from freezegun import freeze_time

from proxymock.plugin.sandbox_client import Clock
from support import Steer, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def test_clock_is_real_time_at_first(clock: Clock) -> None:
    """Without a word the clock shows the time of the process."""
    assert clock.now() == NOON


def test_advance_lets_time_pass(clock: Clock) -> None:
    """Advance adds up, takes timedelta's keywords and answers the new time."""
    assert clock.advance(minutes=61) == NOON + timedelta(minutes=61)
    assert clock.advance(weeks=1, days=1, hours=1, seconds=0.5) == NOON + timedelta(
        weeks=1, days=1, hours=2, minutes=1, seconds=0.5
    )


def test_set_lets_time_pass_until_then(clock: Clock) -> None:
    """Set takes an instant in any time zone."""
    tokyo = datetime(2026, 1, 3, 0, tzinfo=timezone(timedelta(hours=9)))

    assert clock.set(tokyo) == datetime(2026, 1, 2, 15, tzinfo=timezone.utc)
    assert clock.now() == datetime(2026, 1, 2, 15, tzinfo=timezone.utc)


def test_clock_runs(clock: Clock, noon: time_machine.Traveller) -> None:
    """A clock that has been set goes on with real time."""
    clock.advance(hours=1)
    noon.shift(timedelta(seconds=5))

    assert clock.now() == NOON + timedelta(hours=1, seconds=5)


def test_reset_returns_to_real_time(clock: Clock) -> None:
    """A reset takes the clock back."""
    clock.advance(days=400)

    assert clock.reset() == NOON
    assert clock.now() == NOON


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (NOON - timedelta(seconds=1), "goes forwards only"),
        (datetime(9000, 1, 1, tzinfo=timezone.utc), "ends in the year 9000"),
        (datetime(2026, 1, 3), "must be an instant"),
        ("2026-01-03T00:00:00Z", "is set to a datetime, not to '2026-"),
    ],
)
def test_wrong_instants_are_refused(clock: Clock, to: Any, message: str) -> None:
    """The clock does not go back, ends, and needs a time zone."""
    with pytest.raises(ValueError, match=message):
        clock.set(to)

    assert clock.now() == NOON


@pytest.mark.parametrize("days", [-1, 1e7, 1e9])
def test_wrong_steps_are_refused(clock: Clock, days: float) -> None:
    """A step is neither backwards nor beyond the end of time."""
    with pytest.raises(ValueError, match=r"goes forwards only|ends in|is too far"):
        clock.advance(days=days)

    assert clock.now() == NOON


def test_freezegun_moves_the_clock(clock: Clock) -> None:
    """A frozen process has a frozen clock, with what has passed on top of it."""
    with freeze_time("2030-05-06 07:08:09"):
        clock.advance(hours=1)
        now = clock.now()

    assert now == datetime(2030, 5, 6, 8, 8, 9, tzinfo=timezone.utc)


def test_timestamps_come_from_the_clock(
    client: ChimeSDKVoiceClient, clock: Clock
) -> None:
    """What is made has the time of the clock."""
    clock.advance(days=1)

    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)

    created = answer["VoiceConnector"]["CreatedTimestamp"]
    assert created == NOON + timedelta(days=1)


def test_sessions_expire_by_the_clock(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, clock: Clock
) -> None:
    """A session is Closed from the instant of its expiry on, and stays so."""
    session = create_session(client, proxy_connector_id, ExpiryMinutes=10)
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }
    clock.advance(seconds=599)
    before = client.get_proxy_session(**ids)["ProxySession"]["Status"]
    clock.advance(seconds=1)
    expired = client.get_proxy_session(**ids)["ProxySession"]
    clock.reset()
    after = client.get_proxy_session(**ids)["ProxySession"]

    assert before == "Open"
    assert (expired["Status"], expired["EndedTimestamp"]) == (
        "Closed",
        NOON + timedelta(minutes=10),
    )
    assert after == expired


def order_number(client: ChimeSDKVoiceClient) -> str:
    """Return a number that has been ordered."""
    found = client.search_available_phone_numbers(AreaCode="206", MaxResults=1)
    client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=found["E164PhoneNumbers"]
    )
    return found["E164PhoneNumbers"][0]


def test_deletion_queue_follows_the_clock(
    client: ChimeSDKVoiceClient, clock: Clock
) -> None:
    """A deleted number is gone after seven days."""
    number = order_number(client)
    client.list_phone_numbers()
    client.delete_phone_number(PhoneNumberId=number)
    clock.advance(days=6)
    in_queue = client.list_phone_numbers(Status="DeleteInProgress")["PhoneNumbers"]
    clock.advance(days=1)

    assert len(in_queue) == 1
    assert client.list_phone_numbers()["PhoneNumbers"] == []


def test_transitions_by_time_follow_the_clock(
    client: ChimeSDKVoiceClient, clock: Clock, steer: Steer
) -> None:
    """An order that takes its time is done when the clock says so."""
    steer("chimesdkvoice::phone_number_order", progression="time", seconds=60)
    order_number(client)
    before = client.list_phone_number_orders()["PhoneNumberOrders"][0]["Status"]
    clock.advance(minutes=1)
    after = client.list_phone_number_orders()["PhoneNumberOrders"][0]["Status"]

    assert (before, after) == ("Processing", "Successful")


def test_accounts_have_clocks_of_their_own(clock: Clock) -> None:
    """Another account's time does not pass."""
    clock.advance(hours=1)

    assert clock.now(account_id="111111111111") == NOON
