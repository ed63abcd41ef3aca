"""How proxy sessions end: by the clock, by Update, by Delete; and what it leaves."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import freezegun
import pytest
import time_machine

from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_proxy_connector, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)

# Stops all clocks so many minutes after noon.
AfterNoon = Callable[[float], AbstractContextManager[Any]]


@pytest.fixture
def after_noon() -> AfterNoon:
    """Stop the clocks some minutes after noon."""
    return lambda minutes: time_machine.travel(
        NOON + timedelta(minutes=minutes), tick=False
    )


@pytest.fixture
def hour(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, after_noon: AfterNoon
) -> dict[str, Any]:
    """The ids of a session that lasts from noon until one o'clock."""
    with after_noon(0):
        session = create_session(client, proxy_connector_id)
    return {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }


def end_of(client: ChimeSDKVoiceClient, ids: dict[str, str]) -> tuple[object, ...]:
    """Return status, last update and end of a session."""
    session = client.get_proxy_session(**ids)["ProxySession"]
    return (
        session["Status"],
        session["UpdatedTimestamp"],
        session.get("EndedTimestamp"),
    )


@pytest.mark.parametrize(
    "stop_clock",
    [
        freezegun.freeze_time,
        lambda moment: time_machine.travel(moment, tick=False),
    ],
    ids=["freezegun", "time-machine"],
)
def test_clock_ends_a_session(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    stop_clock: Callable[[datetime], AbstractContextManager[Any]],
) -> None:
    """A session is Open until it expires, and Closed from that instant on."""
    with stop_clock(NOON):
        session = create_session(client, proxy_connector_id, ExpiryMinutes=10)
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }
    end = NOON + timedelta(minutes=10)

    with stop_clock(end - timedelta(milliseconds=1)):
        assert end_of(client, ids) == ("Open", NOON, None)
    with stop_clock(end):
        assert end_of(client, ids) == ("Closed", end, end)


def test_end_is_the_expiry_however_late_it_is_read(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """An expired session ended when it expired, not when somebody looked."""
    one_o_clock = NOON + timedelta(minutes=60)

    with after_noon(6000):
        assert end_of(client, hour) == ("Closed", one_o_clock, one_o_clock)


def test_closed_session_cannot_be_updated(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """Update of a closed session is a 400, and cannot reopen it."""
    with after_noon(60):
        with pytest.raises(client.exceptions.BadRequestException) as error:
            client.update_proxy_session(**hour, Capabilities=["SMS"], ExpiryMinutes=720)

        assert error.value.response["Error"]["Message"] == (
            f"ProxySession '{hour['ProxySessionId']}' is Closed"
        )
        assert end_of(client, hour)[0] == "Closed"


def test_new_length_counts_from_creation(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """A session that Update makes longer still counts from its creation."""
    with after_noon(50):
        client.update_proxy_session(**hour, Capabilities=["SMS"], ExpiryMinutes=90)

    with after_noon(89):
        assert end_of(client, hour)[0] == "Open"
    with after_noon(90):
        assert end_of(client, hour)[0] == "Closed"


@pytest.mark.parametrize("minutes", [20, 30])
def test_length_that_is_over_ends_at_once(
    client: ChimeSDKVoiceClient,
    hour: dict[str, Any],
    after_noon: AfterNoon,
    minutes: int,
) -> None:
    """Update to a length that is over, or is now, closes the session there and then."""
    now = NOON + timedelta(minutes=30)

    with after_noon(30):
        session = client.update_proxy_session(
            **hour, Capabilities=["SMS"], ExpiryMinutes=minutes
        )["ProxySession"]

    assert (session["Status"], session["ExpiryMinutes"]) == ("Closed", minutes)
    assert end_of(client, hour) == ("Closed", now, now)


def test_update_without_a_length_moves_no_end(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """Update of the capabilities alone does not prolong a session."""
    with after_noon(59):
        client.update_proxy_session(**hour, Capabilities=["SMS"])

    with after_noon(60):
        assert end_of(client, hour)[0] == "Closed"


def test_new_default_length_is_for_new_sessions(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """Another Put of the configuration leaves the sessions that exist alone."""
    with after_noon(59):
        client.put_voice_connector_proxy(
            VoiceConnectorId=hour["VoiceConnectorId"],
            DefaultSessionExpiryMinutes=10,
            PhoneNumberPoolCountries=["CA"],
        )
        assert end_of(client, hour) == ("Open", NOON, None)


def test_closed_session_can_be_deleted(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """Delete takes closed sessions too."""
    with after_noon(61):
        client.delete_proxy_session(**hour)
        with pytest.raises(client.exceptions.NotFoundException):
            client.get_proxy_session(**hour)


@pytest.mark.settings(deleted_sessions="closed")
def test_deleted_session_can_stay_readable(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """With the setting, Delete closes a session and leaves it in place."""
    now = NOON + timedelta(minutes=30)
    with after_noon(30):
        client.delete_proxy_session(**hour)

    with after_noon(70):
        assert end_of(client, hour) == ("Closed", now, now)
        listed = client.list_proxy_sessions(
            VoiceConnectorId=hour["VoiceConnectorId"], Status="Closed"
        )["ProxySessions"]
    assert [session["ProxySessionId"] for session in listed] == [hour["ProxySessionId"]]


@pytest.mark.settings(deleted_sessions="closed")
def test_second_delete_changes_nothing(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """A session that is closed already keeps its end when it is deleted."""
    now = NOON + timedelta(minutes=30)
    with after_noon(30):
        client.delete_proxy_session(**hour)

    with after_noon(40):
        client.delete_proxy_session(**hour)

    assert end_of(client, hour) == ("Closed", now, now)


def _expire(client: ChimeSDKVoiceClient, ids: dict[str, Any]) -> None:
    client.update_proxy_session(**ids, Capabilities=["SMS"], ExpiryMinutes=1)


def _delete(client: ChimeSDKVoiceClient, ids: dict[str, str]) -> None:
    client.delete_proxy_session(**ids)


def _delete_connector(client: ChimeSDKVoiceClient, ids: dict[str, str]) -> None:
    client.delete_voice_connector(VoiceConnectorId=ids["VoiceConnectorId"])


@pytest.mark.settings(proxy_numbers=["+12125550150"])
@pytest.mark.parametrize("finish", [_expire, _delete, _delete_connector])
def test_end_frees_the_number(
    client: ChimeSDKVoiceClient,
    hour: dict[str, Any],
    after_noon: AfterNoon,
    finish: Callable[[ChimeSDKVoiceClient, dict[str, str]], None],
) -> None:
    """A number is free for other counterparts when its session has ended."""
    with after_noon(30):
        other_id = create_proxy_connector(client)
        with pytest.raises(client.exceptions.BadRequestException):
            create_session(client, other_id, ParticipantPhoneNumbers=[ALICE, CAROL])
        finish(client, hour)

        session = create_session(
            client, other_id, ParticipantPhoneNumbers=[ALICE, CAROL]
        )

    assert session["Participants"][0]["ProxyPhoneNumber"] == "+12125550150"


@pytest.mark.settings(proxy_numbers=["+12125550150"])
def test_number_is_free_at_the_instant_of_the_expiry(
    client: ChimeSDKVoiceClient, hour: dict[str, Any], after_noon: AfterNoon
) -> None:
    """Nobody has to read a session for its number to become free."""
    with after_noon(60):
        session = create_session(
            client, hour["VoiceConnectorId"], ParticipantPhoneNumbers=[BOB, CAROL]
        )

    assert session["Participants"][0]["ProxyPhoneNumber"] == "+12125550150"


def test_sessions_vanish_with_their_connector(
    client: ChimeSDKVoiceClient, hour: dict[str, Any]
) -> None:
    """The sessions of a deleted connector cannot be found."""
    client.delete_voice_connector(VoiceConnectorId=hour["VoiceConnectorId"])

    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_proxy_session(**hour)
    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{hour['VoiceConnectorId']}'"
    )
