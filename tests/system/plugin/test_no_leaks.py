"""No request leaves the process, whichever endpoint an SDK chooses."""

from __future__ import annotations

import socket
from typing import Any, NoReturn

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.endpoint_provider import EndpointProvider
from botocore.exceptions import (
    ClientError,
    EndpointProviderError,
    EndpointVariantError,
)
from botocore.session import Session

from kit.transports.clients import CREDENTIALS
from kit.transports.wire import SIGNED
from proxymock.api import spec
from proxymock.plugin.requests import LEGACY_REGION

LOADER = Session().get_component("data_loader")
PARTITIONS = LOADER.load_data("partitions")
REGIONS = [region for p in PARTITIONS["partitions"] for region in p["regions"]]
VARIANTS = [(fips, dual) for fips in (False, True) for dual in (False, True)]
KEYS: Any = CREDENTIALS
# Not all partitions have all variants.
NO_SUCH_ENDPOINT = (EndpointProviderError, EndpointVariantError)
OLD_HOSTS = (
    "service.chime.amazonaws.com",
    "service-fips.chime.amazonaws.com",
    "service.chime.aws.amazon.com",
)


def endpoints(service: str) -> set[str]:
    """Return the URLs that botocore's rules make for a service."""
    rules = LOADER.load_service_model(service, "endpoint-rule-set-1")
    provider = EndpointProvider(rules, PARTITIONS)
    found = set()
    for region in REGIONS:
        for fips, dual in VARIANTS:
            try:
                endpoint = provider.resolve_endpoint(
                    Region=region, UseFIPS=fips, UseDualStack=dual
                )
            except NO_SUCH_ENDPOINT:  # not all partitions have all variants
                continue
            found.add(endpoint.url)
    return found


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket that connects."""

    def refuse(*arguments: Any, **keywords: Any) -> NoReturn:
        raise AssertionError(f"A request wants to leave: {arguments}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_sockets_are_forbidden() -> None:
    """A request of nobody's would be noticed here."""
    with pytest.raises(AssertionError, match="A request wants to leave"):
        requests.get("http://example.org/", timeout=1)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("fips", "dual"), VARIANTS)
def test_client_of_any_region_is_mocked(fips: bool, dual: bool) -> None:
    """A client of whatever region and kind of endpoint gets the service's answer."""
    config = Config(use_fips_endpoint=fips, use_dualstack_endpoint=dual)
    session = boto3.Session()
    answers: dict[str, Any] = {}
    for region in REGIONS:
        try:
            client = session.client("chime-sdk-voice", region, config=config, **KEYS)
            answers[region] = client.list_voice_connectors()["VoiceConnectors"]
        except NO_SUCH_ENDPOINT:
            continue
        except ClientError as error:
            answers[region] = error.response["Error"]["Code"]

    assert answers == {
        region: [] if region in spec.regions() else "BadRequestException"
        for region in answers
    }
    assert answers.keys() >= set(spec.regions())


@pytest.mark.parametrize("service", ["chime-sdk-voice", "chime"])
def test_endpoint_of_any_region_is_mocked(service: str) -> None:
    """So does a plain request to any endpoint, which names its region."""
    with requests.Session() as session:
        for url in endpoints(service):
            answer = session.get(f"{url}/voice-connectors", headers=SIGNED)
            region = url.split(".")[1]
            if region in spec.regions():
                assert (answer.status_code, answer.json()["VoiceConnectors"]) == (
                    200,
                    [],
                )
            else:
                assert answer.status_code == 400
                assert f"has no endpoint in '{region}', " in answer.json()["Message"]


@pytest.mark.parametrize("host", OLD_HOSTS)
def test_old_host_is_mocked(host: str) -> None:
    """So does one to a host of the old namespace, which is in us-east-1."""
    created = requests.post(
        f"https://{host}/voice-connectors",
        json={"Name": "Rides", "RequireEncryption": True},
        headers=SIGNED,
    )

    assert created.status_code == 201
    region = created.json()["VoiceConnector"]["VoiceConnectorArn"].split(":")[3]
    assert region == LEGACY_REGION
