"""Who would answer: a question that leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID

from kit.builders.rides import FALLBACK, RIDER, STRANGER_NUMBER, mask, set_fallback
from kit.oracles.state import state
from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.sandbox_client import Phone
from proxymock.state.store import Account
from proxymock.telephony.routing import route

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def account() -> Account:
    """The default account."""
    return chimesdkvoice_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].simulation.account


def test_route_leaves_no_trace(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, account: Account
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
        route(account, "Call", RIDER, number),
        route(account, "Call", STRANGER_NUMBER, ended_number),
        route(account, "Text", STRANGER_NUMBER, number),
        route(account, "Call", RIDER, STRANGER_NUMBER),
    ]

    assert [way.outcome for way in routes] == [
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
    account: Account,
    phone: Phone,
) -> None:
    """A call that is made has the answer that the question got."""
    _, number = mask(client, proxy_connector_id)
    way = route(account, "Call", RIDER, number)

    call = phone.call(RIDER, number)

    shown = ("outcome", "reason", "connected_to", "caller_id", "proxy_session_id")
    assert [getattr(call, name) for name in shown] == [
        getattr(way, name) for name in shown
    ]
