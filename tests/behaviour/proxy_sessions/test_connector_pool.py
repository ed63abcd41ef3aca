"""Proxy sessions that take the numbers of their voice connector, through boto3."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import SEATTLE, TOLL_FREE, acquire
from kit.builders.people import ALICE, CAROL, DAVE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.settings(proxy_numbers="connector")

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
# Not the first one, which is Bob's.
FIRST, SECOND = SEATTLE[1:3]


def associate(
    client: ChimeSDKVoiceClient, connector_id: str, *numbers: str, force: bool = False
) -> None:
    """Acquire those of *numbers* that the account lacks, and associate them."""
    if not force:
        acquire(client, *numbers)
    answer = client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=numbers, ForceAssociate=force
    )
    assert answer["PhoneNumberErrors"] == []


def disassociate(client: ChimeSDKVoiceClient, connector_id: str, *numbers: str) -> None:
    """Take numbers from a connector."""
    answer = client.disassociate_phone_numbers_from_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=numbers
    )
    assert answer["PhoneNumberErrors"] == []


def proxy_number(
    client: ChimeSDKVoiceClient, connector_id: str, *people: str, **members: Any
) -> str:
    """Make a session of two people and return its proxy number."""
    session = create_session(
        client, connector_id, ParticipantPhoneNumbers=people, **members
    )
    number: str = session["Participants"][0]["ProxyPhoneNumber"]
    return number


def refusal(client: ChimeSDKVoiceClient, connector_id: str, **members: Any) -> str:
    """Return why a session is refused."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_session(client, connector_id, **members)
    return error.value.response["Error"]["Message"]


def test_session_gets_a_number_of_its_connector(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A session's proxy number is the connector's, not another connector's."""
    other = create_proxy_connector(client)
    associate(client, other, FIRST)
    associate(client, proxy_connector_id, SECOND)

    assert proxy_number(client, proxy_connector_id, ALICE, CAROL) == SECOND


def test_connector_without_numbers_has_no_sessions(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Without a number of its own a connector makes no session."""
    acquire(client, FIRST)

    assert refusal(client, proxy_connector_id) == (
        f"VoiceConnector '{proxy_connector_id}' has no phone number of US with SMS "
        "and Voice"
    )


def test_least_used_number_is_taken(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Unrelated pairs spread evenly, the number that serves the fewest people first.

    That a pair has several sessions makes no difference.
    """
    associate(client, proxy_connector_id, FIRST, SECOND)
    pairs = [(f"+130355501{n}0", f"+130355501{n}1") for n in range(4)]
    pairs.insert(0, pairs[0])

    assert [proxy_number(client, proxy_connector_id, *pair) for pair in pairs] == [
        FIRST,
        FIRST,
        SECOND,
        FIRST,
        SECOND,
    ]


def test_exhausted_numbers(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A person has one counterpart to a number, so one number is not enough."""
    associate(client, proxy_connector_id, FIRST)
    proxy_number(client, proxy_connector_id, ALICE, CAROL)

    assert refusal(
        client, proxy_connector_id, ParticipantPhoneNumbers=[ALICE, DAVE]
    ) == ("No proxy phone number is free for these participants in US")


def test_messages_need_a_number_that_has_them(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A toll-free number serves calls alone."""
    associate(client, proxy_connector_id, TOLL_FREE[0])

    assert (
        proxy_number(client, proxy_connector_id, ALICE, CAROL, Capabilities=["Voice"])
        == TOLL_FREE[0]
    )
    assert refusal(client, proxy_connector_id, Capabilities=["SMS"]) == (
        f"VoiceConnector '{proxy_connector_id}' has no phone number of US with SMS"
    )


def test_numbers_are_of_the_pool_countries(client: ChimeSDKVoiceClient) -> None:
    """A number of a country that the configuration does not name is not taken."""
    connector_id = create_proxy_connector(client, countries=["GB"])
    associate(client, connector_id, FIRST)

    assert refusal(client, connector_id, Capabilities=["Voice"]) == (
        f"VoiceConnector '{connector_id}' has no phone number of GB with Voice"
    )


def test_area_code_is_matched(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Among the connector's numbers the wanted area comes first."""
    boston = "+16175550100"
    associate(client, proxy_connector_id, FIRST, boston)

    number = proxy_number(
        client,
        proxy_connector_id,
        ALICE,
        CAROL,
        GeoMatchLevel="AreaCode",
        GeoMatchParams={"Country": "US", "AreaCode": "617"},
    )

    assert number == boston


def test_update_needs_what_the_number_can_do(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A capability that the session's number lacks is BadRequest."""
    associate(client, proxy_connector_id, TOLL_FREE[0])
    session = create_session(client, proxy_connector_id, Capabilities=["Voice"])
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.update_proxy_session(
            **ids, Capabilities=["Voice", "SMS"], ExpiryMinutes=30
        )

    assert error.value.response["Error"]["Message"] == (
        f"Capabilities must be those of phone number '{TOLL_FREE[0]}', which lacks SMS"
    )
    assert client.get_proxy_session(**ids)["ProxySession"] == session


def test_update_is_not_held_to_a_number_of_another_source(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Where proxy numbers are listed they can do everything, owned or not."""
    acquire(client, TOLL_FREE[0])

    with mock_aws(config={"proxymock": {"proxy_numbers": [TOLL_FREE[0]]}}):
        session = create_session(client, proxy_connector_id, Capabilities=["Voice"])
        updated = client.update_proxy_session(
            VoiceConnectorId=proxy_connector_id,
            ProxySessionId=session["ProxySessionId"],
            Capabilities=["SMS"],
        )["ProxySession"]

    assert {**updated, "UpdatedTimestamp": None} == {
        **session,
        "UpdatedTimestamp": None,
        "Capabilities": ["SMS"],
    }


def test_live_session_keeps_a_number_that_is_taken_away(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A session goes on with its number until it ends; no new one gets it."""
    associate(client, proxy_connector_id, FIRST)
    session = create_session(client, proxy_connector_id)
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }

    disassociate(client, proxy_connector_id, FIRST)
    client.delete_phone_number(PhoneNumberId=FIRST)

    assert client.get_proxy_session(**ids)["ProxySession"] == session
    updated = client.update_proxy_session(**ids, Capabilities=["SMS"])["ProxySession"]
    assert (updated["Status"], updated["Participants"]) == (
        "Open",
        session["Participants"],
    )
    assert refusal(client, proxy_connector_id).startswith("VoiceConnector ")


@pytest.mark.settings(proxy_numbers="connector", max_session_minutes=20_000)
def test_live_session_outlives_its_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A number that the account has no longer holds no update back."""
    with time_machine.travel(NOON, tick=False) as clock:
        associate(client, proxy_connector_id, TOLL_FREE[0])
        session = create_session(
            client, proxy_connector_id, Capabilities=["Voice"], ExpiryMinutes=20_000
        )
        disassociate(client, proxy_connector_id, TOLL_FREE[0])
        client.delete_phone_number(PhoneNumberId=TOLL_FREE[0])
        clock.shift(timedelta(days=8))

        updated = client.update_proxy_session(
            VoiceConnectorId=proxy_connector_id,
            ProxySessionId=session["ProxySessionId"],
            Capabilities=["SMS"],
        )["ProxySession"]

    assert updated == {
        **session,
        "Capabilities": ["SMS"],
        "UpdatedTimestamp": NOON + timedelta(days=8),
    }


def test_number_that_moves_serves_nobody_twice(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A live session blocks its number for its people on the next connector, too."""
    associate(client, proxy_connector_id, FIRST)
    proxy_number(client, proxy_connector_id, ALICE, CAROL)
    other = create_proxy_connector(client)

    associate(client, other, FIRST, force=True)

    assert refusal(client, other, ParticipantPhoneNumbers=[ALICE, DAVE]) == (
        "No proxy phone number is free for these participants in US"
    )
    assert proxy_number(client, other, DAVE, "+13035550103") == FIRST


def test_sticky_number_must_still_be_the_connectors(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A pair does not get its earlier number back once the connector has lost it."""
    associate(client, proxy_connector_id, FIRST, SECOND)
    proxy_number(client, proxy_connector_id, ALICE, CAROL)
    disassociate(client, proxy_connector_id, FIRST)

    assert (
        proxy_number(
            client,
            proxy_connector_id,
            ALICE,
            CAROL,
            NumberSelectionBehavior="PreferSticky",
        )
        == SECOND
    )
