"""Which leg an action is for, and whether it can be had there now."""

from __future__ import annotations

from proxymock.api.validation import Violation
from proxymock.state.calls import Action, Call, Leg
from proxymock.telephony.description import INVALID, Described, Failure, refused

NO_TARGET = "CallId or ParticipantTag parameter for action is invalid"


def leg_for(call: Call, action: Action, what: Described) -> Leg:
    """Return the leg that an action is for: CallId, tag, or that of the event.

    Raises Failure.
    """
    at = f"{action.place}.Parameters"
    call_id = action.parameters.get("CallId")
    tag = action.parameters.get("ParticipantTag")
    member, wanted = ("CallId", call_id) if call_id else ("ParticipantTag", tag)
    found = [
        each
        # The latest of a tag: a leg B takes the place of one that has ended.
        for each in reversed(call.legs)
        if wanted == (each.call_id if call_id else each.tag)
    ]
    if wanted and not found:
        raise _not_a_target(f"{at}.{member}", f"names no leg of this call: '{wanted}'")
    if not wanted:
        member, found = "CallId", _default_legs(call, action, what)
    leg = found[0]
    if not leg.is_open:
        raise _not_a_target(f"{at}.{member}", f"names {leg.tag}, which has hung up")
    if what.leg not in {"any", leg.tag}:
        raise _not_a_target(f"{at}.{member}", f"must name {what.leg}, not {leg.tag}")
    _must_be_free(call, action, what, leg)
    return leg


def _default_legs(call: Call, action: Action, what: Described) -> list[Leg]:
    if what.leg == "any":
        return [call.leg_with(action.call_id)]
    legs = [leg for leg in reversed(call.legs) if leg.tag == what.leg]
    if not legs:
        assert what.no_leg is not None
        raise refused(what, what.no_leg, {})
    return legs


def _must_be_free(call: Call, action: Action, what: Described, leg: Leg) -> None:
    """Refuse what needs a leg that has answered, or one that is alone. AWS: PA-22."""
    is_ringing = leg.direction == "Outbound" and leg.answered_at is None
    wrong = None
    # A caller who rings is answered by the action, but nobody answers for a callee.
    if is_ringing and what.type != "Hangup":
        wrong = f"{action.place} needs {leg.tag}, which has not answered yet"
    elif not what.bridged and len(call.open_legs) > 1:
        wrong = f"{action.place} needs LEG-A alone, but LEG-B is connected"
    if wrong is not None:
        raise Failure({"ErrorType": INVALID, "ErrorMessage": wrong}, wrong)


def _not_a_target(member: str, rule: str) -> Failure:
    details = {"ErrorType": INVALID, "ErrorMessage": NO_TARGET}
    return Failure(details, Violation(member, rule))
