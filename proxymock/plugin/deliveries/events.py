"""Events, which go to the rules on moto's EventBridge.

moto's own PutEvents stops at the first target that it cannot serve, fires rules that
are disabled, and leaves members out. So each target gets its event from here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from proxymock.effects.deliveries import JSON, BusEvent
from proxymock.plugin.deliveries.backends import CannotDeliverError, attempt, loaded
from proxymock.plugin.deliveries.rule_inputs import found, input_for
from proxymock.plugin.deliveries.targets import Message, send
from proxymock.sandbox.exchange import Functions
from proxymock.state.store import Account

_ARCHIVE = re.compile(r'"archive-arn": "[^"]*:archive/([^":]+):')


class Bus(NamedTuple):
    """A bus of an account, and what it is handed."""

    account_id: str
    region: str
    name: str
    event: JSON
    forwarded: bool = False


def publish(
    account: Account, functions: Functions, delivery: BusEvent
) -> Iterator[str]:
    """Hand an event to the targets of all rules that it matches, each for itself.

    AWS: CE-27
    """
    bus = Bus(account.account_id, delivery.region, "default", delivery.event)
    return _publish(functions, bus)


def _publish(functions: Functions, bus: Bus) -> Iterator[str]:
    backend = loaded("events", bus.account_id, bus.region)
    if backend is None:
        return
    # Copies, since a function that is called may change the rules.
    for rule in [*backend.describe_event_bus(bus.name).rules.values()]:
        fire = partial(_fire, functions, bus, backend, rule)
        yield from attempt(f"EventBridge rule {rule.name}", fire)


def _fire(functions: Functions, bus: Bus, backend: Any, rule: Any) -> Iterator[str]:
    pattern = rule.event_pattern
    # A rule without a pattern has a schedule.
    if rule.state == "DISABLED" or not pattern.dump():
        return
    if not pattern.matches_event(bus.event):
        return
    for target in [*rule.targets]:
        hand = partial(_hand, functions, bus, backend, rule, target)
        yield from attempt(f"target {target['Arn']}", hand)


def _hand(
    functions: Functions, bus: Bus, backend: Any, rule: Any, target: Mapping[str, Any]
) -> Iterator[str]:
    _, _, service, region, account_id, resource = target["Arn"].split(":", 5)
    if service != "events":
        yield from send(functions, _message(bus.event, rule, target))
    elif not account_id:
        _archive(backend, bus.event, target)
    elif not resource.startswith("event-bus/"):
        raise CannotDeliverError("proxymock calls no API destinations")
    elif bus.forwarded:  # DOCUMENTED: a bus does not pass on what another has sent
        raise CannotDeliverError("the event comes from another bus already")
    else:
        name = resource.removeprefix("event-bus/")
        yield from _publish(functions, Bus(account_id, region, name, bus.event, True))


def _message(event: JSON, rule: Any, target: Mapping[str, Any]) -> Message:
    named = {"rule-name": rule.name, "rule-arn": rule.arn}
    path = (target.get("KinesisParameters") or {}).get("PartitionKeyPath")
    return Message(
        arn=target["Arn"],
        text=input_for(target, event, named),
        id=event["id"],
        group_id=(target.get("SqsParameters") or {}).get("MessageGroupId"),
        partition_key=path and str(found(event, path, "PartitionKeyPath")),
    )


def _archive(backend: Any, event: JSON, target: Mapping[str, Any]) -> None:
    """Put an event into the archive that has made the rule."""
    [name] = _ARCHIVE.findall(target["InputTransformer"]["InputTemplate"])
    # A replay by moto wants the time as a number.
    at = datetime.fromisoformat(event["time"].replace("Z", "+00:00")).timestamp()
    copy = json.loads(json.dumps(event))
    backend.archives[name].events.append({**copy, "time": at, "ingestion-time": at})
