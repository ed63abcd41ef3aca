"""Requests that no mock can answer, in programs that catch every error."""

from __future__ import annotations

from contextlib import suppress

import boto3
import program
from moto import mock_aws

ELSEWHERE = "https://new.us-east-1.api.aws"


@mock_aws
def test_host_that_moto_does_not_know() -> None:
    """A client for another host."""
    with suppress(Exception):
        boto3.client("sns", "us-east-1", endpoint_url=ELSEWHERE).list_topics()


@mock_aws
def test_client_of_before() -> None:
    """A client from before moto, which a moto elsewhere shall answer."""
    with suppress(Exception):
        program.voice.list_voice_connectors()
