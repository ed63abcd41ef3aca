"""The telephone network: what parties do, and what falls due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from proxymock.state.calls import JSON, LEG_A, Call, Due, Leg
from proxymock.telephony import actions as _actions  # noqa: F401 - registers them
from proxymock.telephony.actions.digits import drop_keys, listen, try_keys
from proxymock.telephony.events import tell, tell_hang_up
from proxymock.telephony.legs import (
    NORMAL,
    RINGING_SECONDS,
    connect,
    end,
    note,
    ring,
    schedule,
    send_tones,
    side,
)
from proxymock.telephony.people import BUSY, UNAVAILABLE
from proxymock.telephony.performing import (
    cut_off,
    go_on,
    living_leg,
    signal,
    tell_cut_off,
)
from proxymock.telephony.surroundings import Moment, Surroundings

KEYS = "0123456789*#"


class NotPossible(ValueError):
    """What a party cannot do now; it names the leg and why."""


def update(now: Moment, arguments: Mapping[str, str]) -> None:
    """Send an update to the function. Raises LookupError if the call is over."""
    if now.call.ended or now.call.target is None:  # AWS: PA-25
        id = now.call.transaction_id
        raise LookupError(f"Call '{id}' is not in progress at an application")
    # AWS: PA-30. A function may update its own call; its answer comes first.
    if now.call.invocation is not None or now.call.retry is not None:
        now.call.updates.append(dict(arguments))
    else:
        tell_update(now, dict(arguments))


def tell_update(now: Moment, arguments: JSON) -> None:
    """Let the event of an update wait for the function. AWS: PA-26."""
    data = {"Type": "CallUpdateRequest", "Parameters": {"Arguments": arguments}}
    leg = living_leg(now, now.call.leg("A"))
    tell(now, "CALL_UPDATE_REQUESTED", leg, data=data)


def press(now: Moment, name: str, digits: str) -> None:
    """Let the party of a leg press keys. Raises NotPossible, LookupError."""
    leg = now.call.leg(name)
    wrong = [key for key in digits if key not in KEYS]
    if wrong or not digits:
        raise NotPossible(f"digits must be of {KEYS}, not '{digits}'")
    _must_be(leg, "press keys", leg.status == "Connected")
    passed = ""
    for key in digits:
        now.message(side(leg), "chime", f"key {key}", leg)
        # The key before may have ended an action that a Hangup followed.
        if not leg.is_open:
            now.remark("chime", f"{leg.tag} has ended: the key is lost")
        elif not signal(now, "key", leg, key):
            passed += key
            if not listen(now, leg, key):
                now.remark("chime", f"no action waits for keys on {leg.tag}")
    _pass_on(now, leg, passed)


def _pass_on(now: Moment, leg: Leg, keys: str) -> None:
    """Let the other party hear keys that no action has taken. AWS: PA-34."""
    for other in now.call.open_legs:
        if keys and other is not leg and other.status == "Connected":
            send_tones(now, other, keys)


def answer(now: Moment, name: str) -> None:
    """Let who is called answer. Raises NotPossible, LookupError."""
    leg = now.call.leg(name)
    _must_be(leg, "answer", _is_rung(leg))
    _answer(now, leg)


def reject(now: Moment, name: str, sip_response_code: int = BUSY) -> None:
    """Let who is called refuse. Raises NotPossible, LookupError."""
    leg = now.call.leg(name)
    if sip_response_code not in {UNAVAILABLE, BUSY}:
        wrong = f"sip_response_code must be 480 or 486, not {sip_response_code}"
        raise NotPossible(wrong)
    _must_be(leg, "reject", _is_rung(leg))
    _refuse(now, leg, sip_response_code, by_party=True)


def hang_up(now: Moment, name: str) -> None:
    """Let the party of a leg hang up. Raises NotPossible, LookupError."""
    leg = now.call.leg(name)
    _must_be(leg, "hang up", leg.is_open and not _is_rung(leg))
    _depart(now, leg)


def next_due(call: Call) -> datetime | None:
    """Return when the next thing happens to a call by itself, if anything does."""
    return call.due[0].at if call.due else None


def run_first_due(call: Call, at: datetime, around: Surroundings) -> Moment | None:
    """Let the first thing happen that is due by *at*; return the moment of it.

    It is one thing only: the function is invoked, at that moment, before the next.
    """
    if not call.due or call.due[0].at > at:
        return None
    due = call.due.pop(0)
    now = Moment(call, due.at, around)
    if due.call_id:
        _DUE[due.what](now, call.leg_with(due.call_id))
    else:
        note(now, due.what)
    return now


def can_fall_due(call: Call, due: Due) -> bool:
    """Tell whether something that a call waits for can happen to a leg of it."""
    has_leg = any(leg.call_id == due.call_id for leg in call.legs)
    return has_leg and due.what in _DUE


def _is_rung(leg: Leg) -> bool:
    """Tell whether somebody is called who has neither answered nor refused."""
    return leg.status == "Ringing" and leg.direction == "Outbound"


def _must_be(leg: Leg, what: str, holds: bool) -> None:
    if not holds:
        raise NotPossible(f"{leg.tag} cannot {what}: it is {leg.status}")


def _answer(now: Moment, leg: Leg) -> None:
    connect(now, leg)
    leg_a = now.call.leg("A")
    if leg is leg_a:
        tell(now, "CALL_ANSWERED", leg)
    elif now.call.target is None:
        connect(now, leg_a)
    else:
        signal(now, "answered", leg_a)


def _refuse(now: Moment, leg: Leg, code: int, *, by_party: bool) -> None:
    end(now, leg, code, by_party=by_party)
    if leg.tag == LEG_A:
        tell_hang_up(now, leg)
    elif now.call.target is None:
        end(now, now.call.leg("A"), code, by_party=False)
    else:
        signal(now, "refused", now.call.leg("A"))


def _depart(now: Moment, leg: Leg) -> None:
    """Let a party leave, and tell so; a leg that is left stays, whoever forgot it."""
    running = cut_off(now, leg)
    code = UNAVAILABLE if leg.answered_at is None else NORMAL
    end(now, leg, code, by_party=True)
    if running is not None:
        tell_cut_off(now, running, leg)
    tell_hang_up(now, leg)
    # With an application this is its function's business, which may forget it.
    if now.call.target is None:
        for other in now.call.open_legs:
            end(now, other, code, by_party=False)
    go_on(now)


def _person_acts(now: Moment, leg: Leg) -> None:
    """Let who is called do as they do; after a dead host comes the next."""
    habit = now.around.person(leg.hosts[0]).habit
    if habit.code is None:
        _answer(now, leg)
    # A host that rings or is busy has answered, and SIP tries no other.
    elif not habit.rings and habit.code == UNAVAILABLE and len(leg.hosts) > 1:
        now.remark("chime", f"{leg.hosts[0]} cannot be reached")
        note(now, "Unreached", CallId=leg.call_id)
        del leg.hosts[0]
        ring(now, leg)
    else:
        _refuse(now, leg, habit.code, by_party=True)


def _rings_out(now: Moment, leg: Leg) -> None:
    """End what rang for too long, unless the function is seeing to it. AWS: PA-12."""
    if leg.direction == "Inbound" and now.call.running is not None:
        schedule(now, "rings out", leg, RINGING_SECONDS)
    else:
        _refuse(now, leg, UNAVAILABLE, by_party=False)


def _action_is_due(now: Moment, leg: Leg) -> None:
    signal(now, "due", leg)


# What can fall due on a leg.
_DUE: Mapping[str, Callable[[Moment, Leg], None]] = {
    "rings out": _rings_out,
    "person acts": _person_acts,
    "person hangs up": _depart,
    "action": _action_is_due,
    "attempt": _action_is_due,
    "pause between keys": try_keys,
    "keys expire": drop_keys,
}
