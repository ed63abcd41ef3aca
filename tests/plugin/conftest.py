"""Clients with the credentials of somebody."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from support import Login


@pytest.fixture
def login(endpoint_url: str | None) -> Login:
    """Return a client of the service that calls with certain credentials."""

    def login(region: str = "us-east-1", **credentials: Any) -> Any:
        return boto3.client(
            "chime-sdk-voice",
            region_name=region,
            endpoint_url=endpoint_url,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials.get("SessionToken"),
        )

    return login
