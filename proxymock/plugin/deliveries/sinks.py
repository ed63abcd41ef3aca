"""Sinks of voice analytics: functions, queues, topics and streams."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from proxymock.effects.deliveries import SinkEvent
from proxymock.plugin.deliveries.backends import attempt
from proxymock.plugin.deliveries.targets import Message, send
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account


def tell(account: Account, functions: Functions, delivery: SinkEvent) -> Iterator[str]:
    """Send an event to a sink, which gets it whole."""
    text, id = json.dumps(delivery.event), delivery.event["id"]
    message = Message(arn=delivery.arn, text=text, id=id)
    yield from attempt(f"sink {delivery.arn}", partial(send, functions, message))
