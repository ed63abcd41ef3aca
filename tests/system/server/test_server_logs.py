"""Logs, metrics and voice analytics on a server in a process of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import boto3
import pytest

from kit.builders.desk import CALLER
from kit.builders.logs import WHOLE, log_calls, sip_lines
from kit.builders.receivers import queue
from kit.builders.sip import NUMBER
from kit.builders.voices import CONFIGURATION, QUEUE, analyse, statuses, told
from kit.oracles.logs import starts
from kit.transports.clients import CREDENTIALS, REGION, Connect
from kit.transports.servers import Start, url_in
from proxymock.plugin.sandbox_client import Clock, Phone
from proxymock.plugin.transports import OverHTTP, Transport


@pytest.fixture
def motos_server_url(start: Start) -> str:
    """The address of a server in another process."""
    _, line = start()
    return url_in(line)


@pytest.fixture
def transport(motos_server_url: str) -> Transport:
    """The way to its sandbox."""
    return OverHTTP(motos_server_url)


@pytest.fixture
def connect(motos_server_url: str) -> Connect:
    """Return a client of a service of that server."""

    def connect(service: str = "chime-sdk-voice", region: str = REGION) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            region_name=region,
            endpoint_url=motos_server_url,
            **CREDENTIALS,
        )

    return connect


def test_call(
    transport: Transport, connect: Connect, phone: Phone, clock: Clock
) -> None:
    """All that a call leaves behind is on the server."""
    client = connect()
    queue(connect)
    sinks = {CONFIGURATION: [QUEUE]}
    transport.perform("PUT", "settings", None, {"VoiceAnalyticsSinks": sinks})
    made = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    id = made["VoiceConnector"]["VoiceConnectorId"]
    log_calls(client, id, EnableSIPLogs=True)
    analyse(client, id)

    with phone.call(CALLER, NUMBER) as call:
        pass

    assert (starts(sip_lines(connect, id)), call.warnings) == (WHOLE, ())
    ready = [("AnalyticsReady", False), ("AnalyticsReady", True)]
    assert statuses(told(connect)) == ready
    [point] = connect("cloudwatch").get_metric_statistics(
        Namespace="AWS/ChimeVoiceConnector",
        MetricName="InboundCallsAnswered",
        StartTime=clock.now() - timedelta(hours=1),
        EndTime=clock.now() + timedelta(hours=1),
        Period=7200,
        Statistics=["Sum"],
    )["Datapoints"]
    assert point["Sum"] == 1
