"""Who is in the fixture's world while a mock is around it."""

from __future__ import annotations

from typing import Any

import boto3

from proxymock import Sandbox, clock, faults, phone, snapshot


def test_everybody(aws: Any, proxymock: Sandbox) -> None:
    """A client of before, a new one, the modules and other services."""
    assert proxymock.account_id != "123456789012"
    id = proxymock.voice_connector_id
    for client in aws, boto3.client("chime-sdk-voice", "us-east-1"):
        connectors = client.list_voice_connectors()["VoiceConnectors"]
        assert [connector["VoiceConnectorId"] for connector in connectors] == [id]
    proxymock.clock.advance(days=1)
    assert snapshot.export() == proxymock.snapshot.export()
    assert abs(clock.now() - proxymock.clock.now()).total_seconds() < 60
    assert (faults.pending(), phone.log()) == ([], [])
    identity = boto3.client("sts", "us-east-1").get_caller_identity()
    assert identity["Account"] == proxymock.account_id
