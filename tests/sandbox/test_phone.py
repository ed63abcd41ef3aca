"""Calls and texts through proxy sessions, and who is reached."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from proxymock.phone import Interaction, Mask
from proxymock.plugin.tools import Clock, Phone
from proxymock.sandbox.phone import ENDED, NO_FALLBACK, NOT_OURS, STRANGER, UNUSED
from support import (
    ALICE,
    BOB,
    CAROL,
    Connect,
    create_proxy_connector,
    create_session,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
RIDER, DRIVER, STRANGER_NUMBER = BOB, ALICE, CAROL
FALLBACK = "+12065550199"


def mask(
    client: ChimeSDKVoiceClient, connector_id: str, **members: Any
) -> tuple[str, str]:
    """Mask rider and driver; return the session's id and the proxy number."""
    session = create_session(client, connector_id, **members)
    return session["ProxySessionId"], session["Participants"][0]["ProxyPhoneNumber"]


def status(client: ChimeSDKVoiceClient, connector_id: str, session_id: str) -> str:
    """Return the status of a session."""
    answer = client.get_proxy_session(
        VoiceConnectorId=connector_id, ProxySessionId=session_id
    )
    return answer["ProxySession"]["Status"]


def set_fallback(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Give a connector a fallback number."""
    client.put_voice_connector_proxy(
        VoiceConnectorId=connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
        FallBackPhoneNumber=FALLBACK,
    )


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


class TestEndedSession:
    """After a session has expired or was deleted."""

    def test_call_after_expiry_goes_to_the_fallback(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """The fallback number, as it is at the time of the call, takes the call."""
        session_id, number = mask(client, proxy_connector_id)
        clock.advance(minutes=60)
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
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """Without a fallback number nobody takes the call."""
        _, number = mask(client, proxy_connector_id)
        clock.advance(minutes=60)

        interaction = phone.call(RIDER, number)

        assert (interaction.outcome, interaction.reason) == ("Rejected", NO_FALLBACK)

    def test_text_is_rejected(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """The fallback number is for calls."""
        set_fallback(client, proxy_connector_id)
        _, number = mask(client, proxy_connector_id)
        clock.advance(minutes=60)

        interaction = phone.text(RIDER, number, "Hello?")

        assert (interaction.outcome, interaction.reason) == ("Rejected", ENDED)

    def test_live_session_comes_first(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """A new session behind the same number connects again."""
        set_fallback(client, proxy_connector_id)
        _, number = mask(client, proxy_connector_id)
        clock.advance(minutes=60)
        session_id, same = mask(client, proxy_connector_id)

        interaction = phone.call(RIDER, number)

        assert same == number
        assert interaction.proxy_session_id == session_id
        assert interaction.outcome == "Connected"

    def test_last_ending_decides(
        self,
        connect: Connect,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """Of several connectors that of the last session gives the fallback number."""
        _, number = mask(client, proxy_connector_id)
        clock.advance(minutes=60)
        west = connect(region="us-west-2")
        other = create_proxy_connector(west)
        set_fallback(west, other)
        _, same = mask(west, other)
        clock.advance(minutes=60)

        interaction = phone.call(RIDER, number)

        assert same == number
        assert interaction.voice_connector_id == other

    def test_end_is_forgotten_with_the_connector(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """The number of a deleted connector's session is as if never used."""
        _, number = mask(client, proxy_connector_id)
        client.delete_voice_connector(VoiceConnectorId=proxy_connector_id)

        interaction = phone.call(RIDER, number)

        assert (interaction.outcome, interaction.reason) == ("Rejected", UNUSED)


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

        assert reasons == [UNUSED, NOT_OURS, NOT_OURS]

    @pytest.mark.parametrize("number", ["", "police", "+", "00", "+1 206", "\u0000"])
    def test_no_number(self, phone: Phone, number: str) -> None:
        """What cannot be a number is refused and not logged."""
        with pytest.raises(ValueError, match="is no phone number such as"):
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
