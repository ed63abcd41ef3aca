"""The metrics of calls in CloudWatch: what they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    answer,
    open_desk,
    saying,
    to_telephones,
)
from kit.builders.metrics import sums
from kit.builders.receivers import HOST, route_to_host
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("noon")


def test_answered_call(
    telephones: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """A call is attempted and answered once, and active in each of its minutes."""
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=90)
    call.hang_up()

    assert sums(connect, "InboundCallAttempts", telephones) == [1, 0]
    assert sums(connect, "InboundCallsAnswered", telephones) == [1, 0]
    assert sums(connect, "InboundCallFailures", telephones) == [0, 0]
    assert sums(connect, "InboundCallsActive", telephones) == [1, 1]
    assert sums(connect, "VoiceConnectorActiveCallCount", telephones) == [1, 1]
    assert sums(connect, "OutboundCallAttempts", telephones) == [0, 0]
    assert sums(connect, "Throttles", telephones) == [0, 0]


def test_failed_call(telephones: str, phone: Phone, connect: Connect) -> None:
    """A call that nobody answers is a failure, with a final response."""
    phone.person(HOST, answers="busy")
    phone.call(CALLER, NUMBER)

    assert sums(connect, "InboundCallFailures", telephones) == [1]
    assert sums(connect, "InboundCallsAnswered", telephones) == [0]
    assert sums(connect, "Sip4xxCodes", telephones) == [1]
    assert sums(connect, "CustomerToVcRtpPackets", telephones) == []


def test_host_that_is_tried_in_vain(
    client: ChimeSDKVoiceClient,
    telephones: str,
    phone: Phone,
    clock: Clock,
    snapshot: Snapshot,
    connect: Connect,
) -> None:
    """A route that fails before another one answers is a failure, and no attempt."""
    hosts = (HOST, "two.example.com", "three.example.com")
    route_to_host(client, telephones, *hosts)
    for host in hosts[:2]:
        phone.person(host, answers="unreachable")
    call = phone.call(CALLER, NUMBER)
    clock.advance(minutes=1)
    snapshot.load(snapshot.export())

    assert call.connected_to == "three.example.com"
    assert sums(connect, "InboundCallFailures", telephones) == [2, 0]
    assert sums(connect, "InboundCallAttempts", telephones) == [1, 0]
    assert sums(connect, "InboundCallsAnswered", telephones) == [1, 0]


def test_host_of_a_group_that_is_tried_in_vain(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    functions: Functions,
    connect: Connect,
) -> None:
    """A failure is of the connector whose host has failed."""
    made = client.create_voice_connector(Name="Two", RequireEncryption=True)
    other = made["VoiceConnector"]["VoiceConnectorId"]
    route_to_host(client, connector_id)
    route_to_host(client, other, "two.example.com")
    group = client.create_voice_connector_group(
        Name="Both",
        VoiceConnectorItems=[
            {"VoiceConnectorId": id, "Priority": rank}
            for rank, id in enumerate((connector_id, other), 1)
        ],
    )["VoiceConnectorGroup"]
    to_group = to_telephones(connector_id)
    to_group["Parameters"]["Endpoints"][0]["Arn"] = group["VoiceConnectorGroupArn"]
    open_desk(client)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_group)))
    phone.person(HOST, answers="unreachable")
    phone.call(CALLER, NUMBER)

    assert sums(connect, "InboundCallFailures", connector_id) == [1]
    assert sums(connect, "InboundCallFailures", other) == [0]
    assert sums(connect, "InboundCallsAnswered", other) == [1]


def test_outbound_call(telephones: str, phone: Phone, connect: Connect) -> None:
    """Calls of the telephone system are Outbound."""
    with phone.call(NUMBER, COURIER, via=telephones):
        pass

    assert sums(connect, "OutboundCallAttempts", telephones) == [1]
    assert sums(connect, "InboundCallAttempts", telephones) == [0]
    assert sums(connect, "Sip2xxCodes", telephones) == [2]


def test_media(telephones: str, phone: Phone, clock: Clock, connect: Connect) -> None:
    """Packets are counted, qualities measured; two calls add up, or are averaged."""
    phone.person(HOST, hangs_up_after=90)
    phone.call(CALLER, NUMBER)
    phone.call(RIDER, NUMBER)
    clock.advance(minutes=3)

    assert sums(connect, "CustomerToVcRtpPackets", telephones) == [6000, 3000]
    assert sums(connect, "VcToRemoteRtpBytes", telephones) == [1032000, 516000]
    quality = "MOSBetweenVcAndCustomer"
    assert sums(connect, quality, telephones, "Average") == [4.3, 4.3]
    assert sums(connect, "RTTBetweenVcAndRemote", telephones, "Average") == [
        19434,
        19434,
    ]


def test_media_of_less_than_a_second(
    telephones: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """What the process takes is no minute of a call, nor a second."""
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=60.004)
    call.hang_up()
    phone.call(CALLER, NUMBER).hang_up()

    assert sums(connect, "CustomerToVcRtpPackets", telephones) == [3000]


def test_active_calls_at_once(
    telephones: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """The greatest number of active calls is the number of calls at once."""
    first = phone.call(CALLER, NUMBER)
    phone.call(RIDER, NUMBER)
    clock.advance(minutes=1)
    first.hang_up()
    clock.advance(minutes=1)

    found = sums(connect, "InboundCallsActive", telephones, "Maximum")
    assert found == [2, 2, 1]


def test_masked_call(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    connect: Connect,
) -> None:
    """A masked call counts both ways, as one active call, and has no media."""
    with phone.call(RIDER, mask(client, proxy_connector_id)[1]):
        pass

    assert sums(connect, "InboundCallsAnswered", proxy_connector_id) == [1]
    assert sums(connect, "OutboundCallsAnswered", proxy_connector_id) == [1]
    assert sums(connect, "VoiceConnectorActiveCallCount", proxy_connector_id) == [1]
    assert sums(connect, "Sip2xxCodes", proxy_connector_id) == [0]
    assert sums(connect, "CustomerToVcRtpPackets", proxy_connector_id) == []


def test_call_of_an_application(
    client: ChimeSDKVoiceClient, phone: Phone, connect: Connect
) -> None:
    """An application's calls count for the application."""
    open_desk(client)
    phone.call(CALLER, NUMBER)

    assert sums(connect, "SmaActiveCallCount") == [1]
    assert sums(connect, "VoiceConnectorActiveCallCount") == []


def test_query_without_dimensions(
    telephones: str, phone: Phone, connect: Connect
) -> None:
    """Each value stands once, so that a dashboard without dimensions is right."""
    phone.call(CALLER, NUMBER)

    assert sums(connect, "InboundCallAttempts") == [1]


def test_ringing_call(telephones: str, phone: Phone, connect: Connect) -> None:
    """A call that rings is an attempt, and neither answered nor failed."""
    phone.person(HOST, answers="by hand")
    phone.call(CALLER, NUMBER)

    assert sums(connect, "InboundCallAttempts", telephones) == [1]
    assert sums(connect, "InboundCallsAnswered", telephones) == [0]
    assert sums(connect, "InboundCallFailures", telephones) == [0]
