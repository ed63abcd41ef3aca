"""A mock of a whole run, around what the tests' fixtures mock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from proxymock import clock, faults, phone, snapshot


@pytest.fixture(scope="session", autouse=True)
def aws() -> Iterator[Any]:
    """A client of a mocked AWS in which something is going on, and stays as it is."""
    config: Any = {
        "proxymock": {"proxy_sessions": "retired"},
        "core": {"service_whitelist": ["chime-sdk-voice"]},
    }
    with mock_aws(config=config):
        client = boto3.client("chime-sdk-voice", "us-east-1")
        client.create_voice_connector(Name="Around", RequireEncryption=True)
        faults.inject("CreateVoiceConnector", "ForbiddenException", times=99)
        phone.call("+12065550100", "+14015550101")
        clock.advance(days=400)
        before = snapshot.export()
        yield client
        assert snapshot.export() == before
        assert len(faults.pending()) == 1
        with pytest.raises(client.exceptions.ClientError):
            client.list_proxy_sessions(VoiceConnectorId="a" * 21)
