"""The state of the service as moto manages it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pytest
import requests
from moto.core.base_backend import BackendDict

from kit.builders.proxy_sessions import create_proxy_connector, create_session
from proxymock.plugin import models
from proxymock.plugin.sandbox_client import Faults
from proxymock.sandbox.simulation import Simulation
from proxymock.state.store import Store

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def moto_api(endpoint_url: str | None) -> str:
    """Where moto's own interface is."""
    return f"{endpoint_url or 'http://motoapi.amazonaws.com'}/moto-api"


def test_reset_forgets_everything(
    client: ChimeSDKVoiceClient, moto_api: str, proxy_connector_id: str
) -> None:
    """After moto's reset there is no connector, and every number is free."""
    create_session(client, proxy_connector_id)

    assert requests.post(f"{moto_api}/reset").status_code == 200

    assert client.list_voice_connectors()["VoiceConnectors"] == []
    session = create_session(client, create_proxy_connector(client))
    assert session["Participants"][0]["ProxyPhoneNumber"] == "+12015550150"


def test_what_is_done_after_a_reset_stays(
    client: ChimeSDKVoiceClient, faults: Faults
) -> None:
    """No account of before a reset comes back, only to be collected as garbage."""
    for _ in range(3):
        faults.inject("ListVoiceConnectors", "ForbiddenException")
        gc.collect()

        with pytest.raises(client.exceptions.ForbiddenException):
            client.list_voice_connectors()
        BackendDict.reset()


def test_regions_are_of_one_account_after_a_reset() -> None:
    """What resets the backends one by one, as moto does, leaves them one account."""
    regions = models.chimesdkvoice_backends["123456789012"]
    backends = [regions[name] for name in ("us-east-1", "eu-west-2")]

    regions.reset()

    assert backends[0].simulation is backends[1].simulation
    assert backends[0].simulation is models.simulation_of("123456789012")


def test_backend_is_whole_while_it_is_reset(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A request of another thread finds the old account or the new one."""
    backend = models.chimesdkvoice_backends["123456789012"]["us-east-1"]
    old = backend.store
    found: list[Store] = []

    def look_and_make(*arguments: Any) -> Simulation:
        found.append(backend.store)
        return Simulation(*arguments)

    monkeypatch.setattr(models, "Simulation", look_and_make)

    backend.reset()

    assert found == [old]
    assert backend.store not in found


def test_ids_repeat_after_seeding(client: ChimeSDKVoiceClient, moto_api: str) -> None:
    """With the same seed the same calls make the same ids."""
    ids = []
    for _ in range(2):
        requests.post(f"{moto_api}/reset")
        requests.post(f"{moto_api}/seed?a=42")
        connector_id = create_proxy_connector(client)
        session = create_session(client, connector_id)
        ids.append((connector_id, session["ProxySessionId"]))

    assert ids[0] == ids[1]
