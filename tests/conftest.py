"""What all tests share: one service, reached in process and through a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

import proxymock
from support import Connect
from wire import Wire, via_botocore, via_requests, via_server

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

proxymock.register()

REGION = "us-east-1"
CREDENTIALS = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of this suite."""
    config.addinivalue_line(
        "markers", "settings(**settings): run the test with proxymock's settings"
    )


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """One moto server for the whole run, in a thread."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    assert server._server is not None
    yield f"http://127.0.0.1:{server._server.server_port}"
    server.stop()


@pytest.fixture(params=["in process", "server"])
def endpoint_url(request: pytest.FixtureRequest) -> str | None:
    """Where the service is: nowhere, or at a server."""
    if request.param == "in process":
        return None
    url: str = request.getfixturevalue("server_url")
    return url


@pytest.fixture(params=["boto3", "requests", "server"])
def wire(request: pytest.FixtureRequest) -> Wire:
    """A way to send anything at all to the service."""
    if request.param == "server":
        return via_server(request.getfixturevalue("server_url"))
    return via_botocore if request.param == "boto3" else via_requests


@pytest.fixture(autouse=True)
def mocked_aws(request: pytest.FixtureRequest) -> Iterator[None]:
    """An empty AWS with the settings of the test's marker."""
    marker = request.node.get_closest_marker("settings")
    config: Any = {"proxymock": dict(marker.kwargs)} if marker else None
    with proxymock.mock_aws(config=config):
        yield


@pytest.fixture(scope="session")
def _clients() -> dict[tuple[object, ...], Any]:
    return {}


@pytest.fixture
def connect(
    endpoint_url: str | None, _clients: dict[tuple[object, ...], Any]
) -> Connect:
    """Return a client of a service in a region; clients are slow to make, so kept."""

    def connect(service: str = "chime-sdk-voice", region: str = REGION) -> Any:
        key = service, region, endpoint_url
        if key not in _clients:
            _clients[key] = boto3.client(
                service,  # type: ignore[call-overload]
                region_name=region,
                endpoint_url=endpoint_url,
                **CREDENTIALS,
            )
        return _clients[key]

    return connect


@pytest.fixture
def client(connect: Connect) -> ChimeSDKVoiceClient:
    """A client of the service in us-east-1."""
    client: ChimeSDKVoiceClient = connect()
    return client


@pytest.fixture
def connector_id(client: ChimeSDKVoiceClient) -> str:
    """A voice connector without any settings."""
    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    return answer["VoiceConnector"]["VoiceConnectorId"]


@pytest.fixture
def proxy_connector_id(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A voice connector that makes proxy sessions of an hour with numbers of the US."""
    client.put_voice_connector_proxy(
        VoiceConnectorId=connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
    )
    return connector_id
