"""The API description against the service: all operations, and no special case."""

from __future__ import annotations

import inspect
import json
import random
from collections.abc import Mapping
from typing import Any

import pytest

from kit.builders.full_account import Everything, create_everything
from kit.oracles.fitting import misfits
from kit.oracles.state import state
from kit.requests.broken import broken_requests
from kit.requests.calls import call, sound_members
from kit.requests.smallest import request_of, smallest
from kit.transports.wire import LONGEST_TARGET, Reply, Wire
from proxymock.api import exchange, spec
from proxymock.plugin import responses
from proxymock.service import OPERATIONS

ALL = spec.operation_names()
BUILT = sorted(OPERATIONS)


def test_every_operation_is_routed_twice_in_any_order() -> None:
    """A request finds its operation each time, whatever was routed before."""
    names = list(ALL) * 2
    random.Random(7).shuffle(names)

    found = []
    for name in names:
        method, path, query, _ = request_of(name)
        found.append(spec.match(method, *exchange.split(path, query))[0].name)

    assert found == names


@pytest.mark.parametrize("name", BUILT)
def test_signature_is_the_input(name: str) -> None:
    """A function takes the input members by keyword and requires the required ones."""
    operation = spec.operation(name)
    store, *parameters = inspect.signature(OPERATIONS[name]).parameters.values()

    assert store.name == "store"
    assert {p.name: p.kind for p in parameters} == dict.fromkeys(
        operation.arguments.values(), inspect.Parameter.KEYWORD_ONLY
    )
    assert {p.name for p in parameters if p.default is p.empty} == {
        operation.arguments[member] for member in operation.input.required
    }


@pytest.mark.parametrize("name", ALL)
def test_smallest_request_is_bound(name: str) -> None:
    """The smallest request with all required members is accepted as it is."""
    operation = spec.operation(name)
    method, path, query, body = request_of(name)
    _, labels = spec.match(method, *exchange.split(path, query))

    members = exchange.bind(
        operation, labels, exchange.split(path, query)[1], lambda: body
    )

    assert members == {
        member: smallest(operation.input.members[member].shape)
        for member in operation.input.required
    }


@pytest.fixture
def everything() -> Everything:
    """One of each thing."""
    return create_everything()


# In process and at a server, each as a client that is no SDK reaches it.
over_the_wire = pytest.mark.parametrize("wire", ["requests", "server"], indirect=True)


def perform(wire: Wire, name: str, members: Mapping[str, Any]) -> Reply | None:
    """Return the answer to a request, None for one that HTTP does not carry."""
    method, path, query, body = request_of(name, members)
    target = f"{path}?{query}"
    return wire(method, target, body) if len(target) < LONGEST_TARGET else None


def is_refusal(reply: Reply, operation: spec.Operation, at: str) -> bool:
    """Tell whether *reply* is the declared error for what is wrong *at* a member."""
    if at in operation.labels and "NotFoundException" in operation.errors:
        return reply.error == (404, "NotFoundException")
    return (
        reply.error == (400, "BadRequestException")
        and "BadRequestException" in operation.errors
        and at in reply.json["Message"]
    )


@over_the_wire
@pytest.mark.parametrize("name", BUILT)
def test_each_broken_constraint_is_refused(
    name: str, wire: Wire, everything: Everything
) -> None:
    """Whatever the description forbids is BadRequest and names the member.

    An id in the path that no thing can have is NotFound, where that is declared.
    """
    operation = spec.operation(name)
    before = state()

    accepted = [
        (at, how, reply.error, reply.body)
        for at, how, members in broken_requests(
            operation, sound_members(operation, everything)
        )
        if (reply := perform(wire, name, members)) is not None
        and not is_refusal(reply, operation, at)
    ]

    assert accepted == []
    assert state() == before


@pytest.mark.sampled(30)
@over_the_wire
@pytest.mark.parametrize("name", BUILT)
def test_answer_fits_the_output(name: str, wire: Wire, everything: Everything) -> None:
    """The answer to the smallest request has exactly the form of the description."""
    operation = spec.operation(name)

    reply = perform(wire, name, sound_members(operation, everything))

    assert reply is not None
    assert (reply.status, reply.headers["Content-Type"]) == (
        operation.status,
        "application/json",
    ), reply.body
    if not operation.output.members:
        assert reply.body == b""
    else:
        compact = json.dumps(reply.json, sort_keys=True, separators=(",", ":"))
        assert reply.body.decode() == compact
        assert list(misfits(operation.output, reply.json, name)) == []


@over_the_wire
@pytest.mark.measured
def test_what_is_not_built_says_so(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """An operation without a function is 501, which no SDK retries, and names it."""
    monkeypatch.setattr(responses, "OPERATIONS", {})
    before = state()

    answers = {}
    for name in ALL:
        reply = perform(wire, name, smallest(spec.operation(name).input))
        assert reply is not None
        answers[name] = (*reply.error, reply.json)

    assert answers == {
        name: (
            501,
            "NotImplementedException",
            {
                "Code": "NotImplemented",
                "Message": f"proxymock does not do {name} yet",
            },
        )
        for name in ALL
    }
    assert state() == before


def test_state_shows_a_change(everything: Everything) -> None:
    """What is compared above differs as soon as one thing has changed."""
    before = state()

    call(
        "UpdateProxySession",
        **sound_members(spec.operation("UpdateProxySession"), everything),
    )

    assert state() != before
