"""Keys that listeners hear, whatever else goes on."""

from __future__ import annotations

from typing import Any

from kit.builders.telephones import Telephones, bridge, do, script, told
from proxymock.state.calls import Call
from proxymock.telephony import network


def listening(action: dict[str, Any]) -> tuple[Telephones, Call]:
    """Return a call with a listener."""
    phones = Telephones(script([action]))
    return phones, phones.arrive()


def listen(expression: str, **parameters: Any) -> dict[str, Any]:
    """Return a listener with a pause of one second that keeps keys for five."""
    return do(
        "ReceiveDigits",
        InputDigitsRegex=expression,
        InBetweenDigitsDurationInMilliseconds="1000",
        FlushDigitsDurationInMilliseconds="5000",
        **parameters,
    )


def heard(call: Call) -> list[str]:
    """Return the digits that the function was told of by DIGITS_RECEIVED."""
    return [
        event["ActionData"]["ReceivedDigits"]
        for event in call.events
        if event["InvocationEventType"] == "DIGITS_RECEIVED"
    ]


def test_listener_stays() -> None:
    """Keys are told of after each pause in which they match, however often."""
    phones, call = listening(listen("^[0-9]{1,2}#?$"))

    for keys in ("11#", "5", "##", "*"):
        phones.do(call, network.press, "A", keys)
        phones.advance(6)

    assert heard(call) == ["11#", "5"]


def test_keys_that_do_not_match_are_kept_for_a_while() -> None:
    """Keys before a pause count, until the flush time of the first of them."""
    phones, call = listening(listen("^123$"))

    for keys in ("1", "23", "1", "2"):
        phones.do(call, network.press, "A", keys)
        phones.advance(2)
    phones.advance(3)
    phones.do(call, network.press, "A", "3")
    phones.advance(2)

    assert heard(call) == ["123"]


def test_flush_comes_before_the_pause() -> None:
    """Keys that are thrown away are not tried any more."""
    hasty = listen("1?")
    hasty["Parameters"]["FlushDigitsDurationInMilliseconds"] = 500
    phones, call = listening(hasty)

    phones.do(call, network.press, "A", "1")
    phones.advance(10)

    assert heard(call) == []


def test_new_listener_replaces_the_old_one() -> None:
    """A leg has one listener; what the old one has not matched goes with it."""
    phones = Telephones(script([listen("9")], [], [listen("1")]))
    call = phones.arrive()
    phones.do(call, network.press, "A", "1")

    phones.do(call, network.update, {})
    phones.advance(1)
    phones.do(call, network.press, "A", "21")
    phones.advance(1)

    assert heard(call) == ["21"]


def test_running_action_comes_before_the_listener() -> None:
    """Keys that an action waits for do not reach the listener; others do."""
    record = do(
        "RecordAudio",
        RecordingTerminators=["#"],
        RecordingDestination={"Type": "S3", "BucketName": "b"},
    )
    phones = Telephones(script([listen("."), record]))
    call = phones.arrive()

    phones.do(call, network.press, "A", "1#")
    phones.advance(1)

    assert told(call)[1:] == [
        "ACTION_SUCCESSFUL RecordAudio",
        "DIGITS_RECEIVED ReceiveDigits",
    ]
    assert heard(call) == ["1"]


def test_key_while_nothing_waits_but_the_listener() -> None:
    """What is said to a leg does not keep its keys from the listener."""
    phones = Telephones(script([listen("."), do("Speak", Text="Hello")]))
    phones.lengths = {"Hello": 10}
    call = phones.arrive()

    phones.do(call, network.press, "A", "1")
    phones.advance(1)

    assert heard(call) == ["1"]


def test_other_party_hears_keys() -> None:
    """While two legs are connected, keys that no action takes are heard as tones."""
    record = do(
        "RecordAudio",
        ParticipantTag="LEG-A",
        RecordingTerminators=["#"],
        RecordingDestination={"Type": "S3", "BucketName": "b"},
    )
    phones = Telephones(script([bridge(), record]))
    call = phones.arrive()

    phones.do(call, network.press, "A", "1#2")
    phones.do(call, network.press, "B", "3")

    assert [leg.heard for leg in call.legs] == [["tones:3"], ["tones:12"]]


def test_keys_that_matched_do_not_expire() -> None:
    """Only keys that were not told of are thrown away."""
    phones, call = listening(listen("1"))

    phones.do(call, network.press, "A", "1")
    phones.advance(60)

    thrown_away = [e.text for e in call.entries if "thrown away" in e.text]
    assert (heard(call), thrown_away) == (["1"], [])
