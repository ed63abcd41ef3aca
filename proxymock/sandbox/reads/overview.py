"""What goes on in an account now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.faults import Fault
from proxymock.sandbox.reads.interactions import LogEntry, newest
from proxymock.sandbox.reads.sessions import STATUSES, Sessions, sessions
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import CallView, call_view
from proxymock.state.calls import Call
from proxymock.state.deadlines import Due
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account
from proxymock.state.voice_analytics import VoiceProfile

MOST_SHOWN = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class DueView:
    """Something that happens by itself when the account's clock gets there.

    *kind* is what it happens to, as the API calls it, and *id* its id; *event* says
    what happens.
    """

    at: datetime
    kind: str
    id: str
    event: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many there are of each kind, in all regions of an account.

    *calls* and *calls_in_progress* count those that are kept, *requests* those in the
    journal.
    """

    open_sessions: int
    in_progress_sessions: int
    closed_sessions: int
    calls: int
    calls_in_progress: int
    texts: int
    voice_connectors: int
    voice_connector_groups: int
    phone_numbers: int
    sip_rules: int
    sip_media_applications: int
    functions: int
    faults: int
    requests: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """An account now: what lives, what falls due next, and what happened last.

    *clock_offset* is by how many seconds the account's clock is ahead of real time.
    *sessions* are the newest live ones, *calls* the newest that are in progress, *due*
    what happens next, the earliest first, *interactions* the newest calls and texts.
    Each list has at most ten; the counts are of all.
    """

    account_id: str
    regions: tuple[str, ...]
    now: datetime
    clock_offset: float
    counts: Counts
    sessions: Sessions
    calls: tuple[CallView, ...]
    due: tuple[DueView, ...]
    interactions: tuple[LogEntry, ...]
    faults: tuple[Fault, ...]


@COMMANDS.command("GET", "overview")
def overview(simulation: Simulation) -> Overview:
    """Return what goes on in an account, which is locked."""
    account = simulation.account
    # They have entered in the order in which they began.
    in_progress = reversed(account.calls.in_progress.values())
    return Overview(
        account_id=account.account_id,
        regions=tuple(sorted(account.stores)),
        now=account.now(),
        clock_offset=simulation.clock.offset.total_seconds(),
        counts=counts(simulation),
        sessions=sessions.function(simulation, status="Live", max_results=MOST_SHOWN),
        calls=tuple(map(call_view, islice(in_progress, MOST_SHOWN))),
        due=tuple(map(_due, account.deadlines.first(MOST_SHOWN))),
        interactions=tuple(newest(simulation, MOST_SHOWN)),
        # Copies: a pending fault counts down with each call.
        faults=tuple(map(replace, simulation.faults.pending()[:MOST_SHOWN])),
    )


def counts(simulation: Simulation) -> Counts:
    """Count the things of an account, which is locked."""
    account = simulation.account
    by_status = _sessions_by_status(account)
    of_stores = {
        name: sum(len(getattr(store, name)) for store in account.stores.values())
        for name in (
            "voice_connectors",
            "voice_connector_groups",
            "phone_numbers",
            "sip_rules",
            "sip_media_applications",
        )
    }
    return Counts(
        open_sessions=by_status["Open"],
        in_progress_sessions=by_status["InProgress"],
        closed_sessions=by_status["Closed"],
        calls=len(account.calls),
        calls_in_progress=len(account.calls.in_progress),
        texts=len(simulation.network.texts),
        functions=sum(1 for _ in simulation.functions.all()),
        faults=len(simulation.faults.pending()),
        requests=len(simulation.journal),
        **of_stores,
    )


def _sessions_by_status(account: Account) -> Mapping[str, int]:
    found = dict.fromkeys(STATUSES, 0)
    for store in account.stores.values():
        for connector in store.voice_connectors:
            for status, those in connector.proxy_sessions.by_status.items():
                found[status] += len(those)
    return found


def _due(due: Due) -> DueView:
    at, _, thing, _ = due
    match thing:
        case ProxySession(proxy_session_id=id, proxy_phone_number=number):
            event = f"The session behind {number} expires"
        case Call(transaction_id=id):
            event = f"The call goes on: {thing.due[0].what}"
        case PhoneNumber(phone_number_id=id):
            event = f"{thing.e164_phone_number} is released"
        case VoiceProfile(voice_profile_id=id):
            event = "The voice profile expires"
        # What is left are analysis tasks, which are kept for a week.
        case _:
            id, event = thing.task_id, "The analysis task is forgotten"
    return DueView(at=at, kind=type(thing).__name__, id=id, event=event)
