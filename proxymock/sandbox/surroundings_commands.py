"""The commands for the surroundings of calls: people, bots, sounds, refusals."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from ipaddress import IPv6Address
from math import inf

from proxymock.numbering_plan.e164 import is_e164
from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import in_api_names
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.surroundings import Refusal
from proxymock.telephony.description import action_types, described, shape
from proxymock.telephony.people import Person
from proxymock.telephony.surroundings import Conversation

_HOST = re.compile(r"[A-Za-z0-9._-]+")
_OBJECT = re.compile(r"s3://[^/]+/.+", re.DOTALL)
# Those in which an action ends a conversation.
_STATES = ("ReadyForFulfillment", "Fulfilled", "Failed")


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Length:
    """How many seconds a sound takes: a text, or an object of S3."""

    sound: str
    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Sounds:
    """Which sounds take time."""

    sounds: list[Length]


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusals:
    """The refusals that still wait for actions, the oldest first."""

    refusals: list[Refusal]


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
    if not (is_e164(who) or _is_host(who)):
        raise SandboxError(
            "Number must be a phone number such as +1 206 555 0100, or a host: an "
            "address, or a name of letters, digits, dots, hyphens and underscores, "
            f"not {number!r}"
        )
    try:
        known = Person(answers=answers, after=after, hangs_up_after=hangs_up_after)
    except ValueError as error:
        raise SandboxError(in_api_names(str(error))) from None
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
    # StartBotConversation's own: a bot of another name could never be met.
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


@COMMANDS.command("GET", "sounds")
def sounds(simulation: Simulation) -> Sounds:
    """Return which sounds take time."""
    known = simulation.network.around.sounds
    return Sounds(sounds=[Length(sound=s, seconds=n) for s, n in known.items()])


@COMMANDS.command("PUT", "sounds")
def sound(simulation: Simulation, *, sound: str, seconds: float) -> Sounds:
    """Say how long it takes to hear a text or an object from now on."""
    if not sound or (sound.startswith("s3://") and not _OBJECT.fullmatch(sound)):
        raise SandboxError(f"Sound must be a text or s3://BUCKET/KEY, not {sound!r}")
    if not 0 <= seconds < inf:
        raise SandboxError(f"Seconds must be at least 0, not {seconds}")
    simulation.network.around.sounds[sound] = seconds
    return sounds.function(simulation)


@COMMANDS.command("DELETE", "sounds")
def forget_sounds(simulation: Simulation, *, sound: str | None = None) -> Sounds:
    """Let all sounds take no time again, or one."""
    known = simulation.network.around.sounds
    if sound is None:
        known.clear()
    else:
        known.pop(sound, None)
    return sounds.function(simulation)


@COMMANDS.command("GET", "refusals")
def refusals(simulation: Simulation) -> Refusals:
    """Return the refusals that still wait for actions."""
    # Copies: a refusal counts down with each action.
    waiting = simulation.network.around.refusals
    return Refusals(refusals=[replace(each) for each in waiting])


@COMMANDS.command("POST", "refusals")
def refuse(
    simulation: Simulation, *, action: str, error: str, times: int = 1
) -> Refusals:
    """Let the next actions of a type be refused."""
    if action not in action_types():
        known = ", ".join(action_types())
        raise SandboxError(f"Action must be one of {known}, not {action!r}")
    errors = described(action).refusals
    if error not in errors:
        known = ", ".join(errors)
        raise SandboxError(f"Error of {action} must be one of {known}, not {error!r}")
    if times < 1:
        raise SandboxError(f"Times must be at least 1, not {times}")
    simulation.network.around.refusals.append(
        Refusal(action=action, error=error, times=times)
    )
    return refusals.function(simulation)


@COMMANDS.command("DELETE", "refusals")
def forget_refusals(simulation: Simulation, *, action: str | None = None) -> Refusals:
    """Refuse no action any more, or none of a type."""
    waiting = simulation.network.around.refusals
    waiting[:] = [r for r in waiting if action not in (None, r.action)]
    return refusals.function(simulation)


def _is_host(text: str) -> bool:
    """Tell whether a text may be a host: a name, an address, or one of IPv6."""
    with suppress(ValueError):
        # In a SIP address they stand in brackets.
        IPv6Address(text.removeprefix("[").removesuffix("]"))
        return True
    return _HOST.fullmatch(text) is not None
