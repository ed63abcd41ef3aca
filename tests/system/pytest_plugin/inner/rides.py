"""A use of the service."""

from __future__ import annotations

import boto3


def use() -> None:
    """Make a connector, which is the only one there is."""
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    client.create_voice_connector(Name="Rides", RequireEncryption=True)
    assert len(client.list_voice_connectors()["VoiceConnectors"]) == 1
