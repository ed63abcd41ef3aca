"""What becomes of logs and notices when a service of moto fails."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from moto.logs.models import LogsBackend

from kit.builders.desk import CALLER
from kit.builders.logs import (
    SIP_GROUP,
    log_calls,
    sip_events,
    switch,
)
from kit.builders.sip import NUMBER
from kit.transports.clients import Connect
from proxymock.plugin.deliveries import logs
from proxymock.plugin.sandbox_client import Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def endpoint_url() -> None:
    """In process alone: the services are patched."""


def breaks(*_: Any, **__: Any) -> None:
    """Fail as no backend should."""
    raise RuntimeError("out of order")


def test_group_that_cannot_be_made(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The setting is put, and the log of the process says what was not made."""
    monkeypatch.setattr(LogsBackend, "ensure_log_group", breaks)

    switch(client, connector_id, EnableSIPLogs=True)

    [record] = (r for r in caplog.records if r.name.startswith("proxymock"))
    assert record.getMessage().startswith(
        f"log group {SIP_GROUP}/{connector_id}: RuntimeError: out of order"
    )


def test_line_that_cannot_be_written(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That lines are lost is a warning of the call, once; it goes on."""
    log_calls(client, connector_id, EnableSIPLogs=True)
    monkeypatch.setattr(LogsBackend, "put_log_events", breaks)

    with phone.call(CALLER, NUMBER) as call:
        pass

    assert (len(call.warnings), call.ended) == (1, True)
    assert call.warnings[0].startswith(
        f"log group {SIP_GROUP}/{connector_id}: RuntimeError: out of order"
    )


@pytest.mark.parametrize("days", [-400, -14, 0, 400])
def test_timestamp_is_one_that_moto_takes(
    client: ChimeSDKVoiceClient, connector_id: str, connect: Connect, days: int
) -> None:
    """Whatever the time of a line is, it is not dropped."""
    switch(client, connector_id, EnableSIPLogs=True)
    at = datetime.now(timezone.utc) + timedelta(days=days)
    stamp = logs.timestamp(at)
    name = f"{SIP_GROUP}/{connector_id}"
    connect("logs").create_log_stream(logGroupName=name, logStreamName="here")

    connect("logs").put_log_events(
        logGroupName=name,
        logStreamName="here",
        logEvents=[{"timestamp": stamp, "message": "{}"}],
    )

    assert [event["timestamp"] for event in sip_events(connect, connector_id)] == [
        stamp
    ]
