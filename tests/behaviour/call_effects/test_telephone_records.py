"""Call detail records of calls from and to telephone systems of connectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import CALLER, COURIER
from kit.builders.receivers import (
    CDRS,
    HOST,
    attach_telephones,
    members,
    records,
    talk,
    terminate,
)
from kit.builders.rides import DRIVER, RIDER, mask
from kit.builders.sip import NUMBER
from kit.oracles.left_behind import record_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("still", "bucket")


WAY = ("Direction", "SourcePhoneNumber", "DestinationPhoneNumber", "IsProxyCall")
END = ("Status", "StatusMessage", "BillableDurationSeconds", "UsageType")


class TestConnectorsCalls:
    """Calls from and to the telephone system of a connector."""

    def test_inbound(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """A call that a route sends to the telephone system has one record."""
        attach_telephones(client, connector_id)
        talk(clock, phone.call(CALLER, NUMBER), 30)

        found = records(connect, CDRS)

        assert members(found, *WAY) == [("Inbound", CALLER, NUMBER, False)]
        assert members(found, *END) == [
            ("Completed", "Normal Call Clearing", 30, "USE1-US-inbound-minutes")
        ]
        assert [record_problems(*each) for each in found.items()] == [[]]

    @pytest.mark.parametrize(
        ("answers", "phrase"),
        [("busy", "Busy Here"), ("no answer", "Temporarily Unavailable")],
    )
    def test_failed(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        answers: str,
        phrase: str,
    ) -> None:
        """A call that the telephone system does not take has failed."""
        attach_telephones(client, connector_id)
        phone.person(HOST, answers=answers)
        call = phone.call(CALLER, NUMBER)
        clock.advance(seconds=60)

        found = records(connect, CDRS)

        assert members(found, *END) == [
            ("Failed", phrase, 0, "USE1-US-inbound-minutes")
        ]
        assert members(found, "StartTimeEpochSeconds") == [(1795928767,)]
        assert [record_problems(*each) for each in found.items()] == [[]]
        assert call.status == "Ended"

    @pytest.mark.parametrize("made", [False, True])
    def test_given_up(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
        made: bool,
    ) -> None:
        """A call whose caller does not wait has the phrase of what SIP answers."""
        attach_telephones(client, connector_id)
        terminate(client, connector_id)
        phone.person(COURIER if made else HOST, answers="by hand")
        via = connector_id if made else None
        phone.call(CALLER, COURIER if made else NUMBER, via=via).hang_up()

        found = records(connect, CDRS)

        assert members(found, "Status", "StatusMessage") == [
            ("Failed", "Request Terminated")
        ]
        assert [record_problems(*each) for each in found.items()] == [[]]

    def test_to_an_own_proxy_number(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call to a proxy number of the connector that makes it is masked, too."""
        terminate(client, proxy_connector_id)
        number = mask(client, proxy_connector_id)[1]

        phone.call(RIDER, number, via=proxy_connector_id).hang_up()

        assert members(records(connect, CDRS), *WAY) == [
            ("Outbound", RIDER, number, False),
            ("Inbound", RIDER, number, True),
            ("Outbound", number, DRIVER, True),
        ]

    def test_without_a_route(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call to the number of a connector that has no route has failed."""
        attach_telephones(client, connector_id)
        client.delete_voice_connector_origination(VoiceConnectorId=connector_id)

        phone.call(CALLER, NUMBER)

        failed = ("Failed", "Temporarily Unavailable", 0, "USE1-US-inbound-minutes")
        assert members(records(connect, CDRS), *END) == [failed]

    def test_outbound(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """A call that a termination makes is billed by both countries."""
        terminate(client, connector_id, "GB")
        london = "+442079460000"
        talk(clock, phone.call(CALLER, london, via=connector_id), 7)

        found = records(connect, CDRS)

        assert members(found, *WAY) == [("Outbound", CALLER, london, False)]
        assert members(found, *END) == [
            ("Completed", "Normal Call Clearing", 12, "USE1-US-GB-outbound-minutes")
        ]
        assert [record_problems(*each) for each in found.items()] == [[]]

    def test_refused(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that the termination refuses has failed."""
        terminate(client, connector_id)

        phone.call(CALLER, "+442079460000", via=connector_id)

        assert members(records(connect, CDRS), *END) == [
            ("Failed", "Temporarily Unavailable", 0, "USE1-US-GB-outbound-minutes")
        ]

    @pytest.mark.parametrize(
        ("caller", "dialled", "usage"),
        [
            ("anonymous", COURIER, "USE1-US-US-outbound-minutes"),
            (CALLER, "911", "USE1-US-US-outbound-minutes"),
        ],
    )
    def test_number_without_a_country(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
        caller: str,
        dialled: str,
        usage: str,
    ) -> None:
        """A hidden caller, or an emergency number, is billed by the other's country."""
        terminate(client, connector_id)
        client.put_voice_connector_emergency_calling_configuration(
            VoiceConnectorId=connector_id,
            EmergencyCallingConfiguration={
                "DNIS": [{"EmergencyPhoneNumber": "+911", "CallingCountry": "US"}]
            },
        )

        phone.call(caller, dialled, via=connector_id).hang_up()

        assert members(records(connect, CDRS), "UsageType") == [(usage,)]

    def test_from_one_connector_to_another(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call from one connector to a number of another is recorded for both."""
        made = client.create_voice_connector(Name="Two", RequireEncryption=True)
        second_id = made["VoiceConnector"]["VoiceConnectorId"]
        attach_telephones(client, connector_id)
        terminate(client, second_id)

        phone.call(CALLER, NUMBER, via=second_id).hang_up()

        found = records(connect, CDRS)
        assert sorted(members(found, "Direction", "VoiceConnectorId")) == [
            ("Inbound", connector_id),
            ("Outbound", second_id),
        ]
        assert len({key.rpartition("/")[2] for key in found}) == 2

    def test_to_another_number_of_the_same_connector(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that leaves a connector and comes back has two records of it."""
        attach_telephones(client, connector_id)
        terminate(client, connector_id)

        phone.call(CALLER, NUMBER, via=connector_id).hang_up()

        assert members(records(connect, CDRS), *WAY) == [
            ("Outbound", CALLER, NUMBER, False),
            ("Inbound", CALLER, NUMBER, False),
        ]
