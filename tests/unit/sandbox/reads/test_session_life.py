"""The life of one proxy session."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_session
from proxymock.plugin.sandbox_client import Clock, Phone
from proxymock.sandbox.reads.sessions import (
    LifeEvent,
    session,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def event(at: datetime, event: str, text: str, id: str | None = None) -> LifeEvent:
    """Return an event of a life."""
    return LifeEvent(at=at, event=event, interaction_id=id, text=text)


def test_live(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    read: Read,
) -> None:
    """It begins with its creation; what is still ahead is its expiry."""
    made = create_session(client, proxy_connector_id)
    proxy = made["Participants"][0]["ProxyPhoneNumber"]
    clock.advance(seconds=1)
    call = phone.call(ALICE, proxy)
    clock.advance(seconds=1)
    text = phone.text(BOB, proxy, "I am here")
    phone.call(CAROL, proxy)  # in no session

    shown = read(session, proxy_session_id=made["ProxySessionId"])

    second = timedelta(seconds=1)
    assert shown.life == (
        event(NOON, "Created", "The session is created"),
        event(NOON + second, "Call", f"Call from {ALICE}: Connected", call.id),
        event(NOON + 2 * second, "Text", f"Text from {BOB}: Connected", text.id),
        event(NOON + timedelta(hours=1), "Expires", "The session expires"),
    )
    assert [each.id for each in shown.log.interactions] == [text.id, call.id]
    assert shown.log.total == 2


def test_ringing(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    read: Read,
) -> None:
    """A call that nobody has answered yet rings."""
    made = create_session(client, proxy_connector_id)
    phone.person(BOB, answers="by hand")
    call = phone.call(ALICE, made["Participants"][0]["ProxyPhoneNumber"])

    life = read(session, proxy_session_id=made["ProxySessionId"]).life

    assert life[1] == event(NOON, "Call", f"Call from {ALICE}: rings", call.id)


def test_expired(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    clock: Clock,
    read: Read,
) -> None:
    """It ends at the instant of its expiry, however late somebody looks."""
    made = create_session(client, proxy_connector_id)
    clock.advance(hours=2)

    life = read(session, proxy_session_id=made["ProxySessionId"]).life

    expiry = NOON + timedelta(hours=1)
    assert life[-1] == event(expiry, "Expired", "The session has expired")


@pytest.mark.settings(deleted_sessions="closed")
def test_deleted(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """One that was deleted has ended before it expired."""
    id = create_session(client, proxy_connector_id)["ProxySessionId"]
    client.delete_proxy_session(VoiceConnectorId=proxy_connector_id, ProxySessionId=id)

    life = read(session, proxy_session_id=id).life

    ended = "The session was ended before it expired"
    assert life[-1] == event(NOON, "Deleted", ended)


def test_shortened(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, clock: Clock, read: Read
) -> None:
    """One whose new length is over already has expired, when it was updated."""
    id = create_session(client, proxy_connector_id)["ProxySessionId"]
    clock.advance(minutes=5)
    client.update_proxy_session(
        VoiceConnectorId=proxy_connector_id,
        ProxySessionId=id,
        Capabilities=["Voice"],
        ExpiryMinutes=1,
    )

    life = read(session, proxy_session_id=id).life

    updated = NOON + timedelta(minutes=5)
    assert life[-1] == event(updated, "Expired", "The session has expired")
