"""A mock that has ended, and a reset, give everything back."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import SplitResult

import boto3
import pytest
from moto.core.base_backend import BackendDict
from moto.moto_api._internal.models import moto_api_backend

from kit.builders.documents import seed
from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.transports.clients import CREDENTIALS
from proxymock import Sandbox, clock, faults, mock_aws, phone, snapshot
from proxymock.plugin import models

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

CYCLES = 20
Use = Callable[[str], None]


@pytest.fixture(autouse=True)
def mocked_aws() -> None:
    """No mock around those of a test, or they would not be the last to end."""


@pytest.fixture(scope="module")
def client() -> ChimeSDKVoiceClient:
    """A client that outlives the mocks."""
    keys: Any = CREDENTIALS
    return boto3.client("chime-sdk-voice", region_name="us-east-1", **keys)


@pytest.fixture
def use(client: ChimeSDKVoiceClient) -> Use:
    """Return what leaves something of each kind in this account and in another."""

    def use(other: str) -> None:
        connector_id = create_proxy_connector(client)
        session = create_session(client, connector_id)
        phone.call(ALICE, session["Participants"][0]["ProxyPhoneNumber"])
        snapshot.load(snapshot.export(), account_id=other)
        phone.call(ALICE, BOB, account_id=other)
        phone.set_analysis("call-1", account_id=other)
        faults.inject("GetProxySession", "NotFoundException", account_id=other)
        clock.advance(minutes=1, account_id=other)

    return use


def growth(cycle: Use) -> int:
    """Return how many objects there are more after all cycles than after the third."""
    for n in range(3):
        cycle(f"{n:012}")
    before = objects()
    for n in range(3, 3 + CYCLES):
        cycle(f"{n:012}")
    return objects() - before


def objects() -> int:
    """Return how many there are, without those that urllib keeps for a while."""
    gc.collect()
    return sum(type(thing) is not SplitResult for thing in gc.get_objects())


def test_mocks_that_end(use: Use) -> None:
    """After a mock there is not one object more than after the one before."""

    def cycle(other: str) -> None:
        with mock_aws(config={"proxymock": {"max_session_minutes": 100}}):
            use(other)

    assert growth(cycle) < CYCLES


def test_resets(use: Use) -> None:
    """Nor is there after a reset."""

    def cycle(other: str) -> None:
        use(other)
        moto_api_backend.reset()

    with mock_aws():
        assert growth(cycle) < CYCLES


def test_sandbox_in_a_mock() -> None:
    """The account of a sandbox goes with it, although the mock around it goes on."""
    with mock_aws():
        with Sandbox.mocked() as sandbox:
            sandbox.snapshot.load(seed())
            boto3.client("s3", region_name="us-east-1").list_buckets()

        backends: list[dict[str, Any]] = vars(BackendDict)["_instances"]
        assert [each for each in backends if sandbox.account_id in each] == []
        assert sandbox.account_id not in models._simulations
