"""Where what calls leave behind is delivered: to moto's other services.

Each receiver is a module. Nobody is behind the door while they work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from proxymock.effects.deliveries import Delivery, StoredObject
from proxymock.plugin.deliveries import objects
from proxymock.sandbox.exchange import Functions
from proxymock.state.calls import Call, Entry
from proxymock.state.store import Account

# Delivers what it can, and yields in words what it cannot.
Receiver = Callable[[Account, Functions, Any], Iterator[str]]
RECEIVERS: Mapping[type[Delivery], Receiver] = MappingProxyType(
    {StoredObject: objects.store}
)


def deliver(
    account: Account, functions: Functions, call: Call, delivery: Delivery
) -> None:
    """Deliver what a call leaves behind; what cannot be is a warning of the call."""
    for problem in RECEIVERS[type(delivery)](account, functions, delivery):
        call.warnings.append(problem)
        call.entries.append(Entry(delivery.at, "chime", None, problem, wrong=True))
