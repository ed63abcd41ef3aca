"""The log of media metrics: a line for each minute of a call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER, COURIER
from kit.builders.logs import MEDIA_GROUP, events, log_calls, switch
from kit.builders.receivers import HOST
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.oracles.left_behind import problems
from kit.oracles.logs import MEDIA_LINE, log
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def logging(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector with NUMBER and a telephone system, and its log; return its id."""
    log_calls(client, connector_id, EnableMediaMetricLogs=True)
    return connector_id


def lines(connect: Connect, connector_id: str) -> list[dict[str, Any]]:
    """Return the lines of a connector's log, each held against what is known."""
    read = log(events(connect, f"{MEDIA_GROUP}/{connector_id}"))
    assert [list(problems(line, MEDIA_LINE)) for line in read] == [[]] * len(read)
    return read


def packets(found: list[dict[str, Any]]) -> list[int]:
    """Return how many packets came from the telephone system, by line."""
    return [line["cust2vc_rtp_packets"] for line in found]


def test_line_for_each_begun_minute(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """A call of 2.5 minutes has three lines; the last is of whole seconds."""
    call = phone.call(CALLER, NUMBER)
    clock.advance(seconds=150.1)
    call.hang_up()

    assert packets(lines(connect, logging)) == [3000, 3000, 1500]


def test_line_comes_when_its_minute_is_over(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """While the call lasts, the minutes that are over have their lines."""
    phone.call(CALLER, NUMBER)
    before = lines(connect, logging)
    clock.advance(seconds=119)

    assert (before, packets(lines(connect, logging))) == ([], [3000])


def test_line(logging: str, phone: Phone, clock: Clock, connect: Connect) -> None:
    """A line names the call and its parties, and counts each direction."""
    call = phone.call(CALLER, NUMBER)
    clock.advance(minutes=1)

    [line] = lines(connect, logging)
    flow = {
        "rtp_packets": 3000,
        "rtp_bytes": 516000,
        "rtcp_packets": 12,
        "rtcp_bytes": 624,
        "packets_lost": 0,
        "jitter": 0,
    }
    ends = call.legs[0].started_at + timedelta(minutes=1)
    assert line == {
        "voice_connector_id": logging,
        "event_timestamp": round(ends.timestamp() * 1000),
        "call_id": call.transaction_id,
        "from_sip_user": CALLER,
        "from_country": "US",
        "to_sip_user": NUMBER,
        "to_country": "US",
        "endpoint_id": line["endpoint_id"],
        "aws_region": "us-east-1",
        **{
            f"{direction}_{name}": value
            for direction in ("cust2vc", "vc2cust", "rem2vc", "vc2rem")
            for name, value in flow.items()
        },
        "rtt_btwn_vc_and_cust": 19434,
        "mos_btwn_vc_and_cust": 4.3,
        "rtt_btwn_vc_and_rem": 19434,
        "mos_btwn_vc_and_rem": 4.3,
    }


def test_minutes_and_end_within_one_step_of_the_clock(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """Lines are in order, none twice, however far the clock jumps."""
    phone.person(HOST, hangs_up_after=150)
    phone.call(CALLER, NUMBER)
    clock.advance(hours=3)

    found = lines(connect, logging)
    assert packets(found) == [3000, 3000, 1500]
    times = [line["event_timestamp"] for line in found]
    assert [later - times[0] for later in times] == [0, 60000, 90000]


def test_outbound_call(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """A call that the telephone system makes is logged alike."""
    phone.call(NUMBER, COURIER, via=logging)
    clock.advance(minutes=2)

    [first, second] = lines(connect, logging)
    assert (first["from_sip_user"], first["to_sip_user"]) == (NUMBER, COURIER)
    assert packets([first, second]) == [3000, 3000]


def test_hidden_caller(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """Who hides the number has no country."""
    phone.call("anonymous", NUMBER)
    clock.advance(minutes=1)

    [line] = log(events(connect, f"{MEDIA_GROUP}/{logging}"))
    assert (line["from_sip_user"], line["from_country"]) == ("anonymous", "")


def test_call_that_nobody_answers(
    logging: str, phone: Phone, clock: Clock, connect: Connect
) -> None:
    """Without an answer there are no media."""
    phone.person(HOST, answers="busy")
    phone.call(CALLER, NUMBER)
    clock.advance(minutes=2)

    assert lines(connect, logging) == []


def test_masked_call(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    connect: Connect,
) -> None:
    """Calls of proxy sessions are not in this log."""
    switch(client, proxy_connector_id, EnableMediaMetricLogs=True)
    _, number = mask(client, proxy_connector_id)
    with phone.call(RIDER, number):
        clock.advance(minutes=2)

    assert lines(connect, proxy_connector_id) == []


def test_loaded_state(
    logging: str, phone: Phone, clock: Clock, snapshot: Snapshot, connect: Connect
) -> None:
    """A call that is saved after a minute goes on with the second one."""
    phone.call(CALLER, NUMBER)
    clock.advance(seconds=61)
    snapshot.load(snapshot.export())
    clock.advance(seconds=60)

    assert packets(lines(connect, logging)) == [3000, 3000]
