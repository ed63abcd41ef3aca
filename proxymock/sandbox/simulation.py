"""One account and everything around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from proxymock.sandbox.clock import Clock
from proxymock.sandbox.faults import Faults
from proxymock.sandbox.options import AccountOptions
from proxymock.sandbox.phone import Network
from proxymock.service.door import Door
from proxymock.state.options import Options
from proxymock.state.store import Account


class Simulation:
    """An account, its clock, its phone network, its options and its faults.

    All code that touches any of these comes in by the *door*.

    Args:
        account_id: twelve digits.
        real_now: the clock of the process, UTC.
        random: the source of ids.
        options: returns the options of the process.
        transition: returns moto's transition of a model of its state manager.
        has_region: tells whether requests are taken in a region.
    """

    def __init__(
        self,
        account_id: str,
        real_now: Callable[[], datetime],
        random: Random,
        options: Callable[[], Options],
        transition: Callable[[str], Mapping[str, Any]],
        has_region: Callable[[str], bool],
    ) -> None:
        self.has_region = has_region
        self.clock = Clock(real_now)
        self.options = AccountOptions(options)
        self.faults = Faults()
        self.account = Account(
            account_id, self.clock.now, random, self.options, transition
        )
        self.door = Door(self.account)
        self.network = Network(self.account)

    def __repr__(self) -> str:
        return f"<Simulation of {self.account!r}>"
