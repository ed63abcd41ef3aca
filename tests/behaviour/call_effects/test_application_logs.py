"""The logs of calls that join a SIP media application and a telephone system."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    masking,
    open_desk,
    saying,
    to_telephones,
)
from kit.builders.logs import (
    BEGUN,
    MEDIA_GROUP,
    WHOLE,
    events,
    sip_lines,
    switch,
)
from kit.builders.receivers import HOST, route_to_host, terminate
from kit.builders.sip import NUMBER, create_rule, host_of
from kit.oracles.logs import INVITE_HEADERS, dialog_problems, log, parsed, starts
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

DESK = "desk-7"


@pytest.fixture(autouse=True)
def application_id(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """An application that answers NUMBER, and a connector that logs; return its id."""
    switch(client, connector_id, EnableSIPLogs=True, EnableMediaMetricLogs=True)
    route_to_host(client, connector_id)
    return open_desk(client)


def packets(connect: Connect, connector_id: str) -> list[int]:
    """Return how many packets came from the telephone system, by minute."""
    lines = log(events(connect, f"{MEDIA_GROUP}/{connector_id}"))
    return [line["cust2vc_rtp_packets"] for line in lines]


def test_bridge_to_the_telephone_system(
    connector_id: str,
    phone: Phone,
    functions: Functions,
    clock: Clock,
    connect: Connect,
) -> None:
    """The leg to the telephone system is logged while it lasts, and no other."""
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_telephones(connector_id))))
    call = phone.call(CALLER, NUMBER)
    clock.advance(minutes=1)
    phone.log()
    call.hang_up("B")
    clock.advance(minutes=5)

    lines = sip_lines(connect, connector_id)
    assert starts(lines) == WHOLE
    assert list(dialog_problems([line["sip_message"] for line in lines])) == []
    assert {line["call_id"] for line in lines} == {call.leg("B").call_id}
    first, *rest = packets(connect, connector_id)
    assert (first, sum(rest) < 3000) == (3000, True)


def test_invite_names_the_connector(
    connector_id: str, phone: Phone, functions: Functions, connect: Connect
) -> None:
    """An INVITE that an application causes says whom it is for."""
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_telephones(connector_id))))
    phone.call(CALLER, NUMBER)

    invite = parsed(sip_lines(connect, connector_id)[0]["sip_message"])
    assert invite.start == f"INVITE sip:{DESK}@{HOST}:5060;transport=TLS SIP/2.0"
    assert invite.names == [*INVITE_HEADERS, "X-SMA-Max-Forwards", "X-Amzn-TargetArn"]
    arn = f"arn:aws:chime:us-east-1:123456789012:vc/{connector_id}"
    assert invite.header("X-Amzn-TargetArn") == arn


def test_telephone_system_calls_a_host(
    client: ChimeSDKVoiceClient,
    application_id: str,
    connector_id: str,
    phone: Phone,
    connect: Connect,
) -> None:
    """A call to the host of a connector comes from its telephone system."""
    host = host_of(connector_id)
    create_rule(client, host, application_id)

    with phone.call(CALLER, f"sip:{DESK}@{host}"):
        pass

    lines = sip_lines(connect, connector_id)
    assert starts(lines) == ["INVITE", "100 INVITE", "200 INVITE", "ACK", *WHOLE[5:]]
    assert parsed(lines[0]["sip_message"]).start == f"INVITE sip:{DESK}@{host} SIP/2.0"


def test_function_hangs_up_at_once(
    client: ChimeSDKVoiceClient,
    application_id: str,
    connector_id: str,
    phone: Phone,
    functions: Functions,
    connect: Connect,
) -> None:
    """Before an answer the code 0 of a function is one that SIP has."""
    hang_up = action("Hangup", SipResponseCode="0")
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(hang_up)))
    create_rule(client, host_of(connector_id), application_id)

    phone.call(CALLER, f"sip:{DESK}@{host_of(connector_id)}")

    found = sip_lines(connect, connector_id)
    assert starts(found) == ["INVITE", "100 INVITE", "480 INVITE", "ACK"]


def test_application_rings_somebody_else(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    functions: Functions,
    connect: Connect,
) -> None:
    """Whom the application calls is not the telephone system's to hear of."""
    terminate(client, connector_id)
    functions.bind(ARN, masking)
    phone.person(COURIER, answers="by hand")

    call = phone.call(CALLER, NUMBER, via=connector_id)
    before = starts(sip_lines(connect, connector_id))
    call.answer("B")

    assert before == BEGUN[:2]
    assert starts(sip_lines(connect, connector_id)) == [*BEGUN[:2], *BEGUN[3:]]


def test_leg_that_stays_goes_on(
    connector_id: str,
    phone: Phone,
    functions: Functions,
    clock: Clock,
    connect: Connect,
) -> None:
    """When another leg ends within a minute, that minute is not over."""
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_telephones(connector_id))))
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=90)
    call.hang_up("A")
    before = packets(connect, connector_id)
    clock.advance(seconds=40)

    assert (before, packets(connect, connector_id)) == ([3000], [3000, 3000])
