"""How a list of actions runs: one after the other, with one event for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from proxymock.api.validation import Violation
from proxymock.state.calls import JSON, Action, Leg, Running
from proxymock.telephony.description import (
    INVALID,
    SYSTEM_ERROR,
    Described,
    Failure,
    described,
    echoed,
    failure,
    refused,
    values,
)
from proxymock.telephony.events import tell
from proxymock.telephony.legs import cancel, connect
from proxymock.telephony.surroundings import Moment
from proxymock.telephony.targets import leg_for


class NotWanted(Exception):
    """A signal that the running action has no use for."""


class Turn(NamedTuple):
    """An action whose turn it is, and the leg that it is for."""

    now: Moment
    leg: Leg
    running: Running

    @property
    def values(self) -> JSON:
        """The parameters as the action takes them."""
        return self.running.values

    @property
    def memory(self) -> JSON:
        """What the action has to remember."""
        return self.running.memory

    def wrong(self, member: str, rule: str) -> NoReturn:
        """Fail for a parameter that the description cannot judge."""
        at = f"{self.running.place}.Parameters"
        violation = Violation(f"{at}.{member}", rule)
        raise failure(described(self.running.type), violation, at)

    def fails(self, member: str, said: str, rule: str) -> NoReturn:
        """Fail for a parameter that AWS has a text of its own for."""
        at = f"{self.running.place}.Parameters.{member}"
        details = {"ErrorType": INVALID, "ErrorMessage": said}
        raise Failure(details, Violation(at, rule))

    def refuse(self, name: str) -> NoReturn:
        """Fail with a refusal of the description."""
        raise refused(described(self.running.type), name, self.values)


# What an action comes to: more for its event if it is done, None while it waits.
Result = JSON | None
ACTIONS: dict[str, Callable[[Turn], Result]] = {}
# What an action does about a signal: "check" before it begins, when nothing may change,
# "key", "due", "answered", "refused", "told" while it waits, "stopped" before its end.
SIGNALS: dict[tuple[str, str], Callable[[Turn, str], Result]] = {}


def action(
    *types: str,
) -> Callable[[Callable[[Turn], Result]], Callable[[Turn], Result]]:
    """Name the actions that a function begins."""

    def register(begin: Callable[[Turn], Result]) -> Callable[[Turn], Result]:
        ACTIONS.update(dict.fromkeys(types, begin))
        return begin

    return register


def on(
    signal: str, *types: str
) -> Callable[[Callable[[Turn, str], Result]], Callable[[Turn, str], Result]]:
    """Name the actions, and the signal to them, that a function sees to."""

    def register(heed: Callable[[Turn, str], Result]) -> Callable[[Turn, str], Result]:
        SIGNALS.update({(type, signal): heed for type in types})
        return heed

    return register


def take(now: Moment, actions: list[Action], about: Leg) -> None:
    """Let a new list of actions take the place of what has not begun."""
    for each in actions:
        each.call_id = about.call_id
    running = now.call.running
    # Of the old list what runs stays, unless it can be interrupted.
    now.call.pending = actions
    if running is not None and described(running.type).interruptible:
        _interrupt(now, running)
    go_on(now)


def go_on(now: Moment) -> None:
    """Run actions until one of them waits or none is left."""
    call = now.call
    while call.running is None and (call.pending or call.actions):
        if call.pending:
            call.actions, call.pending = call.pending, []
        _start(now, call.actions.pop(0))


def signal(now: Moment, name: str, leg: Leg, detail: str = "") -> bool:
    """Tell the running action, if it is for *leg*; return whether it wants that."""
    running = now.call.running
    # An action hears of nothing that happens to the other leg.
    if running is None or running.call_id != leg.call_id:
        return False
    heed = SIGNALS.get((running.type, name))
    if heed is None:
        return False
    turn = Turn(now, leg, running)
    try:
        _settle(turn, heed(turn, detail))
    except NotWanted:
        return False
    except Failure as failed:
        _fail(now, running, leg, failed)
    go_on(now)
    return True


def cut_off(now: Moment, leg: Leg) -> Running | None:
    """Stop the action for a leg that hangs up, and drop the rest of its list."""
    running = now.call.running
    if running is None or running.call_id != leg.call_id:
        return None
    _stop(now, running)
    now.call.actions = []
    return running


def tell_cut_off(now: Moment, running: Running, leg: Leg) -> None:
    """Tell that a hang-up has ended an action. AWS: PA-04."""
    is_told = described(running.type).reports_hang_up
    if is_told and now.around.options.hang_up_fails_action:
        data = {"Type": running.type, "Parameters": running.parameters, **SYSTEM_ERROR}
        tell(now, "ACTION_FAILED", leg, data=data, ignores="the leg has hung up")


def _interrupt(now: Moment, running: Running) -> None:
    _stop(now, running)
    data = {"Type": running.type, "Parameters": running.parameters}
    leg = now.call.leg_with(running.call_id)
    tell(now, "ACTION_INTERRUPTED", leg, data=data)


def _stop(now: Moment, running: Running) -> None:
    """End the running action before its time."""
    leg = now.call.leg_with(running.call_id)
    stopped = SIGNALS.get((running.type, "stopped"))
    if stopped is not None:
        stopped(Turn(now, leg, running), "")
    _clear(now, leg)


def _clear(now: Moment, leg: Leg) -> None:
    now.call.running = None
    cancel(now.call, "action", leg)
    cancel(now.call, "attempt", leg)


def _start(now: Moment, action: Action) -> None:
    what = described(action.type)
    leg = now.call.leg_with(action.call_id)
    echo = echoed(what, action.parameters)
    running = Running(
        place=action.place,
        type=action.type,
        call_id=leg.call_id,
        parameters=echo,
        values={},
    )
    try:
        leg = leg_for(now.call, action, what)
        running.call_id = leg.call_id
        if not echo.get("CallId"):
            echo["CallId"] = leg.call_id
        _begin(Turn(now, leg, running), what)
    except Failure as failed:
        if not {"CallId", "ParticipantTag"} & echo.keys():
            echo["CallId"] = running.call_id
        _fail(now, running, leg, failed)


def _begin(turn: Turn, what: Described) -> None:
    """Check all that can be wrong, answer the caller, and let the action begin."""
    now, leg, running = turn
    at = f"{running.place}.Parameters"
    running.values = values(what, running.parameters, at)
    # Whatever can be wrong comes before the answer, from which a call is billed.
    check = SIGNALS.get((what.type, "check"))
    if check is not None:
        check(turn, "")
    refusal = now.around.refusal(now.call, what.type)
    if refusal is not None:
        turn.refuse(refusal)
    if what.answers and leg.answered_at is None:
        connect(now, leg)
    now.call.running = running
    _settle(turn, ACTIONS[what.type](turn))


def _settle(turn: Turn, result: Result) -> None:
    """Tell that the list is done if this was its last action. AWS: PA-06."""
    now, leg, running = turn
    # The end of the call, or a new list, may have ended the action meanwhile.
    if result is None or now.call.running is not running:
        return
    _clear(now, leg)
    if not now.call.pending and not now.call.actions:
        data = {"Type": running.type, "Parameters": running.parameters, **result}
        living = living_leg(now, leg)
        # AWS: PA-03. After a hang-up, the leg that is left comes first.
        first = living if running.type == "Hangup" else None
        tell(now, "ACTION_SUCCESSFUL", living, data=data, first=first)


def living_leg(now: Moment, leg: Leg) -> Leg:
    """Return a leg, or another if it has ended and another has not."""
    return leg if leg.is_open else (*now.call.open_legs, leg)[0]


def _fail(now: Moment, running: Running, leg: Leg, failed: Failure) -> None:
    """Drop the rest of the list, and tell why."""
    _clear(now, leg)
    now.call.actions = []
    if failed.told is not None:
        now.warn(str(failed.told))
    data: dict[str, Any] = {
        "Type": running.type,
        "Parameters": running.parameters,
        **failed.details,
    }
    # If another list follows, its event tells how things are.
    if not now.call.pending:
        tell(now, "ACTION_FAILED", living_leg(now, leg), data=data)
