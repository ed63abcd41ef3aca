"""One account with all that surrounds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from proxymock.sandbox.clock import Clock
from proxymock.sandbox.faults import Faults
from proxymock.sandbox.network import Deliver, Functions, Network
from proxymock.sandbox.options import AccountOptions
from proxymock.service.door import Door
from proxymock.state.options import Options
from proxymock.state.store import Account


class Simulation:
    """An account, its clock, its phone network, its options and what goes wrong in it.

    Whoever touches any of it comes in by the *door*.

    Args:
        account_id: twelve digits.
        real_now: the clock of the process, UTC.
        random: the source of ids.
        options: returns the options of the process.
        transition: returns how the status of a kind of thing moves on.
        functions: what Lambda would run.
        deliver: takes what calls leave behind.
    """

    def __init__(
        self,
        account_id: str,
        real_now: Callable[[], datetime],
        random: Random,
        options: Callable[[], Options],
        transition: Callable[[str], Mapping[str, Any]],
        functions: Functions,
        deliver: Deliver,
    ) -> None:
        self.clock = Clock(real_now)
        self.options = AccountOptions(options)
        self.faults = Faults()
        self.account = Account(
            account_id, self.clock.now, random, self.options, transition
        )
        self.door = Door(self.account)
        self.network = Network(self.account, self.door, functions, deliver)

    def __repr__(self) -> str:
        return f"<Simulation of {self.account!r}>"
