"""The log of calls and texts, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import Literal

from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.reads.pages import MaxResults, View, newest_first, page
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import Interaction, interaction
from proxymock.state.calls import Call

Logged = Call | Interaction


@dataclass(frozen=True, kw_only=True, slots=True)
class LogEntry(Interaction):
    """A call, in either direction, or a text.

    *status* is ``Ringing``, ``InProgress`` or ``Ended``, which a text always is;
    *direction* is ``Inbound``, or ``Outbound`` if an application has made the call.
    """

    status: str
    direction: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Log:
    """A page of the log, the newest first; *total* is how many fit the filters."""

    interactions: tuple[LogEntry, ...]
    total: int
    next_token: str | None


@COMMANDS.command("GET", "log")
def log(
    simulation: Simulation,
    *,
    type: Literal["Call", "Text"] | None = None,
    status: Literal["Ringing", "InProgress", "Ended"] | None = None,
    outcome: Literal["Connected", "Fallback", "Rejected"] | None = None,
    number: str | None = None,
    counterpart: str | None = None,
    proxy_session_id: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Log:
    """Return a page of calls, those that applications make included, and texts.

    Args:
        simulation: the account.
        type: ``Call`` or ``Text``.
        status: ``Ringing``, ``InProgress`` or ``Ended``.
        outcome: ``Connected``, ``Fallback`` or ``Rejected``.
        number: of a party, or the one that was called, in any usual spelling.
        counterpart: of another party.
        proxy_session_id: the proxy session that they went through.
        max_results: the size of the page.
        next_token: where the page begins.

    Raises SandboxError.
    """
    numbers = {
        phone_number(text, name)
        for name, text in (("Number", number), ("Counterpart", counterpart))
        if text is not None
    }
    wanted = (type, status, outcome, proxy_session_id)

    def fits(one: Logged) -> bool:
        return (
            type in (None, _type(one))
            and status in (None, _status(one))
            and outcome in (None, one.outcome)
            and proxy_session_id in (None, one.proxy_session_id)
            and (not numbers or numbers <= _numbers(one))
        )

    test = fits if numbers or any(wanted) else None
    ranked, total, token = page(_views(simulation), max_results, next_token, test)
    entries = tuple(_entry(one) for _, one in ranked)
    return Log(interactions=entries, total=total, next_token=token)


def newest(simulation: Simulation, most: int) -> list[LogEntry]:
    """Return the newest calls and texts, at most so many."""
    ranked = islice(newest_first(_views(simulation)), most)
    return [_entry(one) for _, one in ranked]


class _Texts:
    """The texts of an account, as a view."""

    def __init__(self, texts: dict[int, Interaction]) -> None:
        self._texts = texts

    def __len__(self) -> int:
        return len(self._texts)

    def before(self, position: int | None) -> Iterator[tuple[int, Interaction]]:
        """Yield the texts before *position*, or all, the newest first."""
        # They are in the order of their ranks, as they were sent or loaded.
        newest_first = reversed(self._texts.items())
        return (each for each in newest_first if position is None or each[0] < position)


def _views(simulation: Simulation) -> list[View[Logged]]:
    return [simulation.account.calls, _Texts(simulation.network.texts)]


def _type(one: Logged) -> str:
    return "Call" if isinstance(one, Call) else one.type


def _status(one: Logged) -> str:
    return one.status if isinstance(one, Call) else "Ended"


def _numbers(one: Logged) -> set[str | None]:
    if not isinstance(one, Call):
        return {one.from_number, one.to_number, one.connected_to}
    return {n for leg in one.legs for n in (leg.from_number, leg.to_number, *leg.hosts)}


def _entry(one: Logged) -> LogEntry:
    shown = interaction(one) if isinstance(one, Call) else one
    members = {each.name: getattr(shown, each.name) for each in fields(Interaction)}
    direction = one.legs[0].direction if isinstance(one, Call) else "Inbound"
    return LogEntry(**members, status=_status(one), direction=direction)
