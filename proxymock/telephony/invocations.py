"""The function behind an application: when it is invoked, and what its answer does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from proxymock.state.calls import JSON, Call, Event, Invocation, Target
from proxymock.telephony.events import compose, tell
from proxymock.telephony.legs import end
from proxymock.telephony.network import tell_update
from proxymock.telephony.new_calls import dial
from proxymock.telephony.people import UNAVAILABLE
from proxymock.telephony.performing import living_leg, signal, take
from proxymock.telephony.responses import Unusable, copy, plain, read
from proxymock.telephony.surroundings import Moment

MOST_INVOCATIONS = 1000
# How an invocation can fail, and whether it is then repeated.
FAILURES = {
    "error": True,
    "timeout": False,  # AWS: PA-33. All of the time is used up.
    "denied": True,
    "throttled": True,
    "missing": True,
}


class InvocationFailed(Exception):
    """A function has given no answer: *how* is one of FAILURES, *detail* for people."""

    def __init__(self, how: str, detail: str = "") -> None:
        super().__init__(how, detail)
        self.how = how
        self.detail = detail


def next_invocation(now: Moment) -> Invocation | None:
    """Return what to invoke now, which is under way from then on.

    It is None while one is under way, or if there is nothing to tell. Give it back to
    ``answered`` or ``failed``; the function may do with the event what it likes.
    """
    call = now.call
    if call.invocation is not None or (call.retry is None and not call.waiting):
        return None
    if call.invocations == MOST_INVOCATIONS:
        _give_up(now, f"a call has at most {MOST_INVOCATIONS} invocations")
        return None
    invocation, call.retry = call.retry or _compose(now), None
    call.invocations += 1
    call.invocation = invocation
    now.message("chime", "function", _title(invocation.event))
    return invocation


def answered(now: Moment, invocation: Invocation, answer: Any) -> None:
    """Heed the answer of a function.

    An answer that is not JSON fails as Lambda lets it fail. Raises ValueError if the
    invocation is not under way.
    """
    try:
        given = plain(answer)
    except (TypeError, ValueError, RecursionError) as error:
        failed(now, invocation, "error", f"the answer is not JSON: {error}")
        return
    _end_invocation(now, invocation)
    now.call.responses.append(given)
    now.message("function", "chime", _summary(given))
    event = invocation.about
    _heed(now, event, given)
    leg = now.call.leg_with(event.call_id)
    # AWS dials once the function has been told, whatever it has answered.
    if event.type == "NEW_OUTBOUND_CALL" and leg.is_open:
        dial(now, leg)
    if event.type == "HANGUP":
        signal(now, "told", leg)
    _tell_updates(now)


def failed(now: Moment, invocation: Invocation, how: str, detail: str = "") -> None:
    """Invoke again, try the next application, or end the call. AWS: PA-11.

    *how* is one of FAILURES; *detail* is for people. Raises ValueError for another, or
    if the invocation is not under way.
    """
    if how not in FAILURES:
        raise ValueError(f"how must be one of {', '.join(FAILURES)}, not '{how}'")
    _end_invocation(now, invocation)
    call = now.call
    said = f"{how} of the function" + (f": {detail}" if detail else "")
    now.message("function", "chime", how)
    # Another application takes over at the first event only; later the call ends.
    is_first = invocation.about.type == "NEW_INBOUND_CALL"
    if FAILURES[how] and invocation.attempt == 1:
        again = copy(call.events[-1])
        call.retry = replace(invocation, event=again, attempt=2)
        now.warn(f"{said}: invoked again")
    elif is_first and call.candidates and not call.ended:
        _fail_over(now, invocation.about, said)
    else:
        _give_up(now, said)


def abandoned(now: Moment, invocation: Invocation, why: str) -> None:
    """End a call whose function was left before it could answer or fail."""
    _end_invocation(now, invocation)
    now.message("function", "chime", "abandoned")
    _give_up(now, f"the function was left: {why}")


def invoke_again(call: Call) -> None:
    """Let an invocation begin anew whose answer cannot come: its process has gone."""
    if call.invocation is not None:
        event = copy(call.events[-1])
        call.retry, call.invocation = replace(call.invocation, event=event), None


def _compose(now: Moment) -> Invocation:
    call = now.call
    event = call.waiting.pop(0)
    assert call.target is not None
    call.event_sequence += 1
    # Copies: the function may change its event, which must not change what was told.
    composed = copy(compose(call, call.target, event))
    call.events.append(composed)
    return Invocation(
        target=call.target,
        number=call.event_sequence,
        event=copy(composed),
        about=event,
    )


def _end_invocation(now: Moment, invocation: Invocation) -> None:
    under_way = now.call.invocation
    if under_way is None or _identity(under_way) != _identity(invocation):
        raise ValueError("The invocation is not under way")
    now.call.invocation = None


def _identity(invocation: Invocation) -> tuple[Target, int, int]:
    """Tell invocations of a call apart, but not copies of one."""
    return invocation.target, invocation.number, invocation.attempt


def _heed(now: Moment, event: Event, given: Any) -> None:
    """Keep the attributes and take the actions of an answer, if it can be used."""
    call = now.call
    try:
        answer = read(given)
    except Unusable as wrong:
        _cannot_use(now, event, wrong)
        return
    if answer.attributes is not None:
        call.attributes = answer.attributes
    ignores = "the call is over" if call.ended else event.ignores
    if answer.actions and ignores:
        places = ", ".join(each.place for each in answer.actions)
        now.warn(f"{places} not run, in answer to {event.type}: {ignores}")
    elif answer.actions:
        take(now, answer.actions, call.leg_with(event.call_id))
    elif event.type == "NEW_INBOUND_CALL":
        now.warn("Actions is empty: nobody answers the caller")  # AWS: PA-12


def _cannot_use(now: Moment, event: Event, wrong: Unusable) -> None:
    """Tell the function, but not a second time in a row. AWS: PA-10."""
    if now.call.ended:
        now.warn(wrong.message)
        return
    if event.type == "INVALID_LAMBDA_RESPONSE":
        _give_up(now, wrong.message)
        return
    now.warn(wrong.message)
    error = {"ErrorType": wrong.error_type, "ErrorMessage": wrong.message}
    leg = living_leg(now, now.call.leg_with(event.call_id))
    tell(now, "INVALID_LAMBDA_RESPONSE", leg, error=error)


def _tell_updates(now: Moment) -> None:
    """Tell what came while the function worked, in order. AWS: PA-27."""
    updates, now.call.updates = now.call.updates, []
    for arguments in updates:
        tell_update(now, arguments)


def _fail_over(now: Moment, first: Event, said: str) -> None:
    """Begin again with the next application."""
    call = now.call
    call.target, call.event_sequence = call.candidates.pop(0), 0
    call.waiting.insert(0, first)
    target = call.target
    now.warn(f"{said}: next is {target.sip_media_application_id} in {target.region}")


def _give_up(now: Moment, why: str) -> None:
    """End the call with 480; nobody is told. AWS: PA-28."""
    lost = "No more events" if now.call.ended else f"The call ends with {UNAVAILABLE}"
    now.warn(f"{lost}: {why}")
    now.call.waiting, now.call.retry = [], None
    for leg in now.call.open_legs:
        if leg.is_open:  # a meeting ends with the caller
            end(now, leg, UNAVAILABLE, by_party=False)


def _title(event: JSON) -> str:
    """Return an event in a few words."""
    data = event.get("ActionData", {})
    type = event["InvocationEventType"]
    words = [str(event["Sequence"]), type]
    if type == "HANGUP":
        parameters = data["Parameters"]
        words += [parameters["ParticipantTag"], str(parameters["SipResponseCode"])]
    elif type.startswith("ACTION_"):
        words.append(data["Type"])
    words += [data[name] for name in ("ErrorType", "Error") if name in data]
    words += [event["ErrorType"]] if "ErrorType" in event else []
    words += [f"'{data['ReceivedDigits']}'"] if data.get("ReceivedDigits") else []
    return " ".join(words)


def _summary(answer: Any) -> str:
    """Return the actions of an answer, as far as it can be read."""
    actions = answer.get("Actions") if isinstance(answer, dict) else None
    if not isinstance(actions, list) or not actions:
        return "no actions"
    types = [a.get("Type") if isinstance(a, dict) else a for a in actions]
    return ", ".join(str(type) for type in types)
