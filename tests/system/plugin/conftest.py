"""Clients with the credentials of somebody, and the control interface."""

from __future__ import annotations

from functools import cache
from typing import Any

import boto3
import pytest
import requests

from kit.transports.clients import Login
from kit.transports.control import Control


@pytest.fixture(scope="session")
def server_url(motos_server_url: str) -> str:
    """moto's own server: what its front lets through is what these tests are about."""
    return motos_server_url


@cache  # clients are slow to make
def client_of(url: str | None, region: str, key: str, secret: str, token: str) -> Any:
    """Return a client of the service that calls with certain credentials."""
    return boto3.client(
        "chime-sdk-voice",
        region_name=region,
        endpoint_url=url,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token or None,
    )


@pytest.fixture
def login(endpoint_url: str | None) -> Login:
    """Return a client of the service that calls with certain credentials."""

    def login(region: str = "us-east-1", **credentials: Any) -> Any:
        key, secret = credentials["AccessKeyId"], credentials["SecretAccessKey"]
        token = credentials.get("SessionToken", "")
        return client_of(endpoint_url, region, key, secret, token)

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
