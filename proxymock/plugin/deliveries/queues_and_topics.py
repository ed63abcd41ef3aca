"""Texts for the queues and topics of a prefix, which go to moto's SQS and SNS."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from proxymock.effects.deliveries import Notification, NotificationPlace
from proxymock.plugin.deliveries.backends import attempt, load, loaded
from proxymock.plugin.deliveries.topics import publish
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account


def notify(
    account: Account, functions: Functions, delivery: Notification
) -> Iterator[str]:
    """Send a text to all queues, or topics, that have the prefix. AWS: CE-03."""
    backend = loaded(delivery.service, account.account_id, delivery.region)
    names = _names(backend, delivery) if backend is not None else {}
    for name, id in names.items():
        send = partial(_SEND[delivery.service], functions, backend, id, delivery.body)
        yield from attempt(f"{delivery.service.upper()} {name}", send)
    if not names:
        kind = {"sns": "topic", "sqs": "queue"}[delivery.service]
        yield f"There is no {kind} {delivery.prefix}* in {delivery.region}"


def make(
    account: Account, functions: Functions, delivery: NotificationPlace
) -> Iterator[str]:
    """Make the queue, or topic, that has the prefix as its name if none begins so.

    AWS: CE-03. Loads the service: without that, what is made would be missed by who
    comes to look.
    """
    backend = load(delivery.service, account.account_id, delivery.region)
    if not _names(backend, delivery):
        create = partial(_CREATE[delivery.service], backend, delivery)
        yield from attempt(f"{delivery.service.upper()} {delivery.prefix}", create)


def _names(backend: Any, delivery: Notification | NotificationPlace) -> dict[str, str]:
    """Return what each queue, or topic, of the prefix is sent to by, by its name."""
    if delivery.service == "sqs":
        known = {name: name for name in backend.queues}
    else:
        known = {arn.rpartition(":")[2]: arn for arn in backend.topics}
    # DOCUMENTED: "Standard queues and topics only".
    return {
        name: id
        for name, id in known.items()
        if name.startswith(delivery.prefix) and not name.endswith(".fifo")
    }


def _send(functions: Functions, backend: Any, name: str, body: str) -> None:
    backend.send_message(queue_name=name, message_body=body)


def _create_queue(backend: Any, delivery: NotificationPlace) -> None:
    backend.create_queue(delivery.prefix, region=delivery.region)


def _create_topic(backend: Any, delivery: NotificationPlace) -> None:
    backend.create_topic(delivery.prefix)


_SEND = {"sns": publish, "sqs": _send}
_CREATE = {"sns": _create_topic, "sqs": _create_queue}
