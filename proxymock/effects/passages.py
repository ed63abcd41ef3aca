"""Calls as voice connectors see them.

A call may pass several connectors: one whose telephone system makes it, and one behind
the number that is called. Each of them streams, logs and records it for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from proxymock.state.calls import Call, Leg
from proxymock.state.passed_connectors import PassedConnector
from proxymock.state.store import Account, Store
from proxymock.state.streams import Streaming
from proxymock.state.voice_connectors import Setting

Direction = Literal["Inbound", "Outbound"]
# Telephone systems that call have an address of RFC 5737, which is nobody's.
TELEPHONES, PORT = "192.0.2.10", 5060


@dataclass(frozen=True, slots=True)
class Passage:
    """A call on its way through one voice connector, which may be gone by now.

    It lasts as long as the *leg*. *direction* is the connector's view: Inbound is
    towards its telephone system. A *masked* call is one of a proxy session, the
    fallback call after its end included. What leads from a telephone system straight to
    an application, or back, is *of_application*: that has the record of it.
    """

    store: Store
    voice_connector_id: str
    connector: PassedConnector
    leg: Leg
    direction: Direction
    from_number: str
    to_number: str
    masked: bool = False
    of_application: bool = False

    @property
    def call_id(self) -> str:
        """The Call-ID of its SIP messages, events and records. AWS: CE-42."""
        from_telephones = self.direction == "Outbound" != self.leg.direction
        own = f"@{TELEPHONES}:{PORT}" if from_telephones else ""
        return f"{self.leg.call_id}{own}"

    def setting(self, name: str) -> Setting:
        """Return a setting of the connector, empty without one. AWS: CE-22."""
        return self.connector.settings.get(name, {})


def passages(account: Account, call: Call) -> list[Passage]:
    """Return the ways of a call through voice connectors, in the order of the call.

    A masked call has two: in to the proxy number, and out to the counterpart.
    AWS: CE-10, CE-20.
    """
    return [*_made(account, call), *_taken(account, call), *_joined(account, call)]


def streamed(call: Call, leg: Leg) -> Iterator[Streaming]:
    """Yield what connectors stream of a leg."""
    for streaming in call.streaming:
        if streaming.call_id.partition("@")[0] == leg.call_id:
            yield streaming


def _made(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the way out of the connector whose telephone system makes a call."""
    leg = call.legs[0]
    if call.via in call.connectors:
        # Its termination decides who is shown to be calling, if nobody hides it again.
        is_plain = call.target is None and call.proxy_session_id is None
        shown = call.legs[-1] if is_plain else leg
        through = _through(account, call, call.via)
        yield Passage(*through, leg, "Outbound", shown.from_number, leg.to_number)


def _taken(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the ways through the connector of the number that is called."""
    id, masked = call.voice_connector_id, call.proxy_session_id is not None
    if id not in call.connectors or _has_left(call):
        return
    ways: list[tuple[Leg, Direction]] = [(call.legs[0], "Inbound")]
    ways += [(leg, "Outbound") for leg in call.legs[1:] if masked]
    through = _through(account, call, id)
    for leg, direction in ways:
        numbers = leg.from_number, leg.to_number
        yield Passage(*through, leg, direction, *numbers, masked=masked)


def _has_left(call: Call) -> bool:
    """Tell whether the connector that makes a call is the only one that it passes."""
    if call.proxy_session_id is not None or call.via != call.voice_connector_id:
        return False
    [*_, leg] = call.legs
    return not leg.hosts or leg.hosts == [leg.to_number]


def _joined(account: Account, call: Call) -> Iterator[Passage]:
    """Yield the ways between an application and telephone systems of connectors."""
    for leg in call.legs:
        if leg.voice_connector_id in call.connectors:
            through = _through(account, call, leg.voice_connector_id)
            direction: Direction = "Inbound" if leg.kind == "AWS" else "Outbound"
            numbers = leg.from_number, leg.to_number
            yield Passage(*through, leg, direction, *numbers, of_application=True)


def _through(
    account: Account, call: Call, id: str
) -> tuple[Store, str, PassedConnector]:
    passed = call.connectors[id]
    return account.store(passed.region), id, passed
