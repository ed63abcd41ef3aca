"""A test that meets an error of the service."""

from __future__ import annotations

import boto3
from moto import mock_aws


@mock_aws
def test_it() -> None:
    """This test fails: there is no such connector."""
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    client.get_voice_connector(VoiceConnectorId="abcdef1ghij2klmno3pqr4")
