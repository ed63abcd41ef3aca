"""What calls leave behind if what they rest on is changed or deleted meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import ARN, CALLER, COURIER, answer, saying, to_telephones
from kit.builders.logs import WHOLE, sip_lines, switch
from kit.builders.receivers import (
    ENDED,
    HOST,
    STARTED,
    attach_telephones,
    keep_records,
    members,
    queue,
    received,
    records,
    route_to_host,
    rule,
    statuses,
    stream,
    terminate,
)
from kit.builders.rides import DRIVER, RIDER, mask
from kit.builders.sip import NUMBER, create_application, create_rule, host_of, own
from kit.oracles.logs import parsed, starts
from kit.transports.clients import Connect
from proxymock.phone import Call
from proxymock.plugin.sandbox_client import Clock, Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ANSWERED = ["INVITE", "100 INVITE", "200 INVITE", "ACK", "BYE", "200 BYE"]
Begin = Callable[["ChimeSDKVoiceClient", str, Phone, Functions], Call]


@pytest.fixture(autouse=True)
def everything(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, connect: Connect
) -> None:
    """A connector whose calls are streamed, logged and recorded."""
    rule(connect, queue(connect))
    keep_records(client, connect)
    stream(client, proxy_connector_id)
    switch(client, proxy_connector_id, EnableSIPLogs=True, EnableMediaMetricLogs=True)


def masked(
    client: ChimeSDKVoiceClient, id: str, phone: Phone, functions: Functions
) -> Call:
    """Let a rider call the driver."""
    return phone.call(RIDER, mask(client, id)[1])


def inbound(
    client: ChimeSDKVoiceClient, id: str, phone: Phone, functions: Functions
) -> Call:
    """Let somebody call the telephone system, whose number is then taken away."""
    attach_telephones(client, id)
    call = phone.call(CALLER, NUMBER)
    client.disassociate_phone_numbers_from_voice_connector(
        VoiceConnectorId=id, E164PhoneNumbers=[NUMBER]
    )
    return call


def outbound(
    client: ChimeSDKVoiceClient, id: str, phone: Phone, functions: Functions
) -> Call:
    """Let the telephone system call somebody."""
    terminate(client, id)
    return phone.call(CALLER, COURIER, via=id)


def to_host(
    client: ChimeSDKVoiceClient, id: str, phone: Phone, functions: Functions
) -> Call:
    """Let the telephone system call an application, whose rule is then deleted."""
    rule_id = create_rule(client, host_of(id), create_application(client))
    call = phone.call(CALLER, f"sip:desk-7@{host_of(id)}")
    client.delete_sip_rule(SipRuleId=rule_id)
    return call


def bridged(
    client: ChimeSDKVoiceClient, id: str, phone: Phone, functions: Functions
) -> Call:
    """Let an application put a caller through to the telephone system."""
    route_to_host(client, id)
    own(client)
    create_rule(client, NUMBER, create_application(client))
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_telephones(id))))
    return phone.call(CALLER, NUMBER)


@pytest.mark.parametrize(
    ("begin", "sip", "recorded"),
    [
        (masked, [], ["Inbound", "Outbound"]),
        (inbound, WHOLE, ["Inbound"]),
        (outbound, WHOLE, ["Outbound"]),
        (to_host, ANSWERED, []),
        (bridged, WHOLE, []),
    ],
)
@pytest.mark.parametrize("saved", [False, True])
def test_connector_is_deleted(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    functions: Functions,
    snapshot: Snapshot,
    connect: Connect,
    begin: Begin,
    sip: list[str],
    recorded: list[str],
    saved: bool,
) -> None:
    """A call ends as if its connector were there, even in a state that is loaded."""
    call = begin(client, proxy_connector_id, phone, functions)
    client.delete_voice_connector(VoiceConnectorId=proxy_connector_id)
    if saved:
        snapshot.load(snapshot.export())
        [call] = phone.calls()
    clock.advance(seconds=30)
    while call.open_legs:
        call.hang_up(call.open_legs[-1].tag)

    assert statuses(received(connect)) == STARTED + ENDED
    assert starts(sip_lines(connect, proxy_connector_id) if sip else []) == sip
    found = records(connect, "Amazon-Chime-Voice-Connector-CDRs")
    expected = [(proxy_connector_id, way, True) for way in recorded]
    # The streams of a masked call are those of its way in.
    if begin is masked:
        expected[1] = (proxy_connector_id, "Outbound", False)
    names = ("VoiceConnectorId", "Direction", "Streaming")
    assert members(found, *names) == expected
    assert call.warnings == ()


def test_metrics_stay(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, connect: Connect
) -> None:
    """A connector that is deleted still had its calls."""
    phone.call(RIDER, mask(client, proxy_connector_id)[1]).hang_up()
    client.delete_voice_connector(VoiceConnectorId=proxy_connector_id)

    found = connect("cloudwatch").list_metrics(MetricName="InboundCallAttempts")

    dimension = {"Name": "VoiceConnectorId", "Value": proxy_connector_id}
    assert [each["Dimensions"] for each in found["Metrics"]] == [[dimension]]


def test_logging_changes(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, connect: Connect
) -> None:
    """A log that is switched off or on in a call is so for later calls only."""
    attach_telephones(client, proxy_connector_id)
    call = phone.call(CALLER, NUMBER)
    switch(client, proxy_connector_id, EnableSIPLogs=False)
    with phone.call(CALLER, NUMBER):
        switch(client, proxy_connector_id, EnableSIPLogs=True)
    call.hang_up()

    assert starts(sip_lines(connect, proxy_connector_id)) == WHOLE


def test_streaming_begins_while_it_rings(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, connect: Connect
) -> None:
    """Streaming that is switched on while a call rings is for later calls."""
    client.delete_voice_connector_streaming_configuration(
        VoiceConnectorId=proxy_connector_id
    )
    phone.person(DRIVER, answers="by hand")
    call = phone.call(RIDER, mask(client, proxy_connector_id)[1])
    stream(client, proxy_connector_id)

    call.answer()

    assert received(connect) == []


def test_route_changes(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, connect: Connect
) -> None:
    """All messages of a call go where its INVITE has gone."""
    attach_telephones(client, proxy_connector_id)
    call = phone.call(CALLER, NUMBER)
    client.update_voice_connector(
        VoiceConnectorId=proxy_connector_id, Name="Plain", RequireEncryption=False
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=proxy_connector_id,
        Origination={"Routes": [{"Host": HOST, "Protocol": "UDP", "Port": 5080}]},
    )

    call.hang_up()

    lines = sip_lines(connect, proxy_connector_id)
    found = [parsed(line["sip_message"]) for line in lines]
    to_host = [each.start for each in found if each.start.endswith(" SIP/2.0")]
    assert [start.partition(HOST)[2] for start in to_host] == [
        ":5060;transport=TLS SIP/2.0",
        ":5060 SIP/2.0",
        ":5060 SIP/2.0",
    ]
    vias = {each.header("Via").split()[0] for each in found}
    assert vias == {"SIP/2.0/TLS"}


def test_bucket_changes(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, connect: Connect
) -> None:
    """A record goes to the bucket that its region names when the call has ended."""
    call = phone.call(RIDER, mask(client, proxy_connector_id)[1])
    keep_records(client, connect, bucket="others")

    call.hang_up()

    folder = "Amazon-Chime-Voice-Connector-CDRs"
    found = [len(records(connect, folder, bucket)) for bucket in ("records", "others")]
    assert found == [0, 2]


def test_rule_of_another_region(
    client: ChimeSDKVoiceClient, phone: Phone, connect: Connect
) -> None:
    """An application may be called by a rule of another region, deleted or not."""
    west = connect(region="us-west-2")
    west.update_global_settings(VoiceConnector={"CdrBucket": "records"})
    own(client)
    rule_id = create_rule(client, NUMBER, create_application(west, "us-west-2"))
    with phone.call(CALLER, NUMBER):
        client.update_sip_rule(SipRuleId=rule_id, Name="Off", Disabled=True)
        client.delete_sip_rule(SipRuleId=rule_id)

    names = ("SipRuleId", "CallLegTriggerType")
    found = records(connect, "Amazon-Chime-SMADRs")
    assert members(found, *names) == [(rule_id, "ToPhoneNumber")]


def test_two_connectors_with_one_host(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    functions: Functions,
    connect: Connect,
) -> None:
    """A leg passes the connector that the application has named, not a like one."""
    made = client.create_voice_connector(Name="Two", RequireEncryption=True)
    second_id = made["VoiceConnector"]["VoiceConnectorId"]
    route_to_host(client, proxy_connector_id)
    bridged(client, second_id, phone, functions).hang_up("B")

    found = records(connect, "Amazon-Chime-SMADRs")
    assert members(found, "VoiceConnectorId") == [(second_id,)]
