"""Calls that belong together, with the one ladder of them all."""

from __future__ import annotations

from dataclasses import dataclass

from proxymock.sandbox.call_commands import call_with_id
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.reads.pages import MOST_ON_A_PAGE
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import CallView, Column, call_view
from proxymock.state.calls import Entry
from proxymock.telephony import conversations
from proxymock.telephony.ladder import drawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """Calls that legs join, in the order in which they began.

    At most a hundred, those first that few legs lead to; *total* is how many there are.
    *entries* are the messages and remarks of all, in order, between the parties that
    *columns* has. ``Chime SDK 2`` is the service where it has the second of *calls*.
    *ladder* is a picture of it for a terminal.
    """

    calls: tuple[CallView, ...]
    total: int
    ladder: str
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]


@COMMANDS.command("GET", "calls/{Id}/conversation")
def conversation(simulation: Simulation, *, id: str) -> Conversation:
    """Return the calls that legs join to a call, and what was said in all of them.

    A leg joins two calls if it leads to a number that the account answers itself.
    """
    call = call_with_id(simulation, id)
    found = conversations.joined(call, simulation.account.calls)
    calls = sorted(found[:MOST_ON_A_PAGE], key=lambda each: each.sequence)
    ladder = conversations.conversation(calls)
    start = min(each.started_at for each in calls)
    return Conversation(
        calls=tuple(map(call_view, calls)),
        total=len(found),
        ladder=drawn(ladder.names, ladder.entries, start),
        columns=tuple(Column(party=p, name=n) for p, n in ladder.names.items()),
        entries=tuple(ladder.entries),
    )
