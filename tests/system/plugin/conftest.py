"""Clients with the credentials of somebody, and the control interface."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
import requests

from kit.transports.clients import Login
from kit.transports.control import Control


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


@pytest.fixture
def origin(endpoint_url: str | None) -> str:
    """Where moto's own API is."""
    return endpoint_url or "http://motoapi.amazonaws.com"


@pytest.fixture
def control(origin: str) -> Control:
    """Return a sender of requests to the control interface."""

    def control(method: str, resource: str, **options: Any) -> requests.Response:
        url = f"{origin}/moto-api/proxymock/{resource}"
        return requests.request(method, url, timeout=10, **options)

    return control
