"""One account and everything around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from random import Random
from types import MappingProxyType
from typing import Any

from proxymock.sandbox.clock import Clock
from proxymock.sandbox.exchange import Deliver
from proxymock.sandbox.faults import Faults
from proxymock.sandbox.functions import CallUrl, Functions, Target
from proxymock.sandbox.journal import Journal
from proxymock.sandbox.network import Network
from proxymock.sandbox.options import AccountOptions
from proxymock.service.door import Door
from proxymock.state.account_calls import Calls
from proxymock.state.options import Options
from proxymock.state.store import Account
from proxymock.telephony.invocations import InvocationFailed


def _no_urls(url: str, arn: str, event: Mapping[str, Any]) -> Any:
    raise InvocationFailed("error", f"{url} cannot be called here")


def _nowhere(*_: Any) -> None:
    """Let what a call leaves behind be lost."""


class Simulation:
    """An account, its clock, phone network and options, its faults and functions.

    All code that touches any of these comes in by the *door*.

    Args:
        account_id: twelve digits.
        real_now: the clock of the process, UTC.
        random: the source of ids.
        options: returns the options of the process.
        transition: returns moto's transition of a model of its state manager.
        has_region: tells whether requests are taken in a region.
        deliver: takes what calls leave behind, outside of the door.
        call_url: invokes a function at a URL.
        functions: what is bound from the beginning, by ARN.
        everybody: returns the accounts that there are, this one among them.
    """

    def __init__(
        self,
        account_id: str,
        real_now: Callable[[], datetime],
        random: Random,
        options: Callable[[], Options],
        transition: Callable[[str], Mapping[str, Any]],
        has_region: Callable[[str], bool],
        deliver: Deliver = _nowhere,
        call_url: CallUrl = _no_urls,
        functions: Mapping[str, Target] = MappingProxyType({}),
        everybody: Callable[[], Sequence[Simulation]] = tuple,
    ) -> None:
        self.has_region = has_region
        self.everybody = everybody
        # The order matters: each takes some of those before it.
        self.clock = Clock(real_now)
        self.options = AccountOptions(options)
        self.faults = Faults()
        self.journal = Journal()
        self.functions = Functions(call_url, self.clock.now, functions)
        self.account = Account(
            account_id, self.clock.now, random, self.options, transition
        )
        self.door = Door(self.account)
        self.network = Network(self.account, self.door, self.functions, deliver)

    def __repr__(self) -> str:
        return f"<Simulation of {self.account!r}>"

    def forget_calls(self) -> None:
        """Let no call go on, not even one whose function is at work."""
        # Not by the door: a reset must not wait for anybody.
        self.account.calls = Calls(self.account.deadlines)
