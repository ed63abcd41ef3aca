"""Lines of logs, which go to moto's CloudWatch Logs.

The service is loaded if it was not: a group that a setting has switched on is there,
and whoever looks for it later must find it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from moto.core.utils import unix_time_millis, utcnow

from proxymock.effects.deliveries import LogEvent, LogGroup
from proxymock.plugin.deliveries.backends import attempt, load
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account

# moto drops what is further from its own time than 14 days or 2 hours, as AWS does.
_OLDEST, _NEWEST = timedelta(days=-14, minutes=1), timedelta(hours=2)


def make(account: Account, functions: Functions, delivery: LogGroup) -> Iterator[str]:
    """Make a log group that is not there. AWS: CE-30."""
    backend = load("logs", account.account_id, delivery.region)
    group = delivery.name
    yield from attempt(f"log group {group}", lambda: backend.ensure_log_group(group))


def write(account: Account, functions: Functions, delivery: LogEvent) -> Iterator[str]:
    """Write a line. AWS: CE-35."""
    backend = load("logs", account.account_id, delivery.region)
    yield from attempt(f"log group {delivery.group}", lambda: _put(backend, delivery))


def _put(backend: Any, delivery: LogEvent) -> None:
    backend.ensure_log_group(delivery.group)
    backend.ensure_log_stream(delivery.group, delivery.stream)
    event = {"timestamp": timestamp(delivery.at), "message": delivery.line}
    backend.put_log_events(delivery.group, delivery.stream, [event])


def timestamp(at: datetime) -> int:
    """Return the nearest instant that moto takes, in milliseconds."""
    now, wanted = utcnow(), at.replace(tzinfo=None)
    return int(unix_time_millis(min(max(wanted, now + _OLDEST), now + _NEWEST)))
