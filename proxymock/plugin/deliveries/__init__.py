"""Where what calls leave behind is delivered: to moto's other services.

Each receiver is a module. Nobody is behind the door while they work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from proxymock.effects.deliveries import (
    BusEvent,
    Delivery,
    LogEvent,
    LogGroup,
    Notification,
    NotificationPlace,
    SinkEvent,
    StoredObject,
)
from proxymock.plugin.deliveries import events, logs, objects, queues_and_topics, sinks
from proxymock.sandbox.exchange import Functions
from proxymock.state.calls import Call, Entry
from proxymock.state.store import Account

_log = logging.getLogger(__name__)
# Delivers what it can, and yields in words what it cannot.
Receiver = Callable[[Account, Functions, Any], Iterator[str]]
RECEIVERS: Mapping[type[Delivery], Receiver] = MappingProxyType(
    {
        BusEvent: events.publish,
        LogEvent: logs.write,
        LogGroup: logs.make,
        Notification: queues_and_topics.notify,
        NotificationPlace: queues_and_topics.make,
        SinkEvent: sinks.tell,
        StoredObject: objects.store,
    }
)


def deliver(
    account: Account, functions: Functions, call: Call | None, delivery: Delivery
) -> None:
    """Deliver what a call leaves behind; what cannot be is a warning of the call.

    What a setting needs belongs to no call: then it is a line in the log.
    """
    for problem in RECEIVERS[type(delivery)](account, functions, delivery):
        if call is None:
            _log.warning("%s", problem)
            continue
        if problem in call.warnings:  # as it is at each event, so once will do
            continue
        call.warnings.append(problem)
        call.entries.append(Entry(delivery.at, "chime", None, problem, wrong=True))
