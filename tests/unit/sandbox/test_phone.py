"""Numbers that no session uses, the log, and who is masked to whom."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.rides import DRIVER, FALLBACK, RIDER, STRANGER_NUMBER, mask
from kit.transports.clients import Connect
from proxymock.phone import Mask
from proxymock.plugin.sandbox_client import Clock, Phone
from proxymock.sandbox import SandboxError
from proxymock.telephony.routing import NO_ROUTE, NOT_OURS, UNUSED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


class TestOtherNumbers:
    """Numbers that no session of the caller uses."""

    def test_unused_number_of_the_generated_pool(self, phone: Phone) -> None:
        """A proxy number that no session uses says so."""
        assert phone.call(RIDER, "+12015550150").reason == UNUSED

    @pytest.mark.parametrize("number", [DRIVER, "+33123456789", "+8835100"])
    def test_ordinary_number_is_not_ours(self, phone: Phone, number: str) -> None:
        """A call between ordinary numbers is none of the service's business."""
        interaction = phone.call(RIDER, number)

        assert (interaction.outcome, interaction.reason) == ("Rejected", NOT_OURS)

    @pytest.mark.settings(proxy_numbers=["+12065550150"])
    def test_listed_numbers_are_the_proxy_numbers(self, phone: Phone) -> None:
        """With a list of proxy numbers only these are."""
        reasons = [phone.call(RIDER, n).reason for n in ("+12065550150", "12015550150")]

        assert reasons == [UNUSED, NOT_OURS]

    @pytest.mark.settings(proxy_numbers="connector")
    def test_connectors_numbers_are_the_proxy_numbers(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """If connectors bring their own, those associated with one are."""
        found = client.search_available_phone_numbers(AreaCode="206", MaxResults=2)
        numbers = found["E164PhoneNumbers"]
        client.create_phone_number_order(
            ProductType="VoiceConnector", E164PhoneNumbers=numbers
        )
        client.list_phone_numbers()
        client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=proxy_connector_id, E164PhoneNumbers=numbers[:1]
        )

        reasons = [phone.call(RIDER, n).reason for n in (*numbers, "+12015550150")]

        assert reasons == [NO_ROUTE, NOT_OURS, NOT_OURS]

    @pytest.mark.parametrize("number", ["", "police", "+", "00", "+1 206", "\u0000"])
    def test_no_number(self, phone: Phone, number: str) -> None:
        """What cannot be a number is refused and not logged."""
        message = f"From must be a phone number such as +1 206 555 0100, not {number!r}"

        with pytest.raises(SandboxError, match=f"^{re.escape(message)}$"):
            phone.call(number, RIDER)

        assert phone.log() == []


class TestLogAndMasks:
    """What has happened, and who is masked to whom."""

    def test_log_has_everything_in_order(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """The log has calls and texts, those that were rejected too."""
        _, number = mask(client, proxy_connector_id)
        made = [
            phone.call(RIDER, number),
            phone.text(DRIVER, number, "Hello"),
            phone.call(STRANGER_NUMBER, number),
        ]

        assert phone.log() == made

    def test_log_of_a_session(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """The log can be that of one session."""
        session_id, number = mask(client, proxy_connector_id)
        made = phone.call(RIDER, number)
        phone.call(STRANGER_NUMBER, number)

        assert phone.log(proxy_session_id=session_id) == [made]

    def test_masks_are_the_live_sessions_of_all_regions(
        self,
        connect: Connect,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
    ) -> None:
        """Every live session is a mask, in the order of creation."""
        west = connect(region="us-west-2")
        with time_machine.travel(NOON, tick=False):
            other_id = create_proxy_connector(west)
            first, number = mask(west, other_id, ExpiryMinutes=5)
            second, another = mask(client, proxy_connector_id)
            ended, _ = mask(client, proxy_connector_id)
            client.delete_proxy_session(
                VoiceConnectorId=proxy_connector_id, ProxySessionId=ended
            )
            phone.call(RIDER, another)
            masks = phone.masks()

        assert masks == [
            Mask(
                proxy_session_id=first,
                voice_connector_id=other_id,
                region="us-west-2",
                proxy_phone_number=number,
                participants=(RIDER, DRIVER),
                status="Open",
                expires_at=NOON + timedelta(minutes=5),
            ),
            Mask(
                proxy_session_id=second,
                voice_connector_id=proxy_connector_id,
                region="us-east-1",
                proxy_phone_number=another,
                participants=(RIDER, DRIVER),
                status="InProgress",
                expires_at=NOON + timedelta(minutes=60),
            ),
        ]

    @pytest.mark.settings(proxy_numbers=["+12065550150", "+12065550151"])
    def test_masks_behind_one_number_are_not_together(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """The order is that of the sessions, whichever number each of them has."""
        pairs = [(RIDER, DRIVER), (RIDER, STRANGER_NUMBER), ("+12065550177", FALLBACK)]
        made = [
            mask(client, proxy_connector_id, ParticipantPhoneNumbers=[*pair])
            for pair in pairs
        ]

        masks = phone.masks()

        found = [(each.proxy_session_id, each.proxy_phone_number) for each in masks]
        first, second = "+12065550150", "+12065550151"
        assert found == made
        assert [number for _, number in made] == [first, second, first]

    def test_expired_session_is_no_mask(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """A mask falls at the instant the session expires."""
        mask(client, proxy_connector_id)
        clock.advance(minutes=60)

        assert phone.masks() == []

    def test_accounts_have_networks_of_their_own(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """Another account neither sees a mask nor gets a call through."""
        _, number = mask(client, proxy_connector_id)

        interaction = phone.call(RIDER, number, account_id="111111111111")

        assert interaction.reason == UNUSED
        assert phone.masks(account_id="111111111111") == []
        assert phone.log() == []
        assert phone.log(account_id="111111111111") == [interaction]
