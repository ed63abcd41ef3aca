"""Whoever takes texts by an ARN: functions, queues, topics, streams, log groups."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from proxymock.plugin.deliveries.backends import CannotDeliverError, loaded
from proxymock.sandbox.exchange import Functions
from proxymock.telephony.invocations import InvocationFailed


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

    def backend(self, service: str) -> Any:
        """Return moto's backend of the target, None if nobody has loaded it."""
        _, _, _, region, account_id, *_ = self.arn.split(":", 5)
        return loaded(service, account_id, region)


def send(functions: Functions, message: Message) -> None:
    """Send a text to whoever has the ARN. Raises what moto does, and
    CannotDeliverError."""
    service = message.arn.split(":", 5)[2]
    if service == "lambda":
        _invoke(functions, message)
    elif service in _SENDERS:
        backend = message.backend(service)
        if backend is None:
            raise CannotDeliverError("nobody has made it")
        _SENDERS[service](backend, message)
    else:
        known = ", ".join(sorted({"lambda", *_SENDERS}))
        raise CannotDeliverError(f"proxymock sends to {known} only")


def _invoke(functions: Functions, message: Message) -> None:
    """Call the bound function, once."""
    if not functions.has(message.arn):
        hint = f"functions.bind('{message.arn}', …)"
        raise CannotDeliverError(f"no function is bound: {hint}")
    try:
        functions.invoke(message.arn, json.loads(message.text))
    except InvocationFailed as failed:
        said = f"{failed.how} of the function: {failed.detail}"
        raise CannotDeliverError(said) from failed


def _to_queue(backend: Any, message: Message) -> None:
    backend.send_message(
        queue_name=message.resource,
        message_body=message.text,
        group_id=message.group_id,
    )


def _to_topic(backend: Any, message: Message) -> None:
    # Older versions of moto miss the attributes if there are none.
    backend.publish(arn=message.arn, message=message.text, message_attributes={})


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
        "sns": _to_topic,
        "sqs": _to_queue,
    }
)
