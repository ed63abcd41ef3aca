"""Legs that functions forget, and whether a test fails for that."""

from __future__ import annotations

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    Handler,
    answer,
    bridge,
    masking,
    open_desk,
    saying,
)
from kit.builders.sip import NUMBER
from proxymock import Sandbox
from proxymock.phone import Call

FORGETS = saying(NEW_INBOUND_CALL=answer(bridge()))


@pytest.fixture(params=["proxymock", "proxymock_server"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """The one fixture and the other, with a number that an application answers."""
    sandbox: Sandbox = request.getfixturevalue(request.param)
    open_desk(sandbox.client)
    return sandbox


def play(sandbox: Sandbox, handler: Handler) -> Call:
    """Return a call of which the caller has hung up."""
    sandbox.functions.bind(ARN, handler)
    with sandbox.phone.call(CALLER, NUMBER) as call:
        pass
    return call


@pytest.mark.proxymock(open_legs="fail")
def test_forgotten(sandbox: Sandbox) -> None:
    """This test fails: nobody hangs up the other leg."""
    play(sandbox, FORGETS)


@pytest.mark.proxymock(open_legs="fail")
def test_masked(sandbox: Sandbox) -> None:
    """The function has hung up the other leg."""
    assert play(sandbox, masking).ended


@pytest.mark.proxymock(open_legs="fail")
def test_talking(sandbox: Sandbox) -> None:
    """Nobody has hung up at all."""
    sandbox.functions.bind(ARN, masking)
    sandbox.phone.call(CALLER, NUMBER)


@pytest.mark.proxymock(open_legs="report")
def test_reported(sandbox: Sandbox) -> None:
    """A forgotten leg is there to be seen."""
    assert len(play(sandbox, FORGETS).open_legs) == 1


def test_default(sandbox: Sandbox) -> None:
    """Without the marker no leg fails a test."""
    assert len(play(sandbox, FORGETS).open_legs) == 1
