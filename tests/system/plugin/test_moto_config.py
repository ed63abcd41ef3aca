"""The services that moto mocks, and those that it lets pass."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError, HTTPClientError
from moto.core import config as moto_config

import proxymock
from kit.transports.clients import CREDENTIALS

KEYS: Any = CREDENTIALS


@pytest.fixture(autouse=True)
def mocked_aws() -> None:
    """No mock: these tests bring their own."""


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network, so that a call that passes ends here."""

    def refuse(*arguments: Any, **keywords: Any) -> None:
        raise OSError("There is no network")

    monkeypatch.setattr("socket.getaddrinfo", refuse)


def call(**core: Any) -> object:
    """Return what a client gets with these settings of moto."""
    once = Config(retries={"total_max_attempts": 1})
    client = boto3.client("chime-sdk-voice", "us-east-1", config=once, **KEYS)
    with proxymock.mock_aws(config={"core": core}):
        return client.list_voice_connectors()["VoiceConnectors"]


def whitelist(*services: str) -> object:
    """Return what a client gets if moto mocks these services alone."""
    if not hasattr(moto_config, "service_whitelisted"):
        pytest.skip("this moto has no service_whitelist")
    return call(service_whitelist=list(services))


def test_whitelisted() -> None:
    """A list of services that has this one lets it be mocked."""
    assert whitelist("s3", "chime-sdk-voice") == []


def test_not_whitelisted() -> None:
    """A list of services that lacks this one makes its calls fail in moto."""
    with pytest.raises(Exception, match=r"^Service chime-sdk-voice not whitelist"):
        whitelist("s3")


@pytest.mark.parametrize(
    "passthrough",
    [
        {"services": ["chime-sdk-voice"]},
        {"urls": [r"https://voice-chime\.us-east-1\.amazonaws\.com/.*"]},
    ],
    ids=["service", "url"],
)
def test_passthrough(passthrough: dict[str, list[str]]) -> None:
    """A call that moto shall let pass goes to the network."""
    with pytest.raises((EndpointConnectionError, HTTPClientError)):
        call(passthrough=passthrough)


@pytest.mark.parametrize(
    "passthrough",
    [
        {"services": ["s3"]},
        {"urls": [r"https://voice-chime\.eu-west-2\.amazonaws\.com/.*"]},
    ],
    ids=["service", "url"],
)
def test_passthrough_of_others(passthrough: dict[str, list[str]]) -> None:
    """What others may do does not concern this service."""
    assert call(passthrough=passthrough) == []
