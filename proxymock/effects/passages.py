"""Calls as voice connectors see them.

A call may pass several connectors: one whose telephone system makes it, and one behind
the number that is called. Each of them streams, logs and records it for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from proxymock.state.calls import Call, Leg
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import Setting, VoiceConnector

Direction = Literal["Inbound", "Outbound"]
Found = tuple[Store, VoiceConnector]


@dataclass(frozen=True, slots=True)
class Passage:
    """A call on its way through one voice connector.

    It lasts as long as the *leg*, whose CallId is the one of its SIP messages, events
    and records. *direction* is the connector's view: Inbound is towards its telephone
    system. A *masked* call is one of a proxy session, the fallback call after its end
    included. What leads from a telephone system straight to an application, or back, is
    *of_application*: that has the record of it.
    """

    store: Store
    connector: VoiceConnector
    leg: Leg
    direction: Direction
    from_number: str
    to_number: str
    masked: bool = False
    of_application: bool = False

    def setting(self, name: str) -> Setting:
        """Return a setting of the connector, empty without one."""
        return self.connector.settings.get(name, {})


def passages(account: Account, call: Call) -> list[Passage]:
    """Return the ways of a call through voice connectors, in the order of the call.

    A masked call has two: in to the proxy number, and out to the counterpart.
    AWS: CE-10, CE-20.
    """
    return [*_made(account, call), *_taken(account, call), *_joined(account, call)]


def _made(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the way out of the connector whose telephone system makes a call."""
    leg = call.legs[0]
    if call.via is not None:
        # Its termination decides who is shown to be calling, if nobody else has it.
        shown = call.legs[-1] if call.target is None else leg
        for found in _connectors(account, call.via):
            yield Passage(*found, leg, "Outbound", shown.from_number, leg.to_number)


def _taken(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the ways through the connector of the number that is called."""
    id, masked = call.voice_connector_id, call.proxy_session_id is not None
    if id is None or _has_left(call):
        return
    ways: list[tuple[Leg, Direction]] = [(call.legs[0], "Inbound")]
    ways += [(leg, "Outbound") for leg in call.legs[1:] if masked]
    for found in _connectors(account, id):
        for leg, direction in ways:
            numbers = leg.from_number, leg.to_number
            yield Passage(*found, leg, direction, *numbers, masked=masked)


def _has_left(call: Call) -> bool:
    """Tell whether the connector that makes a call is the only one that it passes."""
    if call.via != call.voice_connector_id:
        return False
    [*_, leg] = call.legs
    return not leg.hosts or leg.hosts == [leg.to_number]


def _joined(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the ways between an application and telephone systems of connectors."""
    for leg in call.legs if call.target is not None else ():
        direction: Direction = "Inbound" if leg.kind == "AWS" else "Outbound"
        for found in _joining(account, call, leg):
            numbers = leg.from_number, leg.to_number
            yield Passage(*found, leg, direction, *numbers, of_application=True)
            break  # two connectors may have a route to one host


def _joining(account: Account, call: Call, leg: Leg) -> Iterator[Found]:
    assert call.target is not None
    if leg.kind == "AWS":
        for store in account.stores.values():
            for connector in store.voice_connectors:
                if _routes_to(connector, leg.hosts[0]):
                    yield store, connector
    elif leg.direction == "Inbound":
        rules = account.store(call.target.region).sip_rules
        rule = rules.get(call.target.sip_rule_id or "")
        if rule is not None and rule.trigger_type == "RequestUriHostname":
            yield from _connectors(account, rule.trigger_value.partition(".")[0])


def _routes_to(connector: VoiceConnector, host: str) -> bool:
    routes = connector.settings.get("Origination", {}).get("Routes", ())
    return any(route["Host"] == host for route in routes)


def _connectors(account: Account, id: str) -> Iterator[Found]:
    """Yield the connector with an id, which may have been deleted, and its region."""
    for store in account.stores.values():
        connector = store.voice_connectors.get(id)
        if connector is not None:
            yield store, connector
