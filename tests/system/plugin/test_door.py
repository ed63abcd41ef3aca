"""No lock is held while anything outside runs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB
from proxymock.plugin import responses
from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox.network import Network
from proxymock.service import OPERATIONS
from proxymock.state.store import Store

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

TIMEOUT = 30  # seconds, which only who is shut out needs


@pytest.fixture
def answers() -> list[str]:
    """The names that effects have been answered."""
    return []


@pytest.fixture
def call_back(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, answers: list[str]
) -> Callable[[], None]:
    """An effect that asks the service from another thread, and waits for it."""

    def ask() -> None:
        got = client.get_voice_connector(VoiceConnectorId=proxy_connector_id)
        answers.append(got["VoiceConnector"]["Name"])

    def call_back() -> None:
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(ask).result(TIMEOUT)

    return call_back


def test_effect_of_a_command_calls_back(
    phone: Phone,
    call_back: Callable[[], None],
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a command sets off may ask the service from another thread."""
    made = Network.call

    def call_and_note(network: Network, *arguments: Any) -> Any:
        network._account.effects.append(call_back)
        return made(network, *arguments)

    monkeypatch.setattr(Network, "call", call_and_note)

    phone.call(ALICE, BOB)

    assert answers == ["Rides"]


def test_effect_of_a_request_calls_back(
    client: ChimeSDKVoiceClient,
    call_back: Callable[[], None],
    answers: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What an operation sets off may ask the service from another thread."""

    def get_and_note(store: Store) -> Any:
        store.account.effects.append(call_back)
        return OPERATIONS["GetGlobalSettings"](store)

    noting = {**OPERATIONS, "GetGlobalSettings": get_and_note}
    monkeypatch.setattr(responses, "OPERATIONS", noting)

    client.get_global_settings()

    assert answers == ["Rides"]
