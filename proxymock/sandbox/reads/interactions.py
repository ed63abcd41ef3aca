"""The log of calls and texts, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from proxymock.sandbox.reads.pages import MOST_ON_A_PAGE
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import Interaction, interaction
from proxymock.state.calls import Call


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntries:
    """A page of the log, the newest first; *total* is how many fit the filters."""

    interactions: tuple[Interaction, ...]
    total: int
    next_token: str | None


def newest(simulation: Simulation, count: int) -> list[Interaction]:
    """Return the newest calls and texts, the newest first."""
    return list(islice(_newest_first(simulation, lambda one: True), count))


def of_session(
    simulation: Simulation, proxy_session_id: str
) -> tuple[list[Interaction], int]:
    """Return the newest calls and texts of a session, and how many there are."""
    found = list(
        _newest_first(simulation, lambda one: one.proxy_session_id == proxy_session_id)
    )
    return found[:MOST_ON_A_PAGE], len(found)


def _newest_first(
    simulation: Simulation, fits: Callable[[Call | Interaction], bool]
) -> Iterator[Interaction]:
    """Yield the incoming calls and the texts that fit."""
    calls = {
        call.sequence: call
        for call in simulation.account.calls
        if call.legs[0].direction == "Inbound" and fits(call)
    }
    texts = {
        rank: text for rank, text in simulation.network.texts.items() if fits(text)
    }
    both: dict[int, Call | Interaction] = {**calls, **texts}
    for rank in sorted(both, reverse=True):
        one = both[rank]
        yield interaction(one) if isinstance(one, Call) else one
