"""What Create and Update of a proxy session take, and what they refuse."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_session
from kit.oracles.answers import body
from kit.transports.clients import Send
from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.mark.parametrize("name", ["", "a" * 30, "Order 42"])
def test_good_names(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, name: str
) -> None:
    """A name has up to thirty letters, digits and spaces, and may be empty."""
    assert create_session(client, proxy_connector_id, Name=name)["Name"] == name


BAD = {
    "three participants": (
        {"ParticipantPhoneNumbers": [ALICE, BOB, CAROL]},
        "ParticipantPhoneNumbers must have at most 2 items, not 3",
    ),
    "the same participant": (
        {"ParticipantPhoneNumbers": [ALICE, ALICE[1:]]},
        f"ParticipantPhoneNumbers must be two different numbers, not twice '{ALICE}'",
    ),
    "no number": (
        {"ParticipantPhoneNumbers": [ALICE, "Bob"]},
        r'ParticipantPhoneNumbers[1] must match ^\+?[1-9]\d{1,14}$, not "Bob"',
    ),
    "number of sixteen digits": (
        {"ParticipantPhoneNumbers": [ALICE, "+1234567890123456"]},
        "ParticipantPhoneNumbers[1] must match "
        r'^\+?[1-9]\d{1,14}$, not "+1234567890123456"',
    ),
    "unknown capability": (
        {"Capabilities": ["MMS"]},
        'Capabilities[0] must be one of Voice, SMS, not "MMS"',
    ),
    "no capability": (
        {"Capabilities": []},
        "Capabilities must have at least 1 item, not 0",
    ),
    "hyphen in name": (
        {"Name": "Order-42"},
        'Name must match ^$|^[a-zA-Z0-9 ]{0,30}$, not "Order-42"',
    ),
    "long name": (
        {"Name": "a" * 31},
        f'Name must match ^$|^[a-zA-Z0-9 ]{{0,30}}$, not "{"a" * 31}"',
    ),
    "too long": (
        {"ExpiryMinutes": 721},
        "ExpiryMinutes must be from 1 to 720, not 721",
    ),
    "unknown selection": (
        {"NumberSelectionBehavior": "Sticky"},
        "NumberSelectionBehavior must be one of PreferSticky, AvoidSticky, "
        'not "Sticky"',
    ),
    "unknown level": (
        {"GeoMatchLevel": "City"},
        'GeoMatchLevel must be one of Country, AreaCode, not "City"',
    ),
    "bad country": (
        {"GeoMatchParams": {"Country": "us", "AreaCode": "206"}},
        'GeoMatchParams.Country must match ^$|^[A-Z]{2,2}$, not "us"',
    ),
    "bad area code": (
        {"GeoMatchParams": {"Country": "US", "AreaCode": "20"}},
        'GeoMatchParams.AreaCode must match ^$|^[0-9]{3,3}$, not "20"',
    ),
}


@pytest.mark.parametrize(("members", "message"), BAD.values(), ids=BAD)
def test_bad_input_is_refused(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    members: dict[str, Any],
    message: str,
) -> None:
    """Bad input is a 400 that names member and rule, and makes no session."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_session(client, proxy_connector_id, **members)

    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert error.value.response["Error"]["Message"] == message
    found = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert found["ProxySessions"] == []


def test_all_broken_rules_are_named(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """One answer names everything that is wrong with a request."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_session(
            client, proxy_connector_id, Capabilities=["MMS"], GeoMatchLevel="City"
        )

    assert error.value.response["Error"]["Message"] == (
        'Capabilities[0] must be one of Voice, SMS, not "MMS"; '
        'GeoMatchLevel must be one of Country, AreaCode, not "City"'
    )


@pytest.mark.parametrize("minutes", [1, 720])
def test_shortest_and_longest_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, minutes: int
) -> None:
    """A session lasts from one minute to twelve hours."""
    session = create_session(client, proxy_connector_id, ExpiryMinutes=minutes)

    assert session["ExpiryMinutes"] == minutes


@pytest.mark.settings(max_session_minutes=90)
def test_longest_session_can_be_set(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """The setting max_session_minutes is the limit of ExpiryMinutes."""
    create_session(client, proxy_connector_id, ExpiryMinutes=90)
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_session(client, proxy_connector_id, ExpiryMinutes=91)

    assert error.value.response["Error"]["Message"] == (
        "ExpiryMinutes must be from 1 to 90, not 91"
    )


def test_default_length_that_has_become_too_long(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A limit that came after the configuration is that of its default, too."""
    with (
        mock_aws(config={"proxymock": {"max_session_minutes": 30}}),
        pytest.raises(client.exceptions.BadRequestException) as error,
    ):
        create_session(client, proxy_connector_id)

    assert error.value.response["Error"] == {
        "Code": "BadRequestException",
        "Message": "DefaultSessionExpiryMinutes must be from 1 to 30, not 60",
    }


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"Capabilities": []}, "Capabilities must have at least 1 item, not 0"),
        (
            {"Capabilities": ["Fax"], "ExpiryMinutes": 30},
            'Capabilities[0] must be one of Voice, SMS, not "Fax"',
        ),
        (
            {"Capabilities": ["SMS"], "ExpiryMinutes": 721},
            "ExpiryMinutes must be from 1 to 720, not 721",
        ),
    ],
)
def test_refused_update_changes_nothing(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    members: dict[str, Any],
    message: str,
) -> None:
    """A bad Update is a 400 that leaves the session as it was."""
    session = create_session(client, proxy_connector_id)
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.update_proxy_session(**ids, **members)

    assert error.value.response["Error"]["Message"] == message
    assert body(client.get_proxy_session(**ids)) == {"ProxySession": session}


# boto3 itself stops these.
UNSENDABLE = {
    "one participant": (
        {"ParticipantPhoneNumbers": [ALICE]},
        "ParticipantPhoneNumbers must have at least 2 items, not 1",
    ),
    "no participants": (
        {"ParticipantPhoneNumbers": None},
        "ParticipantPhoneNumbers is required",
    ),
    "null participant": (
        {"ParticipantPhoneNumbers": [ALICE, None]},
        "ParticipantPhoneNumbers[1] must be a string, not null",
    ),
    "no capabilities": ({"Capabilities": None}, "Capabilities is required"),
    "no minute": (
        {"ExpiryMinutes": 0},
        "ExpiryMinutes must be at least 1, not 0",
    ),
    "half a minute": (
        {"ExpiryMinutes": 0.5},
        "ExpiryMinutes must be an integer, not 0.5",
    ),
    "minutes in words": (
        {"ExpiryMinutes": "60"},
        'ExpiryMinutes must be an integer, not "60"',
    ),
    "country alone": (
        {"GeoMatchParams": {"Country": "US"}},
        "GeoMatchParams.AreaCode is required",
    ),
}


@pytest.mark.parametrize(("members", "message"), UNSENDABLE.values(), ids=UNSENDABLE)
def test_input_that_boto3_would_not_send_is_refused(
    send: Send, proxy_connector_id: str, members: dict[str, Any], message: str
) -> None:
    """The server checks on its own what boto3 checks before sending."""
    given = {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "Capabilities": ["Voice", "SMS"],
        **members,
    }

    answer = send(
        "POST",
        f"/voice-connectors/{proxy_connector_id}/proxy-sessions",
        json.dumps(given),
    )

    assert (answer.status_code, answer.json()) == (
        400,
        {"Code": "BadRequest", "Message": message},
    )
