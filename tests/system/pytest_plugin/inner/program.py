"""A program that makes its clients when it is imported, before moto is."""

from __future__ import annotations

import sys
from typing import Any

import boto3

assert "moto" not in sys.modules
KEYS: Any = {"aws_access_key_id": "AKIAREALKEY", "aws_secret_access_key": "real"}
voice = boto3.client("chime-sdk-voice", "us-east-1", **KEYS)
queues = boto3.Session().resource("sqs", "us-east-1", **KEYS)
session = boto3.Session(region_name="us-east-1", **KEYS)
default = boto3.client("sts", "us-east-1", **KEYS)


def connectors() -> list[str]:
    """Use all clients; return the names of the connectors, one of which is new."""
    assert queues.create_queue(QueueName="rides").url
    assert session.client("s3").list_buckets()["Buckets"] == []
    assert default.get_caller_identity()["Account"]
    voice.create_voice_connector(Name="Rides", RequireEncryption=True)
    return [c["Name"] for c in voice.list_voice_connectors()["VoiceConnectors"]]
