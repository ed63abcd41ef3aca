"""Calls and texts through live sessions."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.rides import DRIVER, RIDER, STRANGER_NUMBER, mask, status
from proxymock.phone import Interaction
from proxymock.plugin.sandbox_client import Phone
from proxymock.telephony.routing import STRANGER

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


class TestLiveSession:
    """While a session is live."""

    def test_call_reaches_the_counterpart(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """A call to the proxy number reaches the other one, who sees that number."""
        with time_machine.travel(NOON, tick=False):
            session_id, number = mask(client, proxy_connector_id)
            interaction = phone.call(RIDER, number)

        assert interaction == Interaction(
            id=interaction.id,
            type="Call",
            from_number=RIDER,
            to_number=number,
            body=None,
            outcome="Connected",
            reason=None,
            connected_to=DRIVER,
            caller_id=number,
            proxy_session_id=session_id,
            voice_connector_id=proxy_connector_id,
            at=NOON,
        )

    def test_text_reaches_the_counterpart(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """A text goes the way that a call goes, in the other direction too."""
        session_id, number = mask(client, proxy_connector_id)

        interaction = phone.text(DRIVER, number, "I am here")

        assert interaction == Interaction(
            id=interaction.id,
            type="Text",
            from_number=DRIVER,
            to_number=number,
            body="I am here",
            outcome="Connected",
            reason=None,
            connected_to=RIDER,
            caller_id=number,
            proxy_session_id=session_id,
            voice_connector_id=proxy_connector_id,
            at=interaction.at,
        )

    @pytest.mark.parametrize(
        "spelling",
        ["(206) 555-0100", "1 206 555 0100", "12065550100", "tel:+1-206-555-0100"],
    )
    def test_usual_spellings_are_the_same_number(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        spelling: str,
    ) -> None:
        """A caller may be written as people write numbers; the answer is E.164."""
        _, number = mask(client, proxy_connector_id)

        interaction = phone.call(spelling, number)

        assert (interaction.from_number, interaction.connected_to) == (RIDER, DRIVER)

    def test_first_interaction_sets_in_progress(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """A session is Open until its first interaction, which updates it once."""
        with time_machine.travel(NOON, tick=False) as travel:
            session_id, number = mask(client, proxy_connector_id)
            before = status(client, proxy_connector_id, session_id)
            travel.shift(timedelta(minutes=1))
            phone.text(RIDER, number, "Where are you?")
            travel.shift(timedelta(minutes=1))
            phone.call(DRIVER, number)
            after = client.get_proxy_session(
                VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
            )["ProxySession"]

        assert (before, after["Status"]) == ("Open", "InProgress")
        assert after["UpdatedTimestamp"] == NOON + timedelta(minutes=1)

    @pytest.mark.parametrize(("has", "lacks"), [("Voice", "SMS"), ("SMS", "Voice")])
    def test_lacking_capability_rejects(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        has: str,
        lacks: str,
    ) -> None:
        """What the session is not capable of is rejected and no interaction with it."""
        session_id, number = mask(client, proxy_connector_id, Capabilities=[has])

        if lacks == "SMS":
            interaction = phone.text(RIDER, number, "Hello")
        else:
            interaction = phone.call(RIDER, number)

        assert (interaction.outcome, interaction.reason, interaction.connected_to) == (
            "Rejected",
            f"The proxy session lacks the capability {lacks}",
            None,
        )
        assert interaction.proxy_session_id == session_id
        assert status(client, proxy_connector_id, session_id) == "Open"

    def test_latest_capable_session_takes_the_call(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """Of a pair's sessions behind one number the latest that can takes the call."""
        _, number = mask(client, proxy_connector_id)
        second, same = mask(client, proxy_connector_id, Capabilities=["Voice"])
        _, also_same = mask(client, proxy_connector_id, Capabilities=["SMS"])

        assert same == also_same == number
        assert phone.call(RIDER, number).proxy_session_id == second

    def test_stranger_is_rejected(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """Who is not in a session behind the number reaches nobody."""
        _, number = mask(client, proxy_connector_id)

        interaction = phone.call(STRANGER_NUMBER, number)

        assert (interaction.outcome, interaction.reason) == ("Rejected", STRANGER)
        assert interaction.proxy_session_id is None
