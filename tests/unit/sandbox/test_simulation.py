"""An account with all that surrounds it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

import pytest

from kit.transports.lambdas import ARN
from proxymock.sandbox.simulation import Simulation
from proxymock.state.options import Options
from proxymock.telephony.invocations import InvocationFailed

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def alone() -> Simulation:
    """Return an account that nothing surrounds."""
    return Simulation(
        "123456789012",
        lambda: NOON,
        Random(0),
        Options,
        lambda model: {},
        lambda region: True,
    )


def test_all_say_what_they_are() -> None:
    """In a debugger everything has the one figure that matters."""
    simulation = alone()
    simulation.clock.advance_to(NOON + timedelta(minutes=61))
    simulation.faults.inject("GetProxySession", "NotFoundException")
    simulation.network.call("+12065550100", "+14015550101")

    assert list(
        map(repr, (simulation, simulation.clock, simulation.faults, simulation.network))
    ) == [
        "<Simulation of <Account 123456789012 in no region>>",
        "<Clock 1:01:00 ahead>",
        "<Faults 1 pending>",
        "<Network with 1 calls>",
    ]


def test_urls_without_a_way_to_them() -> None:
    """An account for itself tells where it cannot call, and knows what is bound."""
    simulation = alone()
    simulation.functions.bind(ARN, "http://127.0.0.1:3001")

    assert repr(simulation.functions) == "<Functions 1 bound>"
    assert simulation.functions.has(f"{ARN}:prod")
    assert not simulation.functions.has(f"{ARN}-2")
    assert [*simulation.functions.list()] == [ARN]
    with pytest.raises(InvocationFailed, match="cannot be called here"):
        simulation.functions.invoke(ARN, {})
