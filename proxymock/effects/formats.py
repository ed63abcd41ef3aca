"""Which formats answer to which occasions. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from proxymock.effects.occasions import Format
from proxymock.effects.recordings import recording
from proxymock.state.calls import Call
from proxymock.state.store import Account

Formats = Mapping[str, tuple[Format, ...]]

# What a call leaves behind whatever is switched on.
ALWAYS: Formats = MappingProxyType({"Recording": (recording,)})
# What one leaves behind if something is switched on; each format looks at its switch.
# Formats of an occasion deliver in this order.
ALL: Formats = MappingProxyType({**ALWAYS})
# The settings of voice connectors that make their calls leave anything behind.
SWITCHES = frozenset({"LoggingConfiguration", "StreamingConfiguration"})


def formats_of(account: Account, call: Call) -> Formats:
    """Return the formats for a call, few if nothing is switched on where it passes."""
    for store in account.stores.values():
        if store.global_settings:
            return ALL
        for id in (call.voice_connector_id, call.via):
            connector = None if id is None else store.voice_connectors.get(id)
            if connector is not None and not SWITCHES.isdisjoint(connector.settings):
                return ALL
    return ALWAYS
