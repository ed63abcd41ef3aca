"""What one number reaches behind each proxy number, and who reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.reads.interactions import Log, log
from proxymock.sandbox.reads.pages import MaxResults, cut_numbers
from proxymock.sandbox.reads.sessions import SessionView, session_view
from proxymock.sandbox.simulation import Simulation
from proxymock.state.ended_sessions import EndedSession, EndedSessions
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account
from proxymock.telephony.routing import Route, route


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteView:
    """What would become of a call or text, which nobody makes.

    *outcome* is ``Connected``, ``Fallback`` or ``Rejected``, *reason* says why it would
    not reach the counterpart. *connected_to* is whom it would reach, and *caller_id*
    what they would see.
    """

    outcome: str
    reason: str | None
    connected_to: str | None
    caller_id: str | None
    proxy_session_id: str | None
    voice_connector_id: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """What becomes of calls and texts of one person to one proxy number.

    *counterpart* is the other participant of the session that decides, live or ended;
    *session* is that session, None if it has been deleted.
    """

    from_number: str
    proxy_phone_number: str
    counterpart: str
    call: RouteView
    text: RouteView
    session: SessionView | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView:
    """A number: whom it reaches behind each proxy number, and who reaches it.

    *reaches* are its own ways, a page of them in the order of the proxy numbers, and
    *reached_by* those of the counterparts through the same numbers. *total* is how many
    proxy numbers there are. *answers* is how it takes calls. *log* has the newest calls
    and texts of the number, or of the pair if a counterpart is asked for.
    """

    number: str
    answers: str
    reaches: tuple[Reach, ...]
    reached_by: tuple[Reach, ...]
    total: int
    next_token: str | None
    log: Log


@COMMANDS.command("GET", "person")
def person(
    simulation: Simulation,
    *,
    number: str,
    counterpart: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> PersonView:
    """Return whom a number reaches behind each proxy number, and who reaches it.

    Args:
        simulation: the account.
        number: in any usual spelling; nobody need have used it.
        counterpart: whose calls with it the log has; None stands for everybody's.
        max_results: the size of the page of proxy numbers.
        next_token: where the page begins.

    Raises SandboxError.
    """
    account, who = simulation.account, phone_number(number, "Number")
    numbers = _proxy_numbers(account, who)
    page, token = cut_numbers(numbers, max_results, next_token)
    reaches = [_reach(simulation, who, proxy) for proxy in page]
    return PersonView(
        number=who,
        answers=simulation.network.around.person(who).answers,
        reaches=tuple(reaches),
        # Behind each number the counterpart reaches this person in turn.
        reached_by=tuple(
            _reach(simulation, each.counterpart, each.proxy_phone_number)
            for each in reaches
        ),
        total=len(numbers),
        next_token=token,
        log=log.function(simulation, number=who, counterpart=counterpart),
    )


def _proxy_numbers(account: Account, who: str) -> set[str]:
    """Return the numbers behind which somebody has, or has had, a session."""
    ended = (number for those in _ended(account) for number in those.numbers_of(who))
    return {*account.numbering.numbers_of(who), *ended}


def _ended(account: Account) -> Iterator[EndedSessions]:
    for store in account.stores.values():
        for connector in store.voice_connectors:
            yield connector.proxy_sessions.ended


def _reach(simulation: Simulation, who: str, proxy_number: str) -> Reach:
    account = simulation.account
    session = _last_session(account, who, proxy_number)
    first, second = session.participant_phone_numbers
    return Reach(
        from_number=who,
        proxy_phone_number=proxy_number,
        counterpart=second if who == first else first,
        call=_route(route(account, "Call", who, proxy_number)),
        text=_route(route(account, "Text", who, proxy_number)),
        session=session_view(simulation, session.proxy_session_id),
    )


def _last_session(
    account: Account, who: str, proxy_number: str
) -> ProxySession | EndedSession:
    """Return the live session that was made last, else the one that ended last."""
    live = account.numbering.sessions(who, proxy_number)
    if live:
        return live[-1]
    found = (those.find(who, proxy_number) for those in _ended(account))
    # There is one: the number comes from one of these memories.
    return max(each for each in found if each is not None)


def _route(route: Route) -> RouteView:
    applications = (each.sip_media_application_id for each in route.targets)
    return RouteView(
        outcome=route.outcome,
        reason=route.reason,
        # A call that an application takes rings at no host.
        connected_to=route.connected_to or next(applications, None),
        caller_id=route.caller_id,
        proxy_session_id=route.proxy_session_id,
        voice_connector_id=route.voice_connector_id,
    )
