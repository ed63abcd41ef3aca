"""What is wrong with the parameters of actions: told in AWS's words, and where."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import UP, data, event, leg_a
from kit.builders.telephones import (
    CONNECTOR,
    NUMBER,
    Telephones,
    bridge,
    do,
    script,
    texts,
    told,
)

INVALID = "InvalidActionParameter"
MISSING = "MissingRequiredActionParameter"
TARGET = "CallId or ParticipantTag parameter for action is invalid"
SOURCE = {"Type": "S3", "BucketName": "prompts", "Key": "beep.wav"}
DESTINATION = {"Type": "S3", "BucketName": "recordings"}
BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS"
JSON = dict[str, Any]


def call_to(**endpoint: str) -> JSON:
    """Return a bridge to an endpoint."""
    return do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=[endpoint])


def ask(**parameters: Any) -> JSON:
    """Return an action that asks for digits."""
    given: JSON = {"AudioSource": SOURCE, "FailureAudioSource": SOURCE}
    given["RepeatDurationInMilliseconds"] = 1000
    return do("PlayAudioAndGetDigits", **{**given, **parameters})


def say(**parameters: Any) -> JSON:
    """Return a spoken action that asks for digits."""
    return do("SpeakAndGetDigits", RepeatDurationInMilliseconds=1, **parameters)


def record(**parameters: Any) -> JSON:
    """Return an action that records."""
    given: JSON = {"RecordingTerminators": ["#"], "RecordingDestination": DESTINATION}
    return do("RecordAudio", **{**given, **parameters})


def talk(**configuration: Any) -> JSON:
    """Return an action that lets a bot talk."""
    return do("StartBotConversation", BotAliasArn=BOT, Configuration=configuration)


OURS = ""  # AWS has no text: ErrorMessage is what people are told
ENDPOINT = "Endpoint parameter is invalid."
TIMEOUT = (
    "The MaxCallTimeout parameter is invalid. "
    "Timeout must be between 0 and 120 seconds."
)
NOT_OWNED = (
    "Provided caller ID number is invalid. Number must be owned by this AWS account, "
    "or be the From number of LEG-A."
)
PSTN = {"BridgeEndpointType": "PSTN", "Uri": "+12065550122"}
KEY = "must match [0-9*#]"
URI = "[A-Za-z0-9&=+$/%_!~*().-]{1,36}"
OPERATION = "The ModifyChimeMeetingAttendees Operation parameter value is invalid"
HEADERS = "must be x-…, User-to-User or Diversion, and none of the service's own, not"

# Actions, ErrorType, AWS's ErrorMessage, and what is told of the parameter.
WRONG: list[tuple[JSON, str, str, str]] = [
    (do("Hangup", SipResponseCode=603), INVALID, OURS,
     "SipResponseCode must be 0, 480 or 486, not 603"),
    (do("Hangup", SipResponseCode="busy"), INVALID, OURS,
     'SipResponseCode must be an integer, not "busy"'),
    (do("Hangup", CallId="id-9"), INVALID, TARGET,
     "CallId names no leg of this call: 'id-9'"),
    (do("Hangup", ParticipantTag="LEG-B"), INVALID, TARGET,
     "ParticipantTag names no leg of this call: 'LEG-B'"),
    (do("Hangup", CallId=["id-2"]), INVALID, TARGET,
     "CallId names no leg of this call: '['id-2']'"),
    (call_to(BridgeEndpointType="PSTN", Uri="911a"), INVALID, ENDPOINT,
     "Endpoints[0].Uri must be E.164, not '911a'"),
    (call_to(**PSTN, Arn=CONNECTOR), INVALID, ENDPOINT,
     "Endpoints[0].Arn must not be given for PSTN"),
    (call_to(BridgeEndpointType="SIP", Uri="x"), INVALID, ENDPOINT,
     'Endpoints[0].BridgeEndpointType must be one of PSTN, AWS, not "SIP"'),
    (call_to(BridgeEndpointType="AWS", Uri="a b", Arn=CONNECTOR), INVALID, ENDPOINT,
     f"Endpoints[0].Uri must match {URI}, not 'a b'"),
    (call_to(BridgeEndpointType="AWS", Uri="x"), INVALID, ENDPOINT,
     "Endpoints[0].Arn is required for AWS"),
    (call_to(BridgeEndpointType="AWS", Uri="x", Arn=CONNECTOR), INVALID, ENDPOINT,
     f"Endpoints[0].Arn leads to no host: '{CONNECTOR}'"),
    (do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=[]), INVALID,
     "Invalid number of endpoints provided.",
     "Endpoints must have at least 1 items, not 0"),
    (do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=[PSTN, PSTN]), INVALID,
     "Invalid number of endpoints provided.",
     "Endpoints must have at most 1 items, not 2"),
    (do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=PSTN), INVALID, OURS,
     "Endpoints must be a list, not an object"),
    (do("CallAndBridge", CallerIdNumber=NUMBER), INVALID,
     "Invalid number of endpoints provided.", "Endpoints is required"),
    (do("CallAndBridge", Endpoints=[PSTN]), INVALID, "Caller ID not defined.",
     "CallerIdNumber is required"),
    (do("CallAndBridge", Endpoints=[PSTN], CallerIdNumber="me"), INVALID,
     "Invalid caller ID.", "CallerIdNumber must be E.164, not 'me'"),
    (do("CallAndBridge", Endpoints=[PSTN], CallerIdNumber="+12065550199"), INVALID,
     NOT_OWNED, "CallerIdNumber is not a number to show: '+12065550199'"),
    (bridge(CallTimeoutSeconds=0), INVALID, TIMEOUT,
     "CallTimeoutSeconds must be at least 1, not 0"),
    (bridge(CallTimeoutSeconds="121"), INVALID, TIMEOUT,
     "CallTimeoutSeconds must be at most 120, not 121"),
    (bridge(RingbackTone={"Type": "S3"}), "InvalidAudioSource",
     "Ringtone parameter value is invalid.", "RingbackTone.BucketName is required"),
    (bridge(SipHeaders={"X-Amzn-a": "1", "x-ok": "2"}), INVALID,
     "Invalid SIP header(s) provided: X-Amzn-a", f"SipHeaders {HEADERS} X-Amzn-a"),
    (bridge(SipHeaders={"From": "1", "Via": "2"}), INVALID,
     "Invalid SIP header(s) provided: From, Via", f"SipHeaders {HEADERS} From, Via"),
    (bridge(SipHeaders={"x-long": "y" * 2043}), INVALID, OURS,
     "SipHeaders must have at most 2048 characters, not 2049"),
    (do("PlayAudio"), "InvalidAudioSource", "Audio Source parameter value is invalid.",
     "AudioSource is required"),
    (do("PlayAudio", AudioSource=SOURCE, PlaybackTerminators=["12"]), INVALID, OURS,
     f'PlaybackTerminators[0] {KEY}, not "12"'),
    (do("PlayAudio", AudioSource=SOURCE, Repeat=0), INVALID, OURS,
     "Repeat must be at least 1, not 0"),
    (ask(FailureAudioSource=1), "InvalidAudioSource",
     "Audio Source parameter value is invalid.",
     "FailureAudioSource must be an object, not 1"),
    (ask(MinNumberOfDigits=4, MaxNumberOfDigits="3"), INVALID,
     "The MaxNumberOfDigits parameter is invalid.",
     "MaxNumberOfDigits must be at least MinNumberOfDigits (4), not 3"),
    (ask(RepeatDurationInMilliseconds=0), INVALID,
     "The RepeatDurationInMilliseconds parameter is invalid.",
     "RepeatDurationInMilliseconds must be at least 1, not 0"),
    (do("PlayAudioAndGetDigits", AudioSource=SOURCE, FailureAudioSource=SOURCE),
     INVALID, "The RepeatDurationInMilliseconds parameter is invalid.",
     "RepeatDurationInMilliseconds is required"),
    (ask(InputDigitsRegex="["), INVALID, "The InputDigitsRegex parameter is invalid.",
     "InputDigitsRegex must be a regular expression, not '[': "
     "unterminated character set at position 0"),
    (do("Speak"), MISSING, "Text is a required parameter", "Text is required"),
    (do("Speak", Text="x" * 1001), MISSING, "Text is limited to 1,000 characters",
     "Text must have at most 1000 characters, not 1001"),
    (do("Speak", Text=""), MISSING, "Text is a required parameter",
     "Text must have at least 1 characters, not 0"),
    (do("Speak", Text=5), INVALID, OURS, "Text must be a string, not 5"),
    (do("Speak", Text="x", Engine="human"), INVALID, OURS,
     'Engine must be one of standard, neural, not "human"'),
    (say(), MISSING, "Text is a required parameter", "SpeechParameters is required"),
    (say(SpeechParameters={}), MISSING, "Text is a required parameter",
     "SpeechParameters.Text is required"),
    (say(SpeechParameters={"Text": "x"}, FailureSpeechParameters={"Text": "x" * 1001}),
     MISSING, "Text is limited to 1,000 characters",
     "FailureSpeechParameters.Text must have at most 1000 characters, not 1001"),
    (say(SpeechParameters={"Text": ["x"]}), INVALID, OURS,
     "SpeechParameters.Text must be a string, not a list"),
    (say(SpeechParameters={"Text": "x"}, FailureSpeechParameters={"Text": ""}),
     MISSING, "Text is a required parameter",
     "FailureSpeechParameters.Text must have at least 1 characters, not 0"),
    (do("ReceiveDigits", InputDigitsRegex="."), INVALID, OURS,
     "InBetweenDigitsDurationInMilliseconds is required"),
    (do("SendDigits", Digits="12", ToneDurationInMilliseconds=49), INVALID,
     "ToneDuration parameter value is invalid.",
     "ToneDurationInMilliseconds must be at least 50, not 49"),
    (do("SendDigits", Digits="1" * 51), INVALID, OURS,
     "Digits must have at most 50 characters, not 51"),
    (do("Pause", DurationInMilliseconds="0"), INVALID,
     "The Duration parameter is invalid.",
     "DurationInMilliseconds must be at least 1, not 0"),
    (record(DurationInSeconds=0), INVALID,
     "DurationInSeconds parameter value is invalid.",
     "DurationInSeconds must be at least 1, not 0"),
    (record(SilenceDurationInSeconds=1001), INVALID,
     "SilenceDurationInSeconds parameter value is invalid.",
     "SilenceDurationInSeconds must be at most 1000, not 1001"),
    (record(SilenceThreshold=0), INVALID,
     "SilenceThreshold parameter value is invalid.",
     "SilenceThreshold must be at least 1, not 0"),
    (record(RecordingDestination={"Type": "S3"}), INVALID,
     "RecordingDestination parameter value is invalid.",
     "RecordingDestination.BucketName is required"),
    (do("StopCallRecording"), INVALID, OURS,
     "CallId names LEG-A, which is not being recorded"),
    (talk(WelcomeMessages=[{"Content": "Hi", "ContentType": "PlainText"}]), INVALID,
     OURS, "Configuration.WelcomeMessages needs DialogAction ElicitIntent"),
    (talk(SessionState={"SessionAttributes": {"a": "x" * 10240}}), INVALID, OURS,
     "Configuration must have at most 10240 bytes, not 10290"),
    (do("StartBotConversation", BotAliasArn=BOT.replace("east", "west")), INVALID, OURS,
     f"BotAliasArn must be in us-east-1, not '{BOT.replace('east', 'west')}'"),
    (do("JoinChimeMeeting"), INVALID, "JoinToken parameter value is invalid.",
     "JoinToken is required"),
    (do("VoiceFocus"), MISSING, "Missing required action parameter.",
     "Enable is required"),
    (do("VoiceFocus", Enable="on"), INVALID, OURS,
     'Enable must be a boolean, not "on"'),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "type", "said", "told_of"), WRONG)
def test_parameter_that_cannot_be(
    wrong: JSON, type: str, said: str, told_of: str
) -> None:
    """The action fails, the rest is dropped, and people learn where and why."""
    phones = Telephones(script([do("Speak", Text="Hello"), wrong, do("Hangup")]))

    call = phones.arrive()

    at = f"Actions[1].Parameters.{told_of}"
    failed = call.events[1]
    error = {
        key: failed["ActionData"].pop(key) for key in ("ErrorType", "ErrorMessage")
    }
    assert error == {"ErrorType": type, "ErrorMessage": said or at}
    assert call.warnings == [at]
    assert call.entries[-3].text == at
    assert told(call) == ["NEW_INBOUND_CALL", f"ACTION_FAILED {wrong['Type']}"]
    assert (call.leg("A").heard, call.status) == (["Hello"], "InProgress")


def test_parameter_in_words_of_handlers() -> None:
    """Texts for numbers, empty targets and unknown keys are taken, and echoed."""
    pause = do(
        "Pause",
        DurationInMilliseconds="300",
        CallId="",
        ParticipantTag="",
        Foo=[1],
        Bar=None,
    )
    phones = Telephones(script([pause]))
    call = phones.arrive()

    phones.advance(0.3)

    paused = data(
        "Pause",
        DurationInMilliseconds="300",
        CallId="id-2",
        ParticipantTag="",
        Foo=[1],
    )
    done = event(2, "ACTION_SUCCESSFUL", leg_a(UP), data=paused)
    assert texts(call.events[1:]) == texts([done])


def test_call_id_wins_over_the_tag() -> None:
    """An action that names two legs is for that of its CallId."""
    speak = do("Speak", Text="Hello", CallId="id-2", ParticipantTag="LEG-B")
    phones = Telephones(script([bridge(), speak]))

    call = phones.arrive()

    assert [leg.heard for leg in call.legs] == [["Hello"], []]


@pytest.mark.parametrize(
    "wrong",
    [
        do("Speak"),
        ask(InputDigitsRegex="["),
        do("StartBotConversation", BotAliasArn=BOT.replace("east", "west")),
    ],
)
def test_bad_parameters_do_not_answer_the_caller(wrong: JSON) -> None:
    """An action that cannot begin leaves the caller ringing."""
    phones = Telephones(script([wrong]))

    call = phones.arrive()

    assert (call.status, call.outcome) == ("Ringing", None)
