"""Calls that the telephone system behind a connector makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER, COURIER, open_desk
from kit.builders.numbers import acquire
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

DEFAULT = "+12065550101"


def terminate(client: ChimeSDKVoiceClient, connector_id: str, **members: Any) -> None:
    """Put a termination that calls the US."""
    termination: Any = {
        "CallingRegions": ["US"],
        "CidrAllowedList": ["192.0.2.32/27"],
        **members,
    }
    client.put_voice_connector_termination(
        VoiceConnectorId=connector_id, Termination=termination
    )


class TestTermination:
    """Calls that a connector's telephone system makes."""

    def test_call_out(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """A telephone of a country that the termination calls rings."""
        terminate(client, connector_id)

        call = phone.call(CALLER, COURIER, via=connector_id)

        assert (call.outcome, call.connected_to, call.voice_connector_id) == (
            "Connected",
            COURIER,
            connector_id,
        )

    @pytest.mark.parametrize(
        ("members", "to", "reason"),
        [
            (
                {"Disabled": True},
                COURIER,
                "The termination of the voice connector is disabled",
            ),
            (
                {},
                "+442079460000",
                "The termination calls the countries US, not +442079460000",
            ),
            (
                {},
                "911",
                "+911 is neither a number of a country nor an emergency number of the "
                "voice connector",
            ),
            (
                {},
                "desk",
                "desk is neither a number of a country nor an emergency number of the "
                "voice connector",
            ),
        ],
    )
    def test_refused(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        members: dict[str, Any],
        to: str,
        reason: str,
    ) -> None:
        """A termination that does not make a call says why."""
        terminate(client, connector_id, **members)

        call = phone.call(CALLER, to, via=connector_id)

        assert (call.outcome, call.reason) == ("Rejected", reason)

    def test_without_a_termination(self, connector_id: str, phone: Phone) -> None:
        """A connector that has no termination calls nobody."""
        call = phone.call(CALLER, COURIER, via=connector_id)

        assert (call.outcome, call.reason) == (
            "Rejected",
            "The voice connector has no termination",
        )

    def test_calls_per_second(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """What the termination makes counts, one call a second by default."""
        open_desk(client)
        terminate(client, connector_id)

        calls = [phone.call(CALLER, to, via=connector_id) for to in (NUMBER, COURIER)]

        assert [call.outcome for call in calls] == ["Connected", "Rejected"]
        assert calls[1].reason == "The termination makes 1 calls a second"

    def test_emergency_number(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """An emergency number is called whatever the termination says."""
        client.put_voice_connector_emergency_calling_configuration(
            VoiceConnectorId=connector_id,
            EmergencyCallingConfiguration={
                "DNIS": [{"EmergencyPhoneNumber": "+911", "CallingCountry": "US"}]
            },
        )

        assert phone.call(CALLER, "911", via=connector_id).connected_to == "+911"

    def test_second_number(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """Emergency numbers are found in any order, and each may have a test number."""
        client.put_voice_connector_emergency_calling_configuration(
            VoiceConnectorId=connector_id,
            EmergencyCallingConfiguration={
                "DNIS": [
                    {"EmergencyPhoneNumber": "+911", "CallingCountry": "US"},
                    {
                        "EmergencyPhoneNumber": "+112",
                        "TestPhoneNumber": "+933",
                        "CallingCountry": "US",
                    },
                ]
            },
        )

        calls = [phone.call(CALLER, to, via=connector_id) for to in ("112", "933")]

        assert [call.connected_to for call in calls] == ["+112", "+933"]

    def test_caller_id(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """The caller is shown by an own number, else by the termination's default."""
        acquire(client, NUMBER, DEFAULT)
        terminate(client, connector_id, CpsLimit=3, DefaultPhoneNumber=DEFAULT)

        calls = [
            phone.call(caller, COURIER, via=connector_id)
            for caller in (NUMBER, CALLER, "anonymous")
        ]

        assert [call.caller_id for call in calls] == [NUMBER, DEFAULT, DEFAULT]
        assert [call.from_number for call in calls] == [NUMBER, CALLER, "anonymous"]

    def test_without_a_default_number(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """Without a default number the caller's own is shown, whoever's it is."""
        terminate(client, connector_id)

        call = phone.call(CALLER, COURIER, via=connector_id)

        assert call.caller_id == CALLER

    def test_call_to_an_application(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """A number of the account is answered by the application that has it."""
        application_id = open_desk(client)
        terminate(client, connector_id)

        call = phone.call(CALLER, NUMBER, via=connector_id)

        assert (call.connected_to, call.voice_connector_id) == (application_id, None)

    def test_connector_of_another_region(
        self, connect: Connect, connector_id: str, phone: Phone
    ) -> None:
        """A connector is found in whatever region it is."""
        client = connect(region="us-west-2")
        other = client.create_voice_connector(Name="West", RequireEncryption=True)[
            "VoiceConnector"
        ]["VoiceConnectorId"]
        terminate(client, other)

        call = phone.call(CALLER, COURIER, via=other)

        assert (call.connected_to, call.voice_connector_id) == (COURIER, other)

    def test_sip_address(self, connector_id: str, phone: Phone) -> None:
        """A SIP address is called without a connector."""
        with pytest.raises(SandboxError, match=r"^Via must be left out for a SIP add"):
            phone.call(CALLER, "sip:desk@pbx.example.com", via=connector_id)

        assert phone.calls() == []

    def test_unknown_connector(self, phone: Phone) -> None:
        """What is no connector makes no call."""
        with pytest.raises(SandboxError, match="Via must be a voice connector"):
            phone.call(CALLER, COURIER, via="abc")

        assert phone.calls() == []
