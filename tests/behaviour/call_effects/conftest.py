"""What the tests of what calls leave behind start from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.metrics import NOON
from kit.builders.receivers import (
    START,
    attach_telephones,
    keep_records,
    queue,
    rule,
    terminate,
)
from kit.builders.rides import mask
from kit.builders.voices import analyse
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def still() -> Iterator[None]:
    """Real time stands still at START, so that durations are exact."""
    with time_machine.travel(START, tick=False):
        yield


@pytest.fixture
def bucket(client: ChimeSDKVoiceClient, connect: Connect) -> None:
    """The calls of us-east-1 are recorded."""
    keep_records(client, connect)


@pytest.fixture
def listener(connect: Connect) -> None:
    """A queue that gets all events of the service."""
    rule(connect, queue(connect))


@pytest.fixture
def sink(connect: Connect) -> None:
    """A queue that voice analytics may tell."""
    queue(connect)


@pytest.fixture
def analysed(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """A proxy number of a connector whose calls are analysed."""
    analyse(client, proxy_connector_id)
    return mask(client, proxy_connector_id)[1]


@pytest.fixture
def noon(clock: Clock) -> None:
    """It is twelve o'clock, so that calls begin with a minute."""
    clock.set(NOON)


@pytest.fixture
def telephones(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector with NUMBER and a telephone system; return its id."""
    attach_telephones(client, connector_id)
    terminate(client, connector_id)
    return connector_id
