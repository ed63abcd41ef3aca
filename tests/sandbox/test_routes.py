"""Who would answer: a question that leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox.phone import Network
from rides import FALLBACK, RIDER, STRANGER_NUMBER, mask, set_fallback
from state import state

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def network() -> Network:
    """The phone network of the default account."""
    return chimesdkvoice_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].simulation.network


def test_route_leaves_no_trace(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, network: Network
) -> None:
    """Neither a live session, an ended one, a stranger nor a foreign number moves."""
    set_fallback(client, proxy_connector_id)
    _, number = mask(client, proxy_connector_id)
    ended_id, ended_number = mask(
        client, proxy_connector_id, ParticipantPhoneNumbers=[RIDER, STRANGER_NUMBER]
    )
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=ended_id
    )
    before = state()

    routes = [
        network.route("Call", RIDER, number),
        network.route("Call", STRANGER_NUMBER, ended_number),
        network.route("Text", STRANGER_NUMBER, number),
        network.route("Call", RIDER, STRANGER_NUMBER),
    ]

    assert [route.outcome for route in routes] == [
        "Connected",
        "Fallback",
        "Rejected",
        "Rejected",
    ]
    assert routes[1].connected_to == FALLBACK
    assert state() == before


def test_route_is_where_a_call_goes(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    network: Network,
    phone: Phone,
) -> None:
    """A call that is made has the answer that the question got."""
    _, number = mask(client, proxy_connector_id)
    route = network.route("Call", RIDER, number)

    call = phone.call(RIDER, number)

    assert {name: getattr(call, name) for name in route._fields} == route._asdict()
