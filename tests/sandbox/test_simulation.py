"""An account with all that surrounds it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from random import Random

from proxymock.sandbox.simulation import Simulation
from proxymock.state.options import Options

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def test_all_say_what_they_are() -> None:
    """In a debugger everything has the one figure that matters."""
    simulation = Simulation(
        "123456789012",
        lambda: NOON,
        Random(0),
        Options,
        lambda model: {},
        NoFunctions(),
        lambda account, call, effect: None,
    )
    simulation.clock.advance(timedelta(minutes=61))
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
