"""The API description against the service: all operations, and no special case."""

from __future__ import annotations

import inspect
import random

import pytest

from proxymock.api import exchange, spec
from proxymock.service import OPERATIONS
from smallest import request_of, smallest

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
