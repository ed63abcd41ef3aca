"""Thousands of calls in any order: nothing breaks, and nothing contradicts the API."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from kit.builders.full_account import create_everything
from kit.builders.people import ALICE, BOB, CAROL
from kit.oracles.fitting import misfits
from kit.requests.random_calls import Caller
from kit.transports.wire import via_botocore
from proxymock import clock, phone, snapshot
from proxymock.api import spec
from proxymock.plugin.transports import InProcess

CALLS = 3000


def go_on(random: Random) -> None:
    """Let an hour or a week pass, in which people call each other's masks."""
    clock.advance(hours=random.choice((1, 24 * 7)))
    for mask in phone.masks():
        phone.call(random.choice((ALICE, BOB, CAROL)), mask.proxy_phone_number)
    state = json.loads(json.dumps(snapshot.export()))
    snapshot.load(state)
    assert snapshot.export() == state


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("seed", "settings"),
    [
        (1, {}),
        (2, {"DeletedSessions": "closed"}),
        (3, {"ProxyNumbers": "connector"}),
        (4, {"EnforceQuotas": True}),
    ],
)
def test_any_order(seed: int, settings: dict[str, Any]) -> None:
    """Each answer fits, or is an error that its operation declares; states survive."""
    create_everything()
    InProcess().perform("PUT", "settings", None, settings)
    caller, random = Caller(seed), Random(seed)
    worked: set[str] = set()
    for number in range(CALLS):
        if number % 50 == 49:
            go_on(random)
        name, (method, path, query, body) = caller.call()
        operation = spec.operation(name)

        reply = via_botocore(method, f"{path}?{query}" if query else path, body)

        if reply.status != operation.status:
            assert 400 <= reply.status < 500
            assert reply.error[1] in operation.errors, (name, reply.json)
            continue
        worked.add(name)
        if operation.output.members:
            assert [*misfits(operation.output, reply.json, name)] == []
            caller.learn(reply.json)

    assert len(worked) > len(spec.operation_names()) * 0.7
