"""Against a moto server, as for programs in other processes and languages."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.server import ThreadedMotoServer

import proxymock
from delivery import ANA, BEN, Deliveries

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def endpoint_url() -> Iterator[str]:
    """A moto server in a thread; ``proxymock-server`` is the same on its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    proxymock.register()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def voice(endpoint_url: str) -> ChimeSDKVoiceClient:
    """A client with any credentials at all."""
    return boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=endpoint_url,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )


def test_session_is_listed_by_the_server(voice: ChimeSDKVoiceClient) -> None:
    """An order on its way is among the connector's open sessions."""
    deliveries = Deliveries(voice)
    session_id = deliveries.begin(1, ANA, BEN)

    answer = voice.list_proxy_sessions(
        VoiceConnectorId=deliveries.connector_id, Status="Open"
    )

    assert [s["ProxySessionId"] for s in answer["ProxySessions"]] == [session_id]
