"""Calls that are logged and counted, in a state that somebody has changed by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER
from kit.builders.logs import MEDIA_GROUP, events, log_calls, sip_lines
from kit.builders.sip import NUMBER
from kit.oracles.logs import starts
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def state(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    clock: Clock,
    snapshot: Snapshot,
) -> Any:
    """A state with a call that is logged, a minute after its answer."""
    log_calls(client, connector_id, EnableSIPLogs=True, EnableMediaMetricLogs=True)
    phone.call(CALLER, NUMBER)
    clock.advance(minutes=1)
    phone.log()
    return snapshot.export()


def test_minutes_in_the_log_are_in_the_state(state: Any) -> None:
    """A leg has how many of its minutes are logged, if any are."""
    [call] = state["Account"]["Calls"]

    assert [leg.get("LoggedMinutes") for leg in call["Legs"]] == [1, None]


@pytest.mark.parametrize("minutes", [-1, 500_000_001])
def test_impossible_minutes_are_refused(
    state: Any, snapshot: Snapshot, minutes: int
) -> None:
    """What would never end, or go beyond the last date, is refused."""
    [call] = state["Account"]["Calls"]
    call["Legs"][0]["LoggedMinutes"] = minutes

    with pytest.raises(SandboxError, match="LoggedMinutes are not 0 to 500000000"):
        snapshot.load(state)


def test_more_minutes_than_the_call_has(
    state: Any, snapshot: Snapshot, phone: Phone, connector_id: str, connect: Connect
) -> None:
    """Minutes that are logged already are not logged again."""
    [call] = state["Account"]["Calls"]
    call["Legs"][0]["LoggedMinutes"] = 500_000_000
    snapshot.load(state)

    phone.calls()[0].hang_up()

    assert len(events(connect, f"{MEDIA_GROUP}/{connector_id}")) == 1


def test_leg_without_a_host(
    state: Any, snapshot: Snapshot, phone: Phone, connector_id: str, connect: Connect
) -> None:
    """A leg whose host nobody knows is logged all the same."""
    [call] = state["Account"]["Calls"]
    call["Legs"][1]["Hosts"] = []
    snapshot.load(state)

    phone.calls()[0].hang_up()

    assert starts(sip_lines(connect, connector_id))[-2:] == ["BYE", "200 BYE"]


@pytest.mark.parametrize("member", ["EndedAt", "AnsweredAt", "StartedAt"])
def test_times_to_come(
    state: Any, snapshot: Snapshot, connect: Connect, clock: Clock, member: str
) -> None:
    """A call of the far future is counted up to now."""
    [call] = state["Account"]["Calls"]
    for leg in call["Legs"]:
        leg[member] = "9999-12-31T23:59:59.000Z"
    snapshot.load(state)

    found = connect("cloudwatch").get_metric_statistics(
        Namespace="AWS/ChimeVoiceConnector",
        MetricName="InboundCallsActive",
        StartTime=clock.now() - timedelta(hours=1),
        EndTime=clock.now() + timedelta(hours=1),
        Period=3600,
        Statistics=["Maximum"],
    )["Datapoints"]
    active = [0.0] if member == "AnsweredAt" else [1.0]
    assert [point["Maximum"] for point in found] == active
