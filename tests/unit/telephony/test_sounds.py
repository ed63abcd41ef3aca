"""What legs hear, how long it takes, and what refuses to be heard."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.telephones import (
    Telephones,
    bridge,
    do,
    script,
    told,
)
from proxymock.telephony import network
from proxymock.telephony.description import action_types, described
from proxymock.telephony.performing import ACTIONS
from proxymock.telephony.surroundings import Conversation

SOURCE = {"Type": "S3", "BucketName": "b", "Key": "k.wav"}
BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS"
JOIN = do("JoinChimeMeeting", JoinToken="token", MeetingId="meeting")


def test_every_action_is_done_by_something() -> None:
    """The description and the functions name the same actions."""
    assert sorted(ACTIONS) == sorted(action_types())


def test_audio_is_repeated() -> None:
    """A file is heard as often as it is asked for, and takes its time each time."""
    phones = Telephones(script([do("PlayAudio", AudioSource=SOURCE, Repeat="3")]))
    phones.lengths = {"s3://b/k.wav": 2}
    call = phones.arrive()

    phones.advance(4)
    before = [*call.leg("A").heard], told(call)[1:]
    phones.advance(2)

    assert before == (["s3://b/k.wav"] * 3, [])
    assert told(call)[1:] == ["ACTION_SUCCESSFUL PlayAudio"]


def test_endless_audio_is_cut() -> None:
    """A file that takes no time is written down a thousand times at most."""
    phones = Telephones(script([do("PlayAudio", AudioSource=SOURCE, Repeat=10**9)]))

    call = phones.arrive()

    assert len(call.leg("A").heard) == 1000


def test_time_of_endless_audio() -> None:
    """What is not written down of repeated audio takes its time all the same."""
    repeated = do("PlayAudio", AudioSource=SOURCE, Repeat=5000)
    phones = Telephones(script([repeated]))
    phones.lengths = {"s3://b/k.wav": 2}
    call = phones.arrive()

    phones.advance(9999)
    before = told(call)[1:]
    phones.advance(1)

    assert (before, told(call)[1:]) == ([], ["ACTION_SUCCESSFUL PlayAudio"])
    assert len(call.leg("A").heard) == 1000


def test_key_ends_audio() -> None:
    """A terminator ends the playing, which has succeeded; another key does not."""
    play = do("PlayAudio", AudioSource=SOURCE, PlaybackTerminators=["#"])
    phones = Telephones(script([play]))
    phones.lengths = {"s3://b/k.wav": 2}
    call = phones.arrive()

    phones.do(call, network.press, "A", "1")
    before = told(call)[1:]
    phones.do(call, network.press, "A", "#")

    assert (before, told(call)[1:]) == ([], ["ACTION_SUCCESSFUL PlayAudio"])


def test_tones_take_time() -> None:
    """A tone takes 250 milliseconds, a comma half a second; the far end hears it."""
    phones = Telephones(
        script([bridge(), do("SendDigits", Digits="1,2", ParticipantTag="LEG-B")])
    )
    call = phones.arrive()

    phones.advance(0.999)
    before = told(call)[1:]
    phones.advance(0.001)

    assert (before, told(call)[1:]) == ([], ["ACTION_SUCCESSFUL SendDigits"])
    assert [leg.heard for leg in call.legs] == [[], ["tones:1,2"]]
    tones = next(each.details for each in call.effects if each.kind == "Tones")
    assert tones == {"CallId": "id-3", "Digits": "1,2"}


@pytest.mark.parametrize(
    ("milliseconds", "warned"), [(99, True), (100, False), (30001, True)]
)
def test_unusual_pause(milliseconds: int, warned: bool) -> None:
    """A pause outside of the range of the errors' page is taken, with a warning."""
    phones = Telephones(script([do("Pause", DurationInMilliseconds=milliseconds)]))
    call = phones.arrive()

    phones.advance(31)

    at = "Actions[0].Parameters.DurationInMilliseconds"
    warning = f"{at} should be from 100 to 30000, not {milliseconds}"
    assert call.warnings == [warning] * warned
    assert told(call)[1:] == ["ACTION_SUCCESSFUL Pause"]


def test_voice_focus() -> None:
    """It is turned on and off, by words too, and does not answer the caller."""
    phones = Telephones(script([do("VoiceFocus", Enable="True")], []))

    call = phones.arrive()

    assert (call.leg("A").voice_focus, call.status) == (True, "Ringing")


def test_bot() -> None:
    """A conversation ends as the test said, and shares the session of the leg."""
    configuration = {
        "SessionState": {
            "SessionAttributes": {"a": "1"},
            "DialogAction": {"Type": "ElicitIntent"},
        },
        "WelcomeMessages": [{"Content": "Hi", "ContentType": "PlainText"}],
    }
    talk = do("StartBotConversation", BotAliasArn=BOT, Configuration=configuration)
    phones = Telephones(script([talk]))
    ordered = Conversation(
        intent="Order", slots={"size": "L", "note": None}, state="Fulfilled"
    )
    phones.conversations[BOT] = ordered

    call = phones.arrive()

    size = {"OriginalValue": "L", "InterpretedValue": "L", "ResolvedValues": ["L"]}
    intent = {
        "Name": "Order",
        "Slots": {"size": {"Value": size, "Values": []}, "note": None},
        "State": "Fulfilled",
        "ConfirmationState": "None",
    }
    assert call.events[1]["ActionData"]["IntentResult"] == {
        "SessionId": "id-2",
        "SessionState": {"SessionAttributes": {"a": "1"}, "Intent": intent},
        "Interpretations": [{"Intent": intent, "NluConfidence": {"Score": 1.0}}],
    }
    assert call.leg("A").heard == ["Hi"]


def test_welcome_of_a_bot_takes_its_time() -> None:
    """The conversation goes on until the welcome messages have been heard."""
    configuration = {
        "SessionState": {"DialogAction": {"Type": "ElicitIntent"}},
        "WelcomeMessages": [
            {"Content": text, "ContentType": "PlainText"} for text in ("Hi", "Well?")
        ],
    }
    talk = do("StartBotConversation", BotAliasArn=BOT, Configuration=configuration)
    phones = Telephones(script([talk]))
    phones.lengths = {"Hi": 1, "Well?": 2}
    call = phones.arrive()

    phones.advance(2.9)
    before = told(call)[1:]
    phones.advance(0.1)

    assert (before, told(call)[1:]) == ([], ["ACTION_SUCCESSFUL StartBotConversation"])


@pytest.mark.parametrize(
    ("type", "name"),
    [(type, name) for type in action_types() for name in described(type).refusals],
)
def test_refusals(type: str, name: str) -> None:
    """Whatever the world around can refuse is told as the description has it."""
    smallest: dict[str, dict[str, Any]] = {
        "CallAndBridge": bridge()["Parameters"],
        "PlayAudio": {"AudioSource": SOURCE},
        "Speak": {"Text": "Hello"},
        "ReceiveDigits": {
            "InputDigitsRegex": ".",
            "InBetweenDigitsDurationInMilliseconds": 1,
            "FlushDigitsDurationInMilliseconds": 1,
        },
        "SendDigits": {"Digits": "1"},
        "Pause": {"DurationInMilliseconds": 100},
        "RecordAudio": {
            "RecordingTerminators": [],
            "RecordingDestination": {"Type": "S3", "BucketName": "b"},
        },
        "StartCallRecording": {
            "Track": "BOTH",
            "Destination": {"Type": "S3", "Location": "bucket"},
        },
        "StartBotConversation": {"BotAliasArn": BOT},
        "JoinChimeMeeting": {"JoinToken": "token"},
        "ModifyChimeMeetingAttendees": {
            "Operation": "Mute",
            "MeetingId": "m",
            "AttendeeList": ["a", "b"],
        },
        "VoiceFocus": {"Enable": True},
        "PlayAudioAndGetDigits": {
            "AudioSource": SOURCE,
            "FailureAudioSource": SOURCE,
            "RepeatDurationInMilliseconds": 1,
        },
        "SpeakAndGetDigits": {
            "SpeechParameters": {"Text": "Hello"},
            "RepeatDurationInMilliseconds": 1,
        },
    }
    first = [JOIN] if type == "ModifyChimeMeetingAttendees" else []
    phones = Telephones(script([*first, do(type, **smallest.get(type, {}))]))
    phones.refusals[type] = name

    call = phones.arrive()

    told_of = call.events[1]["ActionData"]
    expected: dict[str, Any] = dict(described(type).refusals[name])
    if expected.pop("listing", None):
        expected["ErrorList"] = ["a", "b"]
    assert {k: v for k, v in told_of.items() if k.startswith("Error")} == expected
    assert call.warnings == []


def test_unknown_refusal() -> None:
    """A refusal that an action does not have is a mistake of the surroundings."""
    phones = Telephones(script([do("Pause", DurationInMilliseconds=100)]))
    phones.refusals["Pause"] = "Tired"

    with pytest.raises(
        ValueError, match=r"^Pause has no refusal 'Tired', but SystemException$"
    ):
        phones.arrive()
