"""What all tests share: one service, reached in process and through a server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import boto3
import hypothesis
import pytest
import requests
from moto.backends import list_of_moto_modules
from moto.core.base_backend import BackendDict
from moto.core.config import default_user_config
from moto.core.model_instances import reset_model_data
from moto.core.models import responses_mock
from moto.moto_api import state_manager
from moto.server import ThreadedMotoServer

import proxymock
from kit import garbage, measuring
from kit.builders.analysis_tasks import Tasks, speaker_searches, voice_tone_analyses
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.sip import create_application
from kit.transports.clients import CREDENTIALS, REGION, Connect, Send, Steer
from kit.transports.servers import Start, processes, running
from kit.transports.wire import Wire, via_botocore, via_requests, via_server
from proxymock.plugin.sandbox_client import (
    Clock,
    Faults,
    Functions,
    Phone,
    Snapshot,
)
from proxymock.plugin.transports import InProcess, OverHTTP, Transport
from proxymock.server import application
from proxymock.state.progress import MODELS

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

proxymock.register()
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers of this suite, and load the plugins of its kit."""
    config.pluginmanager.register(garbage)
    config.pluginmanager.register(measuring)
    for marker in (
        "settings(**settings): run the test with proxymock's settings",
        "measured: measure the test on the server, too, and the processes it starts",
        "sampled(n): measure the first n cases of the test, or examples of Hypothesis",
    ):
        config.addinivalue_line("markers", marker)


@pytest.fixture(scope="session", autouse=True)
def _modules_of_moto() -> Iterator[None]:
    """Spare moto's server the search in its directory of services at every request."""
    modules = tuple(list_of_moto_modules())
    with patch("moto.backends.list_of_moto_modules", lambda: modules):
        yield


@pytest.fixture(scope="session")
def motos_server_url() -> Iterator[str]:
    """moto's own server, in a thread."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    assert server._server is not None
    yield f"http://127.0.0.1:{server._server.server_port}"
    server.stop()


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """What proxymock-server runs, in a thread. Clients keep their connections to it."""
    with running(application) as (url, _):
        yield url


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a starter of servers in processes of their own."""
    with processes() as start:
        yield start


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
        return via_server(request.getfixturevalue("motos_server_url"))
    return via_botocore if request.param == "boto3" else via_requests


@pytest.fixture(scope="module")
def _mock() -> Iterator[None]:
    """One mock for a file of tests: moto registers 1,300 URLs when one starts."""
    with proxymock.mock_aws():
        yield


@pytest.fixture(autouse=True)
def mocked_aws(request: pytest.FixtureRequest, _mock: None) -> Iterator[None]:
    """An empty AWS with the settings of the test's marker, as in a mock of its own."""
    marker = request.node.get_closest_marker("settings")
    config: Any = {"proxymock": dict(marker.kwargs)} if marker else {}
    with patch.dict(default_user_config, config), patch("boto3.DEFAULT_SESSION", None):
        BackendDict.reset()
        yield
    BackendDict.reset()
    reset_model_data()
    responses_mock.calls.reset()


@pytest.fixture(scope="session")
def _clients() -> dict[tuple[object, ...], Any]:
    return {}


@pytest.fixture(scope="session")
def _session() -> boto3.Session:
    keys: Any = CREDENTIALS
    return boto3.Session(region_name=REGION, **keys)


@pytest.fixture
def connect(
    request: pytest.FixtureRequest,
    endpoint_url: str | None,
    _clients: dict[tuple[object, ...], Any],
    _session: boto3.Session,
) -> Iterator[Connect]:
    """Return a client of a service in a region; clients are slow to make, so kept.

    A measured test has its own. A server measures connections that begin in the test.
    """
    is_measured = request.node.get_closest_marker("measured") is not None
    clients = {} if is_measured else _clients

    def connect(service: str = "chime-sdk-voice", region: str = REGION) -> Any:
        key = service, region, endpoint_url
        if key not in clients:
            clients[key] = _session.client(
                service,  # type: ignore[call-overload]
                region_name=region,
                endpoint_url=endpoint_url,
            )
        return clients[key]

    yield connect
    if is_measured:
        for client in clients.values():
            client.close()


@pytest.fixture
def client(connect: Connect) -> ChimeSDKVoiceClient:
    """A client of the service in us-east-1."""
    client: ChimeSDKVoiceClient = connect()
    return client


@pytest.fixture
def send(endpoint_url: str | None) -> Send:
    """Return a sender of plain HTTP requests to the service in us-east-1."""
    base = endpoint_url or f"https://voice-chime.{REGION}.amazonaws.com"
    scope = f"{CREDENTIALS['aws_access_key_id']}/20260102/{REGION}/chime/aws4_request"
    signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, Signature=0"}

    def send(
        method: str,
        path: str,
        body: str | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        return requests.request(
            method, base + path, data=body, headers={**signed, **(headers or {})}
        )

    return send


@pytest.fixture
def connector_id(client: ChimeSDKVoiceClient) -> str:
    """A voice connector without any settings."""
    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    return answer["VoiceConnector"]["VoiceConnectorId"]


@pytest.fixture
def proxy_connector_id(client: ChimeSDKVoiceClient) -> str:
    """A voice connector that makes proxy sessions of an hour with numbers of the US."""
    return create_proxy_connector(client)


@pytest.fixture
def domain_id(client: ChimeSDKVoiceClient) -> str:
    """A voice profile domain without profiles."""
    answer = client.create_voice_profile_domain(
        Name="Riders",
        ServerSideEncryptionConfiguration={
            "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/riders"
        },
    )
    return answer["VoiceProfileDomain"]["VoiceProfileDomainId"]


@pytest.fixture
def steer(endpoint_url: str | None) -> Iterator[Steer]:
    """Set how statuses of a model move on, through moto's own HTTP interface."""
    host = endpoint_url or "http://motoapi.amazonaws.com"

    def steer(model: str, **transition: object) -> None:
        requests.post(
            f"{host}/moto-api/state-manager/set-transition",
            json={"model_name": model, "transition": transition},
            timeout=10,
        ).raise_for_status()

    yield steer
    for model in MODELS:
        state_manager.unset_transition(model)


@pytest.fixture(params=["speaker search", "voice tone analysis"])
def tasks(
    request: pytest.FixtureRequest,
    client: ChimeSDKVoiceClient,
    connector_id: str,
    domain_id: str,
) -> Tasks:
    """Tasks of both kinds, one after the other."""
    if request.param == "speaker search":
        return speaker_searches(client, connector_id, domain_id)
    return voice_tone_analyses(client, connector_id)


@pytest.fixture
def transport(endpoint_url: str | None) -> Transport:
    """The way to the sandbox of where the client calls."""
    return InProcess() if endpoint_url is None else OverHTTP(endpoint_url)


@pytest.fixture
def phone(transport: Transport) -> Phone:
    """The phone network of the default account."""
    return Phone(transport=transport)


@pytest.fixture
def application_id(client: ChimeSDKVoiceClient) -> str:
    """A SIP media application in us-east-1."""
    return create_application(client)


@pytest.fixture
def clock(transport: Transport) -> Clock:
    """The clock of the default account."""
    return Clock(transport=transport)


@pytest.fixture
def faults(transport: Transport) -> Faults:
    """The faults of the default account."""
    return Faults(transport=transport)


@pytest.fixture
def snapshot(transport: Transport) -> Snapshot:
    """The state of the default account."""
    return Snapshot(transport=transport)


@pytest.fixture
def functions(transport: Transport) -> Iterator[Functions]:
    """The functions of the default account."""
    functions = Functions(transport=transport)
    yield functions
    functions.close()
