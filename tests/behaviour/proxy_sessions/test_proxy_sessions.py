"""Proxy sessions, as a user of boto3 sees them: what goes in and what comes out."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import time_machine

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_session
from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 6, 0, 895000, tzinfo=timezone.utc)


def test_create_answers_the_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A session is Open at once; capabilities and participants come back sorted."""
    with time_machine.travel(NOON, tick=False):
        answer = client.create_proxy_session(
            VoiceConnectorId=proxy_connector_id,
            ParticipantPhoneNumbers=[ALICE, BOB],
            Capabilities=["Voice", "SMS"],
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "ProxySession": {
            "VoiceConnectorId": proxy_connector_id,
            "ProxySessionId": answer["ProxySession"]["ProxySessionId"],
            "Status": "Open",
            "ExpiryMinutes": 60,
            "Capabilities": ["SMS", "Voice"],
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "Participants": [
                {"PhoneNumber": BOB, "ProxyPhoneNumber": "+12015550150"},
                {"PhoneNumber": ALICE, "ProxyPhoneNumber": "+12015550150"},
            ],
        }
    }


def test_create_echoes_what_was_chosen(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Every optional member of Create comes back as it was given."""
    chosen = {
        "Name": "Order 42",
        "ExpiryMinutes": 30,
        "NumberSelectionBehavior": "PreferSticky",
        "GeoMatchLevel": "AreaCode",
        "GeoMatchParams": {"Country": "US", "AreaCode": "206"},
    }

    session = create_session(client, proxy_connector_id, **chosen)

    assert {name: session[name] for name in chosen} == chosen


def test_ids_of_sessions_are_uuids(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Each call of Create makes another session, with a UUID for an id."""
    first = create_session(client, proxy_connector_id)["ProxySessionId"]
    second = create_session(client, proxy_connector_id)["ProxySessionId"]

    assert first != second
    assert [str(UUID(id)) for id in (first, second)] == [first, second]


def test_get_answers_what_create_did(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Get answers the session as Create answered it."""
    session = create_session(client, proxy_connector_id, Name="Order 42")

    answer = client.get_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session["ProxySessionId"]
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert body(answer) == {"ProxySession": session}


def test_capabilities_are_a_set(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A capability that is sent twice counts once."""
    session = create_session(
        client, proxy_connector_id, Capabilities=["Voice", "SMS", "Voice"]
    )

    assert session["Capabilities"] == ["SMS", "Voice"]


def test_plus_sign_is_added(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A participant that is sent without its plus sign gets one."""
    session = create_session(
        client, proxy_connector_id, ParticipantPhoneNumbers=[ALICE[1:], BOB]
    )

    assert [p["PhoneNumber"] for p in session["Participants"]] == [BOB, ALICE]


def test_update_replaces_capabilities(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Update answers 201 and changes capabilities and update timestamp alone."""
    session = create_session(client, proxy_connector_id, Name="Order 42")

    with time_machine.travel(LATER, tick=False):
        answer = client.update_proxy_session(
            VoiceConnectorId=proxy_connector_id,
            ProxySessionId=session["ProxySessionId"],
            Capabilities=["Voice"],
        )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "ProxySession": {
            **session,
            "Capabilities": ["Voice"],
            "UpdatedTimestamp": LATER,
        }
    }
    found = client.get_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session["ProxySessionId"]
    )
    assert body(found) == body(answer)


def test_update_sets_the_length(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Update takes another length; number and participants stay."""
    session = create_session(client, proxy_connector_id)

    updated = client.update_proxy_session(
        VoiceConnectorId=proxy_connector_id,
        ProxySessionId=session["ProxySessionId"],
        Capabilities=["SMS"],
        ExpiryMinutes=720,
    )["ProxySession"]

    assert (updated["ExpiryMinutes"], updated["Participants"]) == (
        720,
        session["Participants"],
    )


def test_deleted_session_is_gone(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Delete answers 204; then the session is neither found nor listed."""
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": create_session(client, proxy_connector_id)["ProxySessionId"],
    }

    answer = client.delete_proxy_session(**ids)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    for call in (client.get_proxy_session, client.delete_proxy_session):
        with pytest.raises(client.exceptions.NotFoundException) as error:
            call(**ids)
        assert error.value.response["Error"]["Message"] == (
            f"Could not find ProxySession with Id '{ids['ProxySessionId']}'"
        )
    found = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert found["ProxySessions"] == []
