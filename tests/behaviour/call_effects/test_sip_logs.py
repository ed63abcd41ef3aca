"""The log of SIP messages: what voice connectors and telephone systems exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER, COURIER
from kit.builders.logs import (
    BEGUN,
    WHOLE,
    log_calls,
    sip_events,
    sip_lines,
    switch,
)
from kit.builders.receivers import HOST, attach_telephones, terminate
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.oracles.logs import (
    INVITE_HEADERS,
    Sip,
    dialog_problems,
    parsed,
    starts,
)
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SECOND_HOST = "pbx2.example.com"


@pytest.fixture
def logging(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector with NUMBER and a telephone system, and its log; return its id."""
    log_calls(client, connector_id, EnableSIPLogs=True)
    return connector_id


def messages(found: list[dict[str, Any]]) -> list[Sip]:
    """Return the SIP messages of lines."""
    return [parsed(line["sip_message"]) for line in found]


class TestInbound:
    """Calls to the telephone system."""

    def test_whole_call(self, logging: str, phone: Phone, connect: Connect) -> None:
        """Each message of both directions is a line, in order."""
        with phone.call(CALLER, NUMBER):
            pass

        found = sip_lines(connect, logging)
        assert starts(found) == WHOLE
        assert list(dialog_problems([line["sip_message"] for line in found])) == []

    def test_line(self, logging: str, phone: Phone, connect: Connect) -> None:
        """A line names connector, region, time and call."""
        call = phone.call(CALLER, NUMBER)

        leg = call.legs[0]
        first, *_ = sip_lines(connect, logging)
        assert {**first, "sip_message": ""} == {
            "voice_connector_id": logging,
            "aws_region": "us-east-1",
            "event_timestamp": round(leg.started_at.timestamp() * 1000),
            "call_id": leg.call_id,
            "sip_message": "",
        }

    def test_invite(self, logging: str, phone: Phone, connect: Connect) -> None:
        """The INVITE has the recorded header lines in their order."""
        call = phone.call(CALLER, NUMBER)

        invite, *_ = messages(sip_lines(connect, logging))
        assert invite.names == INVITE_HEADERS
        assert invite.start == f"INVITE sip:{NUMBER}@{HOST}:5060;transport=TLS SIP/2.0"
        assert invite.header("Max-Forwards") == "69"
        assert invite.header("To") == f"<sip:{NUMBER}@{HOST}:5060>;transport=TLS"
        assert invite.header("From").startswith(f"<sip:{CALLER}@10.0.0.10:5060>;tag=")
        assert invite.header("Call-ID") == call.legs[0].call_id
        assert invite.header("X-VoiceConnector-ID") == logging

    def test_offer(self, logging: str, phone: Phone, connect: Connect) -> None:
        """INVITE and 200 offer PCMU in packets of 20 ms."""
        phone.call(CALLER, NUMBER)

        found = messages(sip_lines(connect, logging))
        offers = [message.body for message in found if message.body]
        assert [
            "a=rtpmap:0 PCMU/8000\r\n" in each and "a=ptime:20\r\n" in each
            for each in offers
        ] == [True, True]

    def test_unencrypted_connector_uses_the_protocol_of_its_route(
        self, client: ChimeSDKVoiceClient, phone: Phone, connect: Connect
    ) -> None:
        """Without encryption, the transport is the route's."""
        made = client.create_voice_connector(Name="Open", RequireEncryption=False)
        id = made["VoiceConnector"]["VoiceConnectorId"]
        attach_telephones(client, id)
        switch(client, id, EnableSIPLogs=True)

        phone.call(CALLER, NUMBER)

        invite, *_ = messages(sip_lines(connect, id))
        assert invite.header("Via").startswith("SIP/2.0/TCP ")

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ("busy", ["INVITE", "100 INVITE", "486 INVITE", "ACK"]),
            ("rejects", ["INVITE", "100 INVITE", "180 INVITE", "486 INVITE", "ACK"]),
            ("unreachable", ["INVITE"]),
        ],
    )
    def test_refusal(
        self,
        logging: str,
        phone: Phone,
        connect: Connect,
        answers: str,
        expected: list[str],
    ) -> None:
        """A telephone system refuses with a final response; a dead one is silent."""
        phone.person(HOST, answers=answers)

        phone.call(CALLER, NUMBER)

        assert starts(sip_lines(connect, logging)) == expected

    def test_caller_gives_up(
        self, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """A call that still rings is cancelled."""
        phone.person(HOST, answers="no answer")

        with phone.call(CALLER, NUMBER):
            pass

        assert starts(sip_lines(connect, logging))[3:] == [
            "CANCEL",
            "200 CANCEL",
            "487 INVITE",
            "ACK",
        ]

    def test_telephone_system_hangs_up(
        self, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """Who hangs up sends the BYE, with From and To exchanged."""
        call = phone.call(CALLER, NUMBER)
        call.hang_up("B")

        invite, *_, bye, ok = messages(sip_lines(connect, logging))
        assert bye.header("To") == invite.header("From")
        assert bye.start == f"BYE sip:{CALLER}@10.0.0.10:5060 SIP/2.0"
        assert (ok.header("From"), ok.header("To")) == (
            bye.header("From"),
            bye.header("To"),
        )

    def test_second_route(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """Each host that is tried has an INVITE of its own."""
        phone.person(HOST, answers="unreachable")
        client.put_voice_connector_origination(
            VoiceConnectorId=logging,
            Origination={
                "Routes": [
                    {"Host": HOST, "Protocol": "TCP", "Priority": 1},
                    {"Host": SECOND_HOST, "Protocol": "UDP", "Priority": 2},
                ],
                "Disabled": False,
            },
        )

        phone.call(CALLER, NUMBER)

        found = sip_lines(connect, logging)
        assert starts(found) == ["INVITE", *BEGUN]
        assert [m.start.split("@")[1].split(":")[0] for m in messages(found[:2])] == [
            HOST,
            SECOND_HOST,
        ]


class TestOutbound:
    """Calls of the telephone system."""

    def test_whole_call(self, logging: str, phone: Phone, connect: Connect) -> None:
        """The telephone system sends the INVITE to the outbound host."""
        with phone.call(NUMBER, COURIER, via=logging, sip_headers={"X-Desk": "7"}):
            pass

        found = sip_lines(connect, logging)
        assert starts(found) == WHOLE
        assert list(dialog_problems([line["sip_message"] for line in found])) == []
        invite, *_ = messages(found)
        host = f"{logging}.voiceconnector.chime.aws"
        assert invite.start == f"INVITE sip:{COURIER}@{host} SIP/2.0"
        assert invite.headers[-1] == ("X-Desk", "7")

    def test_refusal(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """A call that the termination refuses has a final response."""
        phone.call(NUMBER, "+442079460000", via=logging)

        assert starts(sip_lines(connect, logging)) == [
            "INVITE",
            "100 INVITE",
            "480 INVITE",
            "ACK",
        ]

    def test_call_between_two_connectors(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """Each connector that a call passes logs its own side."""
        made = client.create_voice_connector(Name="Desk", RequireEncryption=True)
        other = made["VoiceConnector"]["VoiceConnectorId"]
        terminate(client, other)
        switch(client, other, EnableSIPLogs=True)

        with phone.call(COURIER, NUMBER, via=other):
            pass

        assert starts(sip_lines(connect, other)) == WHOLE
        assert starts(sip_lines(connect, logging)) == WHOLE

    def test_connector_that_makes_and_takes_a_call(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """Who calls hears of the ringing only when the host is called."""
        with phone.call(COURIER, NUMBER, via=logging):
            pass

        assert starts(sip_lines(connect, logging))[:6] == [
            *("INVITE", "100 INVITE"),
            *("INVITE", "100 INVITE", "180 INVITE", "180 INVITE"),
        ]


class TestSwitches:
    """What is logged, and where."""

    def test_masked_call_is_not_logged(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """No telephone system takes part in a call of a proxy session."""
        switch(client, proxy_connector_id, EnableSIPLogs=True)
        _, number = mask(client, proxy_connector_id)

        with phone.call(RIDER, number):
            pass

        assert sip_events(connect, proxy_connector_id) == []

    def test_off(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """A log that is switched off gets no more lines."""
        switch(client, logging, EnableSIPLogs=False)

        with phone.call(CALLER, NUMBER):
            pass

        assert sip_events(connect, logging) == []
