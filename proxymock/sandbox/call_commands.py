"""The commands for calls, and for the people and bots that take part in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal

from proxymock.numbering_plan.e164 import is_e164
from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.reads.pages import MOST_ON_A_PAGE, MaxResults
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.views import CallDetails, CallView, call_details, call_view
from proxymock.state.calls import Call
from proxymock.telephony import network
from proxymock.telephony.description import shape
from proxymock.telephony.people import BUSY, Person
from proxymock.telephony.surroundings import Conversation

_From = Annotated[str, "From"]
_To = Annotated[str, "To"]
_HOST = re.compile(r"[A-Za-z0-9.-]+")
_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Those in which an action ends a conversation.
_STATES = ("ReadyForFulfillment", "Fulfilled", "Failed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Calls:
    """Calls in the order in which they began, and where the next page begins."""

    calls: list[CallView]
    next_token: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """How a number, or a host, takes calls; times are in seconds."""

    number: str
    answers: str
    after: float
    hangs_up_after: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """Whose way to take calls is not the default."""

    people: list[Habit]


@COMMANDS.command("POST", "calls", status=201, enters=True)
def call(
    simulation: Simulation,
    *,
    from_number: _From,
    to_number: _To,
    sip_headers: dict[str, str] | None = None,
    via: str | None = None,
) -> CallView:
    """Make a call; it goes on until somebody must do something."""
    _check_headers(sip_headers or {})
    with simulation.door as account:
        try:
            made = simulation.network.call(from_number, to_number, sip_headers, via)
        except LookupError as error:
            raise SandboxError(str(error).strip('"')) from None
        if not account.calls.ready:
            return call_view(made)
    with simulation.door:
        return call_view(made)


@COMMANDS.command("GET", "calls")
def calls(
    simulation: Simulation,
    *,
    status: Literal["Ringing", "InProgress", "Ended"] | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Calls:
    """Return the calls, those that applications make included."""
    size = MOST_ON_A_PAGE if max_results is None else max_results
    found = (
        (rank, each)
        for rank, each in simulation.account.calls.after(_position(next_token))
        if status is None or each.status == status
    )
    page = list(islice(found, size + 1))
    token = str(page[size - 1][0]) if len(page) > size else None
    return Calls(calls=[call_view(each) for _, each in page[:size]], next_token=token)


@COMMANDS.command("GET", "calls/{Id}")
def one_call(simulation: Simulation, *, id: str) -> CallDetails:
    """Return a call with everything that was said."""
    return call_details(_call(simulation, id))


@COMMANDS.command("POST", "calls/{Id}/press", enters=True)
def press(simulation: Simulation, *, id: str, digits: str, leg: str = "A") -> CallView:
    """Let the party of a leg press keys."""
    return _step(simulation, id, network.press, leg, digits)


@COMMANDS.command("POST", "calls/{Id}/answer", enters=True)
def answer(simulation: Simulation, *, id: str, leg: str = "B") -> CallView:
    """Let who is called answer."""
    return _step(simulation, id, network.answer, leg)


@COMMANDS.command("POST", "calls/{Id}/reject", enters=True)
def reject(
    simulation: Simulation, *, id: str, leg: str = "B", sip_response_code: int = BUSY
) -> CallView:
    """Let who is called refuse."""
    return _step(simulation, id, network.reject, leg, sip_response_code)


@COMMANDS.command("POST", "calls/{Id}/hang-up", enters=True)
def hang_up(simulation: Simulation, *, id: str, leg: str = "A") -> CallView:
    """Let the party of a leg hang up."""
    return _step(simulation, id, network.hang_up, leg)


@COMMANDS.command("GET", "people")
def people(simulation: Simulation) -> People:
    """Return whose way to take calls is not the default."""
    return People(
        people=[
            Habit(
                number=number,
                answers=person.answers,
                after=person.after,
                hangs_up_after=person.hangs_up_after,
            )
            for number, person in simulation.network.around.people.items()
        ]
    )


@COMMANDS.command("PUT", "people")
def person(
    simulation: Simulation,
    *,
    number: str,
    answers: str = "at once",
    after: float = 0.0,
    hangs_up_after: float | None = None,
) -> People:
    """Say how somebody, or a telephone system, takes calls from now on."""
    who = simulation.network.party(number)
    if not (is_e164(who) or _HOST.fullmatch(who)):
        raise SandboxError(
            "Number must be a phone number such as +1 206 555 0100, or a host of "
            f"letters, digits, dots and hyphens, not {number!r}"
        )
    try:
        known = Person(answers=answers, after=after, hangs_up_after=hangs_up_after)
    except ValueError as error:
        raise SandboxError(_as_member(str(error))) from None
    simulation.network.around.people[who] = known
    return people.function(simulation)


@COMMANDS.command("DELETE", "people")
def forget_people(simulation: Simulation, *, number: str | None = None) -> People:
    """Let everybody take calls by default again, or one."""
    known = simulation.network.around.people
    if number is None:
        known.clear()
    else:
        known.pop(simulation.network.party(number), None)
    return people.function(simulation)


@COMMANDS.command("PUT", "bots")
def bot(
    simulation: Simulation,
    *,
    bot_alias_arn: str,
    intent: str = "FallbackIntent",
    slots: dict[str, str | None] | None = None,
    state: str = "ReadyForFulfillment",
) -> None:
    """Say what a conversation with a bot ends with from now on."""
    arn = shape("BotAliasArn").pattern
    assert arn is not None
    if not arn.fullmatch(bot_alias_arn):
        raise SandboxError(
            "BotAliasArn must be arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS, "
            f"not {bot_alias_arn!r}"
        )
    if not intent:
        raise SandboxError("Intent must not be empty")
    if state not in _STATES:
        raise SandboxError(f"State must be one of {', '.join(_STATES)}, not {state!r}")
    ends = Conversation(intent=intent, slots=slots or {}, state=state)
    simulation.network.around.bots[bot_alias_arn] = ends


def _step(
    simulation: Simulation, id: str, do: Callable[..., None], *arguments: Any
) -> CallView:
    try:
        with simulation.door:
            simulation.network.step(_call(simulation, id), do, *arguments)
    except SandboxError as error:
        raise SandboxError(_as_member(str(error))) from None
    with simulation.door:
        return call_view(_call(simulation, id))


def _call(simulation: Simulation, id: str) -> Call:
    found = simulation.account.calls.get(id)
    if found is None:
        raise SandboxError(f"There is no call '{id}'")
    return found


def _position(token: str | None) -> int:
    if token is None:
        return -1
    if not token.isdecimal():
        raise SandboxError("NextToken must be the token of the page before")
    return int(token)


def _check_headers(sip_headers: Mapping[str, str]) -> None:
    """Refuse headers that would be more than one line of an INVITE."""
    for name, value in sip_headers.items():
        for text in (name, value):
            if _CONTROL_CHARACTER.search(text):
                raise SandboxError(
                    f"SipHeaders must have no control characters, not {text!r}"
                )


def _as_member(text: str) -> str:
    """Let a message that begins with a parameter begin with the member's name."""
    name, _, rule = text.partition(" ")
    return f"{_MEMBERS.get(name, name)} {rule}"


_MEMBERS: dict[str, str] = {
    "answers": "Answers",
    "after": "After",
    "hangs_up_after": "HangsUpAfter",
    "digits": "Digits",
    "sip_response_code": "SipResponseCode",
}
