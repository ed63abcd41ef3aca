"""What is handed over to other services, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

JSON = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """Something for a service in a region, left behind at an instant."""

    at: datetime
    region: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BusEvent(Delivery):
    """An event, envelope included, for the default bus of EventBridge."""

    event: JSON


@dataclass(frozen=True, kw_only=True, slots=True)
class Notification(Delivery):
    """A text for the topics or queues that have a name with a *prefix*.

    *service* is ``sns`` or ``sqs``.
    """

    service: str
    prefix: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NotificationPlace(Delivery):
    """A topic or queue that a setting needs: made if there is none of the prefix."""

    service: str
    prefix: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredObject(Delivery):
    """An object for a bucket of S3. *metadata* is the user's: names without prefix."""

    bucket: str
    key: str
    body: bytes
    content_type: str
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SinkEvent(Delivery):
    """An event of voice analytics, envelope included, for a sink with an *arn*."""

    arn: str
    event: JSON


@dataclass(frozen=True, kw_only=True, slots=True)
class LogGroup(Delivery):
    """A log group that a setting needs, by its *name*: made if it is not there."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEvent(Delivery):
    """A line for a stream of a log group. Both are made if they are not there."""

    group: str
    stream: str
    line: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Later:
    """What is to come at an instant: an occasion of its own, of that kind.

    It comes once, whether the call has ended or not, and survives a snapshot.
    """

    at: datetime
    kind: str
