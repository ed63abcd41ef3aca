"""Actions that wait for keys, and the listeners that stay on a leg."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from proxymock.state.calls import JSON, Leg, Listener
from proxymock.telephony.actions.speaking import audio, hear
from proxymock.telephony.description import Failure
from proxymock.telephony.events import tell
from proxymock.telephony.legs import cancel, schedule
from proxymock.telephony.performing import NotWanted, Result, Turn, action, on
from proxymock.telephony.surroundings import Moment

ASKING = ("PlayAudioAndGetDigits", "SpeakAndGetDigits")


@action("PlayAudioAndGetDigits")
def play_audio_and_get_digits(turn: Turn) -> Result:
    """Play a prompt and wait for keys."""
    failing = audio(turn.values["FailureAudioSource"])
    turn.memory.update(prompt=audio(turn.values["AudioSource"]), failing=failing)
    return _ask(turn)


@action("SpeakAndGetDigits")
def speak_and_get_digits(turn: Turn) -> Result:
    """Say a prompt and wait for keys."""
    failing = turn.values.get("FailureSpeechParameters", {}).get("Text")
    turn.memory.update(prompt=turn.values["SpeechParameters"]["Text"], failing=failing)
    return _ask(turn)


# A handler asks for the same few expressions in call after call.
@lru_cache(maxsize=256)
def compiled(expression: str) -> re.Pattern[str]:
    """Return an expression; what Python may think of it in future is no matter here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(expression)


@on("check", *ASKING)
def check_digits(turn: Turn, _: str) -> Result:
    """Refuse numbers of digits that exclude each other, and what is no expression."""
    least, most = turn.values["MinNumberOfDigits"], turn.values["MaxNumberOfDigits"]
    if most < least:
        rule = f"must be at least MinNumberOfDigits ({least}), not {most}"
        turn.wrong("MaxNumberOfDigits", rule)
    return check_expression(turn, _)


@on("check", "ReceiveDigits")
def check_expression(turn: Turn, _: str) -> Result:
    """Refuse what is no regular expression."""
    expression = turn.values.get("InputDigitsRegex", "")
    try:
        compiled(expression)
    except (re.error, OverflowError, RecursionError) as error:
        rule = f"must be a regular expression, not '{expression}': {error}"
        turn.wrong("InputDigitsRegex", rule)
    return None


def _ask(turn: Turn) -> Result:
    turn.memory["attempts"] = 0
    _attempt(turn, 0)
    return None


def _attempt(turn: Turn, after: float) -> None:
    """Let the prompt be heard, and wait for keys once it has been."""
    turn.memory["attempts"] += 1
    # Keys of an attempt that has failed do not count towards the next one.
    turn.memory["keys"] = ""
    seconds = after + hear(turn, turn.memory["prompt"])
    # One deadline for prompt and keys, which a key during the prompt moves.
    schedule(turn.now, "attempt", turn.leg, seconds + _time(turn))


def _time(turn: Turn) -> float:
    seconds: float = turn.values["RepeatDurationInMilliseconds"] / 1000
    return seconds


@on("key", *ASKING)
def take_key(turn: Turn, key: str) -> Result:
    """Take a key: it stops the prompt, and may end the attempt. AWS: PA-13."""
    if turn.memory.get("failed"):
        raise NotWanted
    # A terminator is none of the digits: neither kept nor counted.
    if key in turn.values["TerminatorDigits"]:
        return _judge(turn)
    _stop_prompt(turn)
    turn.memory["keys"] += key
    if len(turn.memory["keys"]) == turn.values["MaxNumberOfDigits"]:
        return _judge(turn)
    pause = turn.values["InBetweenDigitsDurationInMilliseconds"]
    schedule(turn.now, "action", turn.leg, pause / 1000)
    return None


def _stop_prompt(turn: Turn) -> None:
    """Count the time of the attempt from now, if the prompt can still be heard."""
    now = turn.now
    ends = next(due.at for due in now.call.due if due.what == "attempt")
    if (ends - now.at).total_seconds() > _time(turn):
        schedule(now, "attempt", turn.leg, _time(turn))


@on("due", *ASKING)
def no_more_keys(turn: Turn, _: str) -> Result:
    """End an attempt when its time, or the pause after a key, is over."""
    if turn.memory.get("failed"):
        raise _not_fitting()
    return _judge(turn)


def _judge(turn: Turn) -> Result:
    """End an attempt: with its digits, with another one, or for good. AWS: PA-14."""
    cancel(turn.now.call, "action", turn.leg)
    keys = turn.memory["keys"]
    enough = len(keys) >= turn.values["MinNumberOfDigits"]
    # Searched for, not anchored: published handlers ask for six digits by [0-9].
    if enough and compiled(turn.values.get("InputDigitsRegex", "")).search(keys):
        return {"ReceivedDigits": keys}
    turn.now.remark("chime", f"'{keys}' does not fit what {turn.running.type} wants")
    failing = turn.memory["failing"]
    seconds = hear(turn, failing) if failing is not None else 0
    if turn.memory["attempts"] < turn.values["Repeat"]:
        _attempt(turn, seconds)
        return None
    return _fail_after(turn, seconds)


def _fail_after(turn: Turn, seconds: float) -> Result:
    """Fail once the last failure prompt has been heard to its end."""
    if seconds <= 0:
        raise _not_fitting()
    turn.memory["failed"] = True
    cancel(turn.now.call, "attempt", turn.leg)
    schedule(turn.now, "action", turn.leg, seconds)
    return None


def _not_fitting() -> Failure:
    return Failure(
        {
            "ErrorType": "InvalidDigitsReceived",
            "ErrorMessage": "Digits received do not fit the parameters of the action",
        }
    )


@action("ReceiveDigits")
def receive_digits(turn: Turn) -> Result:
    """Set a listener on the leg, in place of an earlier one. AWS: PA-16."""
    for what in ("pause between keys", "keys expire"):
        cancel(turn.now.call, what, turn.leg)
    turn.leg.listener = Listener(
        expression=turn.values["InputDigitsRegex"],
        pause=turn.values["InBetweenDigitsDurationInMilliseconds"],
        keeps=turn.values["FlushDigitsDurationInMilliseconds"],
        parameters=turn.running.parameters,
    )
    return {"ReceivedDigits": ""}


def listen(now: Moment, leg: Leg, key: str) -> bool:
    """Let the listener of a leg take a key; return whether there is one."""
    listener = leg.listener
    if listener is None:
        return False
    # From the first key on, so the keys that follow do not put it off.
    if not listener.keys:
        schedule(now, "keys expire", leg, listener.keeps / 1000)
    listener.keys += key
    schedule(now, "pause between keys", leg, listener.pause / 1000)
    return True


def try_keys(now: Moment, leg: Leg) -> None:
    """Tell the function of the keys on a leg if they match; else keep them."""
    listener = leg.listener
    assert listener is not None
    keys = listener.keys
    if not compiled(listener.expression).search(keys):
        now.remark("chime", f"'{keys}' on {leg.tag} does not match yet")
        return
    data: JSON = {"Type": "ReceiveDigits", "Parameters": listener.parameters}
    data["ReceivedDigits"] = keys
    tell(now, "DIGITS_RECEIVED", leg, data=data, first=leg)
    # The listener stays, and begins anew.
    listener.keys = ""
    cancel(now.call, "keys expire", leg)


def drop_keys(now: Moment, leg: Leg) -> None:
    """Throw away the keys that never matched. AWS: PA-17."""
    assert leg.listener is not None
    now.remark("chime", f"'{leg.listener.keys}' on {leg.tag} is thrown away")
    leg.listener.keys = ""
    cancel(now.call, "pause between keys", leg)
