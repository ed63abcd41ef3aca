"""Actions that make and end legs: CallAndBridge and Hangup."""

from __future__ import annotations

import re

from proxymock.state.calls import JSON
from proxymock.telephony.actions.speaking import audio
from proxymock.telephony.events import HEADER, tell_hang_up
from proxymock.telephony.legs import NORMAL, add_leg_b, connect, end, ring, schedule
from proxymock.telephony.people import BUSY, UNAVAILABLE
from proxymock.telephony.performing import Result, Turn, action, on

E164 = re.compile(r"\+[1-9][0-9]{1,14}")
# AWS documents the characters; the length is that of 2026.
USER = re.compile(r"[A-Za-z0-9&=+$/%_!~*().-]{1,36}")
FORBIDDEN = ("x-amzn", "x-vine", "x-vc", "x-canary", "x-voice")
MOST_HEADER_CHARACTERS = 2048
NOT_OWNED = (
    "Provided caller ID number is invalid. Number must be owned by this AWS account, "
    "or be the From number of LEG-A."
)


@on("check", "Hangup")
def check_code(turn: Turn, _: str) -> Result:
    """Refuse codes that AWS does not name."""
    code = turn.values["SipResponseCode"]
    if code not in {NORMAL, UNAVAILABLE, BUSY}:
        turn.wrong("SipResponseCode", f"must be 0, 480 or 486, not {code}")
    return None


@action("Hangup")
def hang_up(turn: Turn) -> Result:
    """End a leg. The list goes on once the function has been told of that."""
    code = turn.values["SipResponseCode"]
    dropped = [each.place for each in turn.now.call.actions]
    end(turn.now, turn.leg, code, by_party=False)
    if dropped and turn.now.call.ended:
        turn.now.warn(f"{', '.join(dropped)} not run: the call is over")
    # The end of a meeting's leg is told as a success, without a HANGUP.
    if turn.leg.kind == "Meeting":
        return {}
    tell_hang_up(turn.now, turn.leg)
    return None


@on("told", "Hangup")
def after_hang_up(_turn: Turn, _: str) -> Result:
    """Be done when the function has answered to the end of the leg. AWS: PA-03."""
    return {}


@on("check", "CallAndBridge")
def check_bridge(turn: Turn, _: str) -> Result:
    """Refuse whom nobody can call, and what nobody may show."""
    _check_endpoint(turn, turn.values["Endpoints"][0])
    _check_caller_id(turn)
    _check_headers(turn, turn.values.get("SipHeaders", {}))
    return None


@action("CallAndBridge")
def call_and_bridge(turn: Turn) -> Result:
    """Call somebody, and connect the caller when they answer."""
    now, endpoint = turn.now, turn.values["Endpoints"][0]
    leg = add_leg_b(
        now,
        endpoint["Uri"],  # AWS: PA-29
        turn.values["CallerIdNumber"],
        _hosts(turn, endpoint),
        kind=endpoint["BridgeEndpointType"],
        endpoint_arn=endpoint.get("Arn", ""),
        sip_headers=turn.values.get("SipHeaders", {}),
    )
    turn.memory["leg"] = leg.call_id
    # It is heard over and over until leg B answers, and written down once.
    if "RingbackTone" in turn.values:
        turn.leg.heard.append(f"ringback:{audio(turn.values['RingbackTone'])}")
    schedule(now, "action", turn.leg, turn.values["CallTimeoutSeconds"])
    ring(now, leg)
    return None


def _hosts(turn: Turn, endpoint: JSON) -> list[str]:
    """Return who is rung: the number, or the hosts of the voice connector."""
    if endpoint["BridgeEndpointType"] == "PSTN":
        return [endpoint["Uri"]]
    return list(turn.now.around.hosts(endpoint["Arn"]))


def _check_endpoint(turn: Turn, endpoint: JSON) -> None:
    at, uri = "Endpoints[0]", endpoint["Uri"]
    if endpoint["BridgeEndpointType"] == "PSTN":
        if not E164.fullmatch(uri):
            turn.wrong(f"{at}.Uri", f"must be E.164, not '{uri}'")
        if "Arn" in endpoint:
            turn.wrong(f"{at}.Arn", "must not be given for PSTN")
        return
    if not USER.fullmatch(uri):
        turn.wrong(f"{at}.Uri", f"must match {USER.pattern}, not '{uri}'")
    if "Arn" not in endpoint:
        turn.wrong(f"{at}.Arn", "is required for AWS")
    if not _hosts(turn, endpoint):
        turn.wrong(f"{at}.Arn", f"leads to no host: '{endpoint['Arn']}'")


def _check_caller_id(turn: Turn) -> None:
    number = turn.values["CallerIdNumber"]
    leg_a = turn.now.call.leg("A")
    # Who hides the number may be shown as they are.
    if not E164.fullmatch(number) and number != leg_a.from_number:
        turn.wrong("CallerIdNumber", f"must be E.164, not '{number}'")
    if number != leg_a.from_number and not turn.now.around.owns(number):
        turn.fails("CallerIdNumber", NOT_OWNED, f"is not a number to show: '{number}'")


def _check_headers(turn: Turn, headers: JSON) -> None:
    """Refuse headers that are the service's own, unknown, or too many."""
    wrong = [
        name
        for name in headers
        if not HEADER.fullmatch(name) or name.lower().startswith(FORBIDDEN)
    ]
    if wrong:
        said = f"Invalid SIP header(s) provided: {', '.join(wrong)}"
        rule = "must be x-…, User-to-User or Diversion, and none of the service's own"
        turn.fails("SipHeaders", said, f"{rule}, not {', '.join(wrong)}")
    size = sum(len(name) + len(value) for name, value in headers.items())
    if size > MOST_HEADER_CHARACTERS:
        rule = f"must have at most {MOST_HEADER_CHARACTERS} characters, not {size}"
        turn.wrong("SipHeaders", rule)


@on("answered", "CallAndBridge")
def bridge(turn: Turn, _: str) -> Result:
    """Answer the caller, and be done, when leg B has answered."""
    if turn.leg.answered_at is None:
        connect(turn.now, turn.leg)
    return {}


@on("refused", "CallAndBridge")
def not_bridged(turn: Turn, _: str) -> Result:
    """Fail when nobody takes the call. AWS: PA-02."""
    turn.refuse("CallNotAnswered")


@on("due", "CallAndBridge")
def ring_no_longer(turn: Turn, _: str) -> Result:
    """Fail when the time is over before leg B has answered."""
    _cancel(turn)
    turn.refuse("CallNotAnswered")


@on("stopped", "CallAndBridge")
def give_up(turn: Turn, _: str) -> Result:
    """Ring no longer when the caller has gone. AWS: PA-05."""
    _cancel(turn)
    return None


def _cancel(turn: Turn) -> None:
    leg = turn.now.call.leg_with(turn.memory["leg"])
    end(turn.now, leg, UNAVAILABLE, by_party=False)
