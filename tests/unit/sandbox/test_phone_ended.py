"""Calls and texts after the end of a session."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from kit.builders.numbers import SEATTLE, acquire
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.rides import DRIVER, FALLBACK, RIDER, mask, set_fallback
from kit.transports.clients import Connect
from proxymock.phone import Interaction
from proxymock.plugin.sandbox_client import Clock, Phone
from proxymock.telephony.routing import ENDED, NO_FALLBACK, UNUSED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NUMBER = SEATTLE[1]
NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture
def expired(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, clock: Clock
) -> tuple[str, str]:
    """A session of rider and driver that has expired: its id and the proxy number."""
    masked = mask(client, proxy_connector_id)
    clock.advance(minutes=60)
    return masked


class TestEndedSession:
    """After a session has expired or was deleted."""

    def test_call_after_expiry_goes_to_the_fallback(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        expired: tuple[str, str],
    ) -> None:
        """The fallback number, as it is at the time of the call, takes the call."""
        session_id, number = expired
        set_fallback(client, proxy_connector_id)

        interaction = phone.call(RIDER, number)

        assert interaction == Interaction(
            id=interaction.id,
            type="Call",
            from_number=RIDER,
            to_number=number,
            body=None,
            outcome="Fallback",
            reason=ENDED,
            connected_to=FALLBACK,
            caller_id=number,
            proxy_session_id=session_id,
            voice_connector_id=proxy_connector_id,
            at=interaction.at,
        )

    @pytest.mark.settings(proxy_numbers="connector")
    def test_number_that_has_been_given_away_is_called_as_such(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """A number that has moved to another connector leads there, for all people."""
        acquire(client, NUMBER)
        other = create_proxy_connector(client)
        client.put_voice_connector_origination(
            VoiceConnectorId=other,
            Origination={"Routes": [{"Host": "192.0.2.1", "Protocol": "TCP"}]},
        )
        client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=proxy_connector_id, E164PhoneNumbers=[NUMBER]
        )
        assert mask(client, proxy_connector_id)[1] == NUMBER
        clock.advance(minutes=60)
        before = phone.call(RIDER, NUMBER)
        client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=other, E164PhoneNumbers=[NUMBER], ForceAssociate=True
        )

        after = phone.call(RIDER, NUMBER)

        assert (before.outcome, before.reason) == ("Rejected", NO_FALLBACK)
        assert (after.outcome, after.connected_to) == ("Connected", "192.0.2.1")
        assert after.voice_connector_id == other

    @pytest.mark.parametrize(
        "kept",
        [
            pytest.param("gone", marks=pytest.mark.settings(deleted_sessions="gone")),
            pytest.param(
                "closed", marks=pytest.mark.settings(deleted_sessions="closed")
            ),
        ],
    )
    def test_call_after_deletion_goes_to_the_fallback(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        kept: str,
    ) -> None:
        """A deleted session has ended, whether it stays readable or not."""
        set_fallback(client, proxy_connector_id)
        session_id, number = mask(client, proxy_connector_id)
        client.delete_proxy_session(
            VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
        )

        interaction = phone.call(DRIVER, number)

        assert (interaction.outcome, interaction.connected_to) == ("Fallback", FALLBACK)

    def test_call_without_a_fallback_is_rejected(
        self, phone: Phone, expired: tuple[str, str]
    ) -> None:
        """Without a fallback number nobody takes the call."""
        interaction = phone.call(RIDER, expired[1])

        assert (interaction.outcome, interaction.reason) == ("Rejected", NO_FALLBACK)

    def test_text_is_rejected(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        expired: tuple[str, str],
    ) -> None:
        """The fallback number is for calls."""
        set_fallback(client, proxy_connector_id)

        interaction = phone.text(RIDER, expired[1], "Hello?")

        assert (interaction.outcome, interaction.reason) == ("Rejected", ENDED)

    def test_live_session_comes_first(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        expired: tuple[str, str],
    ) -> None:
        """A new session behind the same number connects again."""
        set_fallback(client, proxy_connector_id)
        session_id, same = mask(client, proxy_connector_id)

        interaction = phone.call(RIDER, same)

        assert same == expired[1]
        assert interaction.proxy_session_id == session_id
        assert interaction.outcome == "Connected"

    def test_last_ending_decides(
        self,
        connect: Connect,
        phone: Phone,
        clock: Clock,
        expired: tuple[str, str],
    ) -> None:
        """Of several connectors that of the last session gives the fallback number."""
        west = connect(region="us-west-2")
        other = create_proxy_connector(west)
        set_fallback(west, other)
        _, same = mask(west, other)
        clock.advance(minutes=60)

        interaction = phone.call(RIDER, same)

        assert same == expired[1]
        assert interaction.voice_connector_id == other

    def test_end_is_forgotten_with_the_connector(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """The number of a deleted connector's session is as if never used."""
        _, number = mask(client, proxy_connector_id)
        client.delete_voice_connector(VoiceConnectorId=proxy_connector_id)

        interaction = phone.call(RIDER, number)

        assert (interaction.outcome, interaction.reason) == ("Rejected", UNUSED)
