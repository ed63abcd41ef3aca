"""What a connector remembers of sessions that are gone, out and in again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.documents import CONNECTOR_ID, PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_session
from proxymock.plugin.sandbox_client import Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False):
        yield


def ended(id: str, other: str, hour: int) -> dict[str, Any]:
    """Return what a document says of a session of Alice's that was deleted."""
    return {
        "ProxySessionId": id,
        "ParticipantPhoneNumbers": [ALICE, other],
        "ProxyPhoneNumber": PROXY_NUMBER,
        "EndedTimestamp": f"2026-01-02T{hour:02}:00:00Z",
    }


@pytest.mark.parametrize("step", [1, -1], ids=["in order", "reversed"])
def test_last_ended_session_is_the_last_in_time(
    phone: Phone, snapshot: Snapshot, step: int
) -> None:
    """Of sessions behind one number the last by time counts, wherever it stands."""
    sessions = [ended("morning", BOB, 9), ended("noon", CAROL, 11)]
    snapshot.load(seed(DeletedProxySessions=sessions[::step]))

    interaction = phone.call(ALICE, PROXY_NUMBER)

    assert (interaction.outcome, interaction.proxy_session_id) == ("Rejected", "noon")


def session(client: ChimeSDKVoiceClient, id: str, *pair: str, **members: Any) -> Any:
    """Return the id and the proxy number of a new session."""
    made = create_session(client, id, ParticipantPhoneNumbers=[*pair], **members)
    return made["ProxySessionId"], made["Participants"][0]["ProxyPhoneNumber"]


def test_what_is_made_after_a_load_is_made_last(
    client: ChimeSDKVoiceClient, phone: Phone, snapshot: Snapshot
) -> None:
    """A session after a load comes after all deleted ones, at the same instant too."""
    snapshot.load(seed())
    of = {"VoiceConnectorId": CONNECTOR_ID}
    for other in (BOB, CAROL, DAVE):
        if other == DAVE:
            snapshot.load(snapshot.export())
        id, number = session(client, CONNECTOR_ID, ALICE, other)
        client.delete_proxy_session(**of, ProxySessionId=id)

    interaction = phone.call(ALICE, number)

    assert interaction.proxy_session_id == id


def test_numbers_before_the_last_one_are_remembered(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, snapshot: Snapshot
) -> None:
    """A pair with a live session avoids what it had before that, after a load too."""
    pair, avoid = (ALICE, BOB), {"NumberSelectionBehavior": "AvoidSticky"}
    id, first = session(client, proxy_connector_id, *pair)
    client.delete_proxy_session(VoiceConnectorId=proxy_connector_id, ProxySessionId=id)
    _, second = session(client, proxy_connector_id, *pair, **avoid)

    snapshot.load(snapshot.export())

    _, third = session(client, proxy_connector_id, *pair, **avoid)
    assert len({first, second, third}) == 3
