"""Whoever takes texts by an ARN: functions, queues, topics, streams, log groups."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from proxymock.plugin.deliveries.backends import CannotDeliverError, loaded
from proxymock.plugin.deliveries.bound_functions import invoke
from proxymock.plugin.deliveries.topics import publish
from proxymock.sandbox.exchange import Functions


class Message(NamedTuple):
    """A text in JSON for a target.

    *id* is the id of the event that it is about. *group_id* and *partition_key* are for
    FIFO queues and for streams.
    """

    arn: str
    text: str
    id: str
    group_id: str | None = None
    partition_key: str | None = None

    @property
    def resource(self) -> str:
        """What comes after the account in the ARN."""
        return self.arn.split(":", 5)[-1]


def send(functions: Functions, message: Message) -> Iterator[str]:
    """Send a text to whoever has the ARN, and yield which subscribers cannot have it.

    Raises what moto does, and CannotDeliverError.
    """
    service = message.arn.split(":", 5)[2]
    if service == "lambda":
        invoke(functions, message.arn, json.loads(message.text))
    elif service == "sns":
        backend = _backend_of(message)
        yield from publish(functions, backend, message.arn, message.text)
    elif service in _SENDERS:
        _SENDERS[service](_backend_of(message), message)
    else:
        known = ", ".join(sorted({"lambda", "sns", *_SENDERS}))
        raise CannotDeliverError(f"proxymock sends to {known} only")


def _backend_of(message: Message) -> Any:
    """Return moto's backend of the target."""
    _, _, service, region, account_id, _ = message.arn.split(":", 5)
    backend = loaded(service, account_id, region)
    if backend is None:
        raise CannotDeliverError("nobody has made it")
    return backend


def _to_queue(backend: Any, message: Message) -> None:
    backend.send_message(
        queue_name=message.resource,
        message_body=message.text,
        group_id=message.group_id,
    )


def _to_log_group(backend: Any, message: Message) -> None:
    # CloudFormation's ARN of a group ends in the streams, of which it means all.
    group = message.resource.removeprefix("log-group:").removesuffix(":*")
    backend.ensure_log_stream(group, message.id)
    # moto drops what is far from its own time, so it is the time of the arrival.
    event = {"timestamp": int(time.time() * 1000), "message": message.text}
    backend.put_log_events(group, message.id, [event])


def _to_stream(backend: Any, message: Message) -> None:
    backend.put_record(
        stream_arn=message.arn,
        stream_name=message.resource.removeprefix("stream/"),
        partition_key=message.partition_key or message.id,
        explicit_hash_key="",
        data=base64.b64encode(message.text.encode()).decode(),
    )


_SENDERS: Mapping[str, Callable[[Any, Message], None]] = MappingProxyType(
    {
        "kinesis": _to_stream,
        "logs": _to_log_group,
        "sqs": _to_queue,
    }
)
