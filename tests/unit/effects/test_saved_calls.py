"""Calls that are streamed, in a state that somebody has changed by hand."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.receivers import queue, received, rule, statuses, stream
from kit.builders.rides import RIDER, mask
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def state(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    snapshot: Snapshot,
) -> Any:
    """A state with a call that is streamed."""
    stream(client, proxy_connector_id)
    phone.call(RIDER, mask(client, proxy_connector_id)[1])
    return snapshot.export()


def test_what_is_streamed_is_in_the_state(state: Any) -> None:
    """A call has what is streamed of it, with AWS's names."""
    [call] = state["Account"]["Calls"]
    [streaming] = call["Streaming"]
    [leg, _] = call["Legs"]

    assert {**streaming, "Streams": len(streaming["Streams"])} == {
        "VoiceConnectorId": call["VoiceConnectorId"],
        "Region": "us-east-1",
        "CallId": leg["CallId"],
        "Direction": "Inbound",
        "FromNumber": RIDER,
        "ToNumber": leg["ToNumber"],
        "StartedAt": leg["AnsweredAt"],
        "Targets": ["EventBridge"],
        "Streams": 2,
    }


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("Region", "mars", "a Region is none: 'mars'"),
        ("Targets", ["SMS"], "Targets must be among EventBridge, SNS, SQS"),
        (
            "Streams",
            [{"StreamArn": "a", "IsCaller": True, "StartFragmentNumber": "1"}],
            "a StartFragmentNumber is not 47 digits",
        ),
    ],
)
def test_wrong_state_is_refused(
    state: Any, snapshot: Snapshot, member: str, value: Any, message: str
) -> None:
    """What would fail when the call ends is refused, and nothing has changed."""
    broken = copy.deepcopy(state)
    [call] = broken["Account"]["Calls"]
    call["Streaming"][0][member] = value

    with pytest.raises(SandboxError) as raised:
        snapshot.load(broken)

    id = call["TransactionId"]
    assert str(raised.value) == f"Account.Calls has '{id}', of which {message}"
    assert snapshot.export() == state


@pytest.mark.parametrize(
    ("what", "call_id"), [("LegEnded", ""), ("nothing", None), ("action", "unknown")]
)
def test_what_cannot_be_due_is_refused(
    state: Any, snapshot: Snapshot, what: str, call_id: str | None
) -> None:
    """A call waits for what can happen to one of its legs, or what comes after it."""
    [call] = state["Account"]["Calls"]
    of_leg = call["Legs"][0]["CallId"]
    due = {"At": "2036-01-02T12:00:00.000Z", "What": what}
    call["Due"] = [{**due, "CallId": of_leg if call_id is None else call_id}]

    with pytest.raises(SandboxError) as raised:
        snapshot.load(state)

    expected = f"of which nothing can be due as '{what}'"
    assert str(raised.value).partition(", ")[2] == expected


def test_state_without_what_is_streamed(
    state: Any, snapshot: Snapshot, phone: Phone, connect: Connect
) -> None:
    """A state that was saved before calls were streamed loads; such calls are not."""
    [call] = state["Account"]["Calls"]
    del call["Streaming"]
    rule(connect, queue(connect))

    snapshot.load(state)
    [loaded] = phone.calls()
    loaded.hang_up()

    assert statuses(received(connect)) == []
    assert loaded.warnings == ()
