"""What a test has moto let through to the network."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws
from no_way_out import Leak

ELSEWHERE = "https://new.us-east-1.api.aws"
URLS: Any = {"core": {"passthrough": {"urls": ["https://new[.]"]}}}
SERVICES: Any = {"core": {"passthrough": {"services": ["sts"]}}}


def test_url() -> None:
    """A URL."""
    with mock_aws(config=URLS), pytest.raises(Leak):
        boto3.client("sns", "us-east-1", endpoint_url=ELSEWHERE).list_topics()


def test_service() -> None:
    """A service."""
    with mock_aws(config=SERVICES), pytest.raises(Leak):
        boto3.client("sts", "us-east-1").get_caller_identity()
