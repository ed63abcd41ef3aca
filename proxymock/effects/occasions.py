"""Occasions: what happens in a call that something may be left behind of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from proxymock.effects.deliveries import Delivery, Later
from proxymock.state.calls import Call, Effect, Leg
from proxymock.state.store import Account
from proxymock.telephony.people import UNAVAILABLE

REQUEST_TERMINATED = 487


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

    @property
    def is_by_caller(self) -> bool:
        """Whether who began a leg that has ended has also ended it."""
        ended_by_party: bool = self.effect.details["ByParty"]
        return ended_by_party == (self.leg.direction == "Inbound")

    @property
    def final_response(self) -> int:
        """The SIP code that the INVITE of a leg has got that nobody answered.

        A function may hang up before it answers, with 0, which SIP does not have.
        """
        if self.is_by_caller:
            return REQUEST_TERMINATED
        return self.effect.details["SipResponseCode"] or UNAVAILABLE


Format = Callable[[Occasion], Iterator[Delivery | Later]]
