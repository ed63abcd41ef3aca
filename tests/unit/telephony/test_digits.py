"""Keys that actions wait for."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.telephones import Telephones, do, script, told
from proxymock.state.calls import Call
from proxymock.telephony import network

SOURCE = {"Type": "S3", "BucketName": "b", "Key": "prompt.wav"}
FAILURE = {"Type": "S3", "BucketName": "b", "Key": "failure.wav"}


def ask(**parameters: Any) -> dict[str, Any]:
    """Return an action that waits ten seconds for digits."""
    given = {"RepeatDurationInMilliseconds": 10000, **parameters}
    sources = {"AudioSource": SOURCE, "FailureAudioSource": FAILURE}
    return do("PlayAudioAndGetDigits", **sources, **given)


def asked(action: dict[str, Any], **lengths: float) -> tuple[Telephones, Call]:
    """Return a call that waits for digits."""
    phones = Telephones(script([action]))
    phones.lengths = {f"s3://b/{name}.wav": length for name, length in lengths.items()}
    return phones, phones.arrive()


def got(call: Call) -> str | None:
    """Return the digits of the last event, or its error."""
    data = call.events[-1].get("ActionData", {})
    digits: str | None = data.get("ReceivedDigits", data.get("ErrorType"))
    return digits


FAILED = "InvalidDigitsReceived"


@pytest.mark.parametrize(
    ("parameters", "keys", "expected"),
    [
        ({}, "12#", "12"),
        ({}, "#", ""),
        ({"TerminatorDigits": ["*", "0"]}, "1#0", "1#"),
        ({"TerminatorDigits": []}, "1#", None),
        ({"MaxNumberOfDigits": 3}, "1234", "123"),
        ({"MinNumberOfDigits": "3", "MaxNumberOfDigits": "3"}, "123", "123"),
        ({"MinNumberOfDigits": 3}, "12#", FAILED),
        ({"MinNumberOfDigits": 6, "InputDigitsRegex": "[0-9]"}, "123456#", "123456"),
        ({"InputDigitsRegex": "^[0-9]$"}, "12#", FAILED),
        ({"InputDigitsRegex": "2"}, "123#", "123"),
        ({"InputDigitsRegex": "[0-9]"}, "#", FAILED),
    ],
)
def test_digits(parameters: dict[str, Any], keys: str, expected: str | None) -> None:
    """A terminator or the last digit ends an attempt; the expression is searched."""
    phones, call = asked(ask(**parameters))

    phones.do(call, network.press, "A", keys)

    assert got(call) == expected


@pytest.mark.parametrize(
    ("parameters", "seconds", "expected"),
    [
        ({}, 9.9, None),
        ({}, 10, "7"),
        ({"InBetweenDigitsDurationInMilliseconds": 2000}, 1.9, None),
        ({"InBetweenDigitsDurationInMilliseconds": 2000}, 2, "7"),
        ({"InBetweenDigitsDurationInMilliseconds": "60000"}, 10, "7"),
        ({"MinNumberOfDigits": 2}, 10, FAILED),
    ],
)
def test_time_of_an_attempt(
    parameters: dict[str, Any], seconds: float, expected: str | None
) -> None:
    """The pause after a key ends an attempt, and its own time does in any case."""
    phones, call = asked(ask(**parameters))
    phones.do(call, network.press, "A", "7")

    phones.advance(seconds)

    assert got(call) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [({}, ""), ({"MinNumberOfDigits": 1}, FAILED), ({"InputDigitsRegex": "1"}, FAILED)],
)
def test_no_key_at_all(parameters: dict[str, Any], expected: str) -> None:
    """No digits are enough if the minimum is 0 and the expression takes them."""
    phones, call = asked(ask(**parameters))

    phones.advance(10)

    assert got(call) == expected


def test_attempts() -> None:
    """Each attempt begins anew; the failure prompt is heard after each that fails."""
    phones, call = asked(ask(Repeat=3, MinNumberOfDigits=2))

    phones.do(call, network.press, "A", "1#")
    phones.advance(10)
    phones.do(call, network.press, "A", "45#")

    assert got(call) == "45"
    prompts = ["s3://b/prompt.wav", "s3://b/failure.wav"]
    assert call.leg("A").heard == [*prompts, *prompts, prompts[0]]


def test_last_attempt() -> None:
    """After the last attempt that fails the action has failed."""
    phones, call = asked(ask(Repeat="2", MinNumberOfDigits=2))

    phones.advance(20)

    assert got(call) == FAILED
    assert call.leg("A").heard == ["s3://b/prompt.wav", "s3://b/failure.wav"] * 2


def test_prompt_takes_time() -> None:
    """The time of an attempt begins when the prompt has been heard."""
    phones, call = asked(ask(), prompt=5)

    phones.advance(14.9)
    before = got(call)
    phones.advance(0.1)

    assert (before, got(call)) == (None, "")


def test_key_stops_the_prompt() -> None:
    """A key during the prompt is the first digit, and the attempt counts from it."""
    phones, call = asked(
        ask(InBetweenDigitsDurationInMilliseconds=60000, MinNumberOfDigits=1), prompt=5
    )
    phones.advance(2)
    phones.do(call, network.press, "A", "7")

    phones.advance(9.9)
    before = got(call)
    phones.advance(0.1)

    assert (before, got(call)) == (None, "7")


def test_failure_speech_is_optional() -> None:
    """Without a text for failures, the prompt alone is said again."""
    prompt = {"Text": "Your number?"}
    phones, call = asked(
        do(
            "SpeakAndGetDigits",
            SpeechParameters=prompt,
            RepeatDurationInMilliseconds=1000,
            MinNumberOfDigits=1,
            Repeat=2,
        )
    )

    phones.advance(2)

    assert (got(call), call.leg("A").heard) == (FAILED, ["Your number?"] * 2)


def test_keys_that_nothing_waits_for_are_lost() -> None:
    """They are in the ladder and nowhere else; so are those after the call."""
    phones = Telephones(script([ask(), do("Hangup")]))
    call = phones.arrive()
    idle, other = asked(do("Speak", Text="Hello"))

    phones.do(call, network.press, "A", "#1")
    idle.do(other, network.press, "A", "1")

    assert [e.text for e in call.entries if "lost" in e.text] == [
        "LEG-A has ended: the key is lost"
    ]
    assert [e.text for e in other.entries if "waits" in e.text] == [
        "no action waits for keys on LEG-A"
    ]


def test_pause_of_an_attempt_ends_with_it() -> None:
    """The pause after a key of one attempt does not end the next."""
    parameters = {"InBetweenDigitsDurationInMilliseconds": 2000, "Repeat": 2}
    phones, call = asked(ask(MinNumberOfDigits=2, **parameters))
    phones.do(call, network.press, "A", "1#")

    phones.advance(9.9)
    before = got(call)
    phones.advance(0.1)

    assert (before, got(call)) == (None, FAILED)


def test_time_of_an_attempt_ends_with_it() -> None:
    """The time of an attempt that succeeded does not end the action that follows."""
    pause = do("Pause", DurationInMilliseconds=30000)
    phones = Telephones(script([ask(), pause]))
    call = phones.arrive()
    phones.do(call, network.press, "A", "1#")

    phones.advance(29.9)
    before = told(call)[1:]
    phones.advance(0.1)

    assert (before, told(call)[1:]) == ([], ["ACTION_SUCCESSFUL Pause"])


def test_last_failure_prompt_takes_its_time() -> None:
    """The last attempt has failed once its failure prompt has been heard."""
    phones, call = asked(ask(MinNumberOfDigits=1, Repeat=2), failure=3)
    phones.do(call, network.press, "A", "#")  # ends the first attempt
    phones.do(call, network.press, "A", "#")  # and the second one

    phones.advance(2.9)
    before = told(call)[1:]
    phones.advance(0.1)

    assert (before, got(call)) == ([], FAILED)
    assert call.leg("A").heard == [
        "s3://b/prompt.wav",
        "s3://b/failure.wav",
        "s3://b/prompt.wav",
        "s3://b/failure.wav",
    ]


def test_keys_during_the_last_failure_prompt() -> None:
    """A key that comes after the last attempt is no action's."""
    phones, call = asked(ask(MinNumberOfDigits=1), failure=3)
    phones.do(call, network.press, "A", "#")

    phones.do(call, network.press, "A", "1")
    phones.advance(3)

    remarks = [each.text for each in call.entries if each.receiver is None]
    assert remarks[1:] == ["no action waits for keys on LEG-A"]
    assert got(call) == FAILED
