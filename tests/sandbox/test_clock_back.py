"""A clock that is taken back: what has happened stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from freezegun import freeze_time

from furnish import furnish
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from support import ALICE, BOB, CAROL, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def made(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> dict[str, Any]:
    """A session of an hour, of Alice and Bob."""
    return create_session(client, proxy_connector_id)


def test_session_that_has_closed_stays_closed(
    client: ChimeSDKVoiceClient, clock: Clock, made: dict[str, Any]
) -> None:
    """A session does not open again; its end is later than the clock, then."""
    id = {name: made[name] for name in ("VoiceConnectorId", "ProxySessionId")}
    clock.advance(minutes=61)
    closed = client.get_proxy_session(**id)["ProxySession"]

    clock.reset()

    assert client.get_proxy_session(**id)["ProxySession"] == closed
    assert closed["Status"] == "Closed"
    assert closed["EndedTimestamp"] == NOON + timedelta(hours=1)


def test_look_from_a_frozen_time(
    client: ChimeSDKVoiceClient, made: dict[str, Any]
) -> None:
    """Whoever looks ahead in a frozen time changes what there is, too."""
    id = {name: made[name] for name in ("VoiceConnectorId", "ProxySessionId")}

    with freeze_time(NOON + timedelta(hours=2)):
        client.get_proxy_session(**id)

    after = client.get_proxy_session(**id)["ProxySession"]
    assert (after["Status"], after["EndedTimestamp"]) == (
        "Closed",
        NOON + timedelta(hours=1),
    )


def test_time_that_nobody_looked_at(
    client: ChimeSDKVoiceClient, made: dict[str, Any]
) -> None:
    """A frozen time in which nobody asked the service has changed nothing."""
    with freeze_time(NOON + timedelta(hours=2)):
        pass

    id = {name: made[name] for name in ("VoiceConnectorId", "ProxySessionId")}
    assert client.get_proxy_session(**id)["ProxySession"] == made


def test_number_is_free_for_others(
    client: ChimeSDKVoiceClient,
    clock: Clock,
    phone: Phone,
    proxy_connector_id: str,
    made: dict[str, Any],
) -> None:
    """What the session held is given to others, who keep it when the clock is back."""
    clock.advance(minutes=61)
    people = [ALICE, CAROL]
    other = create_session(client, proxy_connector_id, ParticipantPhoneNumbers=people)

    clock.reset()

    number = made["Participants"][0]["ProxyPhoneNumber"]
    assert other["Participants"][0]["ProxyPhoneNumber"] == number
    assert phone.call(ALICE, number).connected_to == CAROL
    assert phone.call(BOB, number).outcome == "Rejected"


def test_everything_stays(
    client: ChimeSDKVoiceClient, clock: Clock, snapshot: Snapshot
) -> None:
    """Numbers, tasks and profiles that time has taken do not come back either."""
    furnish(client)
    clock.advance(days=4 * 366)
    client.list_voice_connectors()
    ahead = snapshot.export()

    clock.reset()

    del ahead["ClockOffset"]
    assert snapshot.export() == ahead
