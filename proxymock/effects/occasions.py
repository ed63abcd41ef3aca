"""Occasions: what happens in a call that something may be left behind of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from proxymock.effects.deliveries import Delivery, Later
from proxymock.state.calls import Call, Effect, Leg
from proxymock.state.store import Account


class Occasion(NamedTuple):
    """Something that has just happened to a call of an account.

    The kinds of *effect* are ``Arrived``, ``Dialled``, ``Answered`` and ``LegEnded``,
    each of the leg with the ``CallId`` of its details; ``CallEnded``; ``Recording``;
    and those for which a format has asked by ``Later``.
    """

    account: Account
    call: Call
    effect: Effect

    @property
    def at(self) -> datetime:
        """When it happened, on the account's clock."""
        return self.effect.at

    @property
    def leg(self) -> Leg:
        """The leg that it happened to."""
        return self.call.leg_with(self.effect.details["CallId"])


Format = Callable[[Occasion], Iterator[Delivery | Later]]
