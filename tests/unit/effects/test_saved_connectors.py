"""The connectors that calls pass, in a state that somebody has changed by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER
from kit.builders.logs import WHOLE, log_calls, sip_lines
from kit.builders.receivers import HOST, attach_telephones, route_to_host
from kit.builders.sip import NUMBER, create_application, create_rule, host_of
from kit.oracles.logs import starts
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
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


def test_host_fails_of_a_connector_that_is_gone(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    snapshot: Snapshot,
    clock: Clock,
) -> None:
    """A call of a state of version 1.0 tries the next host, whatever became of it."""
    attach_telephones(client, connector_id)
    route_to_host(client, connector_id, HOST, "two.example.com")
    phone.person(HOST, answers="unreachable", after=5)
    phone.call(CALLER, NUMBER)
    state = snapshot.export()
    call_of(state).pop("Connectors")
    call_of(state)["VoiceConnectorId"] = "gone"
    snapshot.load(state)
    clock.advance(seconds=5)

    assert phone.calls()[0].connected_to == "two.example.com"
    assert "Connectors" not in call_of(snapshot.export())


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


@pytest.fixture
def west(connect: Connect) -> Any:
    """A call to the host of a connector of another region, for an application."""
    client = connect(region="us-west-2")
    made = client.create_voice_connector(Name="West", RequireEncryption=True)
    id = made["VoiceConnector"]["VoiceConnectorId"]
    create_rule(client, host_of(id), create_application(client, "us-west-2"))
    return client, id


def test_state_without_the_connector_of_a_host(
    west: Any, phone: Phone, snapshot: Snapshot, connector_id: str
) -> None:
    """The connector of a host is found by the rule, in whichever region it is."""
    _, id = west
    phone.call(CALLER, f"sip:desk-7@{host_of(id)}")
    state = snapshot.export()
    saved = call_of(state).pop("Connectors")
    snapshot.load(state)

    assert call_of(snapshot.export())["Connectors"] == saved
    assert saved == {id: {"Region": "us-west-2", "Encrypted": True}}


def test_state_without_the_connector_or_its_rule(
    west: Any, phone: Phone, snapshot: Snapshot
) -> None:
    """Without the rule for the host nobody knows the connector."""
    client, id = west
    phone.call(CALLER, f"sip:desk-7@{host_of(id)}")
    [rule] = client.list_sip_rules()["SipRules"]
    client.delete_sip_rule(SipRuleId=rule["SipRuleId"])
    state = snapshot.export()
    del call_of(state)["Connectors"]
    snapshot.load(state)

    assert "Connectors" not in call_of(snapshot.export())
