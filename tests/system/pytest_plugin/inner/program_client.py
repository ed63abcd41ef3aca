"""A client that a program makes in a test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import boto3
import pytest

from proxymock import Sandbox


@pytest.fixture
def after() -> Iterator[None]:
    """Look at the environment when the fixture has ended."""
    yield
    assert "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" not in os.environ


@pytest.mark.usefixtures("after")
def test_it(proxymock: Sandbox) -> None:
    """It looks where the fixture does."""
    assert proxymock.voice_connector_id
    client = boto3.client("chime-sdk-voice", "us-east-1")
    assert len(client.list_voice_connectors()["VoiceConnectors"]) == 1
