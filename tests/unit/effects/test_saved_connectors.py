"""The connectors that calls pass, in a state that somebody has changed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER
from kit.builders.logs import WHOLE, log_calls, sip_lines
from kit.builders.sip import NUMBER
from kit.oracles.logs import starts
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

LOGGING = {"EnableSIPLogs": True, "EnableMediaMetricLogs": False}
ROUTES = [{"Port": 5060, "Host": "pbx.example.com", "Protocol": "TCP"}]


@pytest.fixture
def state(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone, snapshot: Snapshot
) -> Any:
    """A state with a call of a telephone system to another one, which is logged."""
    log_calls(client, connector_id, EnableSIPLogs=True)
    phone.call(CALLER, NUMBER, via=connector_id)
    return snapshot.export()


def call_of(state: Any) -> Any:
    """Return the one call of a state."""
    [call] = state["Account"]["Calls"]
    return call


def test_connectors_are_in_the_state(state: Any, connector_id: str) -> None:
    """A call has its connectors, with the settings that they had when it began."""
    origination = {"Disabled": False, "Routes": ROUTES}
    settings = {"LoggingConfiguration": LOGGING, "Origination": origination}

    assert call_of(state)["Connectors"] == {
        connector_id: {"Region": "us-east-1", "Encrypted": True, "Settings": settings}
    }


def test_call_that_is_over(
    state: Any, phone: Phone, snapshot: Snapshot, connector_id: str
) -> None:
    """Nothing needs the settings of a call that is over."""
    phone.calls()[0].hang_up()

    assert call_of(snapshot.export())["Connectors"] == {
        connector_id: {"Region": "us-east-1", "Encrypted": True}
    }


@pytest.mark.parametrize("over", [False, True])
def test_state_without_connectors(
    state: Any,
    snapshot: Snapshot,
    phone: Phone,
    connector_id: str,
    connect: Connect,
    over: bool,
) -> None:
    """A state of version 1.0 loads, and its calls pass connectors as they are now."""
    if over:
        phone.calls()[0].hang_up()
        state = snapshot.export()
    saved = call_of(state).pop("Connectors")
    snapshot.load(state)

    assert call_of(snapshot.export())["Connectors"] == saved
    if not over:
        phone.calls()[0].hang_up()
    # On its way out and on its way in, from end to end.
    assert sorted(starts(sip_lines(connect, connector_id))) == sorted(WHOLE * 2)


def set_region(passed: Any) -> None:
    """Let a connector be in a region that is none."""
    passed["Region"] = "mars"


def set_setting(passed: Any) -> None:
    """Let a connector have a setting that no effect needs."""
    passed["Settings"]["Termination"] = {}


def set_member(passed: Any) -> None:
    """Let a setting have a member that is none."""
    passed["Settings"]["LoggingConfiguration"] = {"EnableSipLogs": True}


def set_route(passed: Any) -> None:
    """Let a connector have a route without a host."""
    passed["Settings"]["Origination"] = {"Routes": [{"Host": None}]}


def set_target(passed: Any) -> None:
    """Let a connector tell somebody who has no name."""
    streaming: Any = {"DataRetentionInHours": 1, "Disabled": False}
    streaming["StreamingNotificationTargets"] = [{}]
    passed["Settings"]["StreamingConfiguration"] = streaming


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (set_region, "a Region is none: 'mars'"),
        (
            set_setting,
            "Settings must be among LoggingConfiguration, StreamingConfiguration, "
            "Origination",
        ),
        (set_member, "Settings.LoggingConfiguration has no member EnableSipLogs"),
        (set_route, "Origination.Routes[0].Host is required"),
        (
            set_target,
            "StreamingConfiguration.StreamingNotificationTargets[0]."
            "NotificationTarget is required",
        ),
    ],
)
def test_wrong_connector_is_refused(
    state: Any, snapshot: Snapshot, change: Callable[[Any], None], message: str
) -> None:
    """A connector that cannot have been is refused, and nothing has changed."""
    before = snapshot.export()
    [passed] = call_of(state)["Connectors"].values()
    change(passed)

    with pytest.raises(SandboxError) as raised:
        snapshot.load(state)

    assert str(raised.value).rpartition(", of which ")[2] == message
    assert snapshot.export() == before
