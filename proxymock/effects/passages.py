"""Calls as voice connectors see them.

A call may pass several connectors: one whose telephone system makes it, and one behind
the number that is called. Each of them streams, logs and records it for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proxymock.state.calls import Call, Leg
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import Setting, VoiceConnector

Direction = Literal["Inbound", "Outbound"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A call on its way through one voice connector.

    It lasts as long as the *leg*, whose CallId is the one of its SIP messages, events
    and records. *direction* is the connector's view: Inbound is towards its telephone
    system. A *masked* call is one of a proxy session, the fallback call after its end
    included.
    """

    store: Store
    connector: VoiceConnector
    leg: Leg
    direction: Direction
    from_number: str
    to_number: str
    masked: bool = False

    def setting(self, name: str) -> Setting:
        """Return a setting of the connector, empty without one."""
        return self.connector.settings.get(name, {})


def passages(account: Account, call: Call) -> list[Passage]:
    """Return the ways of a call through voice connectors, in the order of the call.

    A masked call has two: in to the proxy number, and out to the counterpart.
    AWS: CE-10, CE-20.
    """
    found: list[Passage] = []
    leg, id = call.legs[0], call.voice_connector_id
    other = call.legs[1] if len(call.legs) > 1 else None
    if call.via is not None:
        shown = leg if other is None else other
        numbers = shown.from_number, leg.to_number
        found += _through(account, call.via, leg, "Outbound", *numbers)
    if id is None or _has_left(call):
        return found
    masked = call.proxy_session_id is not None
    numbers = leg.from_number, leg.to_number
    found += _through(account, id, leg, "Inbound", *numbers, masked)
    if masked and other is not None:
        numbers = other.from_number, other.to_number
        found += _through(account, id, other, "Outbound", *numbers, masked)
    return found


def _has_left(call: Call) -> bool:
    """Tell whether the connector that makes a call is the only one that it passes."""
    if call.via != call.voice_connector_id:
        return False
    [*_, leg] = call.legs
    return not leg.hosts or leg.hosts == [leg.to_number]


def _through(
    account: Account,
    connector_id: str,
    leg: Leg,
    direction: Direction,
    from_number: str,
    to_number: str,
    masked: bool = False,
) -> list[Passage]:
    for store in account.stores.values():
        connector = store.voice_connectors.get(connector_id)
        if connector is not None:
            way = leg, direction, from_number, to_number, masked
            return [Passage(store, connector, *way)]
    return []
