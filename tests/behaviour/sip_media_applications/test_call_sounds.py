"""Sounds that take time, and actions that are refused, because a test says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    bridge,
    open_desk,
    saying,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Call, Clock, Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

MUSIC = "s3://prompts/music.wav"
SOURCE = {"Type": "S3", "BucketName": "prompts", "Key": "music.wav"}
PLAY = action("PlayAudio", AudioSource=SOURCE, PlaybackTerminators=["#"])
ASK = action(
    "SpeakAndGetDigits",
    SpeechParameters={"Text": "Your order, please"},
    MaxNumberOfDigits=1,
    RepeatDurationInMilliseconds=5000,
)


@pytest.fixture(autouse=True)
def application_id(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


@pytest.fixture
def play(phone: Phone, functions: Functions) -> Call:
    """A caller hears ten seconds of music."""
    phone.sound(MUSIC, 10)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(PLAY)))
    return phone.call(CALLER, NUMBER)


@pytest.fixture
def ask(phone: Phone, functions: Functions) -> Call:
    """A caller hears a prompt of ten seconds, and has five seconds for a key."""
    phone.sound("Your order, please", 10)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(ASK)))
    return phone.call(CALLER, NUMBER)


class TestSounds:
    """What takes time to be heard."""

    def test_end(self, play: Call, clock: Clock) -> None:
        """An action that is heard is done when the sound ends."""
        clock.advance(seconds=9.9)
        before = told(play.events)
        clock.advance(seconds=0.1)

        assert before == ["1 NEW_INBOUND_CALL"]
        assert told(play.events) == [*before, "2 ACTION_SUCCESSFUL PlayAudio"]

    def test_update(
        self, client: ChimeSDKVoiceClient, application_id: str, play: Call
    ) -> None:
        """An update to which the function answers nothing leaves a sound alone."""
        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id,
            TransactionId=play.transaction_id,
            Arguments={"take": "back"},
        )

        assert told(play.events) == ["1 NEW_INBOUND_CALL", "2 CALL_UPDATE_REQUESTED"]

    def test_interruption(
        self,
        client: ChimeSDKVoiceClient,
        application_id: str,
        phone: Phone,
        functions: Functions,
    ) -> None:
        """A new list of actions cuts a sound short."""
        phone.sound(MUSIC, 10)
        update = answer(action("Hangup"))
        handler = saying(NEW_INBOUND_CALL=answer(PLAY), CALL_UPDATE_REQUESTED=update)
        functions.bind(ARN, handler)
        call = phone.call(CALLER, NUMBER)

        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id,
            TransactionId=call.transaction_id,
            Arguments={"take": "back"},
        )

        assert told(call.events) == [
            "1 NEW_INBOUND_CALL",
            "2 CALL_UPDATE_REQUESTED",
            "3 ACTION_INTERRUPTED PlayAudio",
            "4 HANGUP LEG-A 0",
        ]

    def test_terminator(self, play: Call) -> None:
        """A key that the action names ends the sound, another does not."""
        play.press("1")
        before = told(play.events)
        play.press("#")

        assert before == ["1 NEW_INBOUND_CALL"]
        assert told(play.events) == [*before, "2 ACTION_SUCCESSFUL PlayAudio"]

    def test_key_during_a_prompt(self, ask: Call) -> None:
        """A key stops the prompt, and counts."""
        ask.press("7")

        assert ask.events[-1]["ActionData"]["ReceivedDigits"] == "7"

    def test_no_key_after_a_prompt(self, ask: Call, clock: Clock) -> None:
        """The time for keys begins when the prompt has been heard."""
        clock.advance(seconds=14.9)
        before = told(ask.events)
        clock.advance(seconds=0.1)

        assert before == ["1 NEW_INBOUND_CALL"]
        assert told(ask.events) == [*before, "2 ACTION_SUCCESSFUL SpeakAndGetDigits"]

    def test_hang_up_during_a_prompt(self, ask: Call) -> None:
        """The function is told of the action that a hang-up has ended."""
        ask.hang_up()

        assert told(ask.events) == [
            "1 NEW_INBOUND_CALL",
            "2 ACTION_FAILED SpeakAndGetDigits SystemException",
            "3 HANGUP LEG-A 0",
        ]

    def test_sound_that_takes_no_time_again(
        self, phone: Phone, functions: Functions
    ) -> None:
        """What was said last of a sound holds."""
        phone.sound(MUSIC, 10)
        phone.sound(MUSIC, 0)
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(PLAY)))

        call = phone.call(CALLER, NUMBER)

        assert told(call.events)[1:] == ["2 ACTION_SUCCESSFUL PlayAudio"]


class TestRefusals:
    """What fails although nothing is wrong with it."""

    def test_next_actions(self, phone: Phone, functions: Functions) -> None:
        """The next actions of the type fail, one after the other, and then none."""
        phone.refuse("PlayAudio", "InvalidAudioSource", times=2)
        phone.refuse("PlayAudio", "SystemException")
        again = {f"ACTION_{end}": answer(PLAY) for end in ("FAILED", "SUCCESSFUL")}
        hang_up = answer(action("Hangup"))
        handler = saying(
            NEW_INBOUND_CALL=answer(PLAY), **{**again, "ACTION_SUCCESSFUL": hang_up}
        )
        functions.bind(ARN, handler)

        call = phone.call(CALLER, NUMBER)

        assert told(call.events)[1:] == [
            "2 ACTION_FAILED PlayAudio InvalidAudioSource",
            "3 ACTION_FAILED PlayAudio InvalidAudioSource",
            "4 ACTION_FAILED PlayAudio SystemException",
            "5 ACTION_SUCCESSFUL PlayAudio",
            "6 HANGUP LEG-A 0",
        ]

    def test_nobody_is_called(self, phone: Phone, functions: Functions) -> None:
        """An action that is refused does nothing; one of another type is done."""
        phone.refuse("CallAndBridge", "CallNotAnswered")
        steps = answer(action("Speak", Text="One moment"), bridge(COURIER))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=steps))

        call = phone.call(CALLER, NUMBER)

        assert [leg.heard for leg in call.legs] == [("One moment",)]
        assert told(call.events)[1:] == [
            "2 ACTION_FAILED CallAndBridge CallNotAnswered"
        ]

    def test_wrong_parameters(self, phone: Phone, functions: Functions) -> None:
        """What is wrong comes first, and does not count."""
        phone.refuse("Speak", "AccessDenied")
        right = answer(action("Speak", Text="Hello"))
        handler = saying(NEW_INBOUND_CALL=answer(action("Speak")), ACTION_FAILED=right)
        functions.bind(ARN, handler)

        with phone.call(CALLER, NUMBER) as call:
            failed = told(call.events)[1:3]

        assert failed == [
            "2 ACTION_FAILED Speak MissingRequiredActionParameter",
            "3 ACTION_FAILED Speak AccessDenied",
        ]


def test_what_is_saved(phone: Phone, snapshot: Snapshot) -> None:
    """What a test says of sounds and refusals is its own, and not in the state."""
    before = snapshot.export()

    phone.sound("Hello", 10)
    phone.refuse("Speak", "AccessDenied")

    assert snapshot.export() == before


def test_over_http(endpoint_url: str | None) -> None:
    """The control interface says, tells and forgets the same."""
    base = f"{endpoint_url or 'http://motoapi.amazonaws.com'}/moto-api/proxymock"

    def ask(method: str, path: str, json: Any = None) -> Any:
        return requests.request(method, f"{base}/{path}", json=json, timeout=10).json()

    sound = {"Sound": MUSIC, "Seconds": 10}
    refusal = {"Action": "Speak", "Error": "AccessDenied", "Times": 2}
    other = {"Action": "Pause", "Error": "SystemException", "Times": 1}
    assert ask("PUT", "sounds", sound) == {"Sounds": [sound]}
    assert ask("POST", "refusals", refusal) == {"Refusals": [refusal]}
    assert ask("POST", "refusals", other) == {"Refusals": [refusal, other]}

    assert ask("GET", "sounds") == {"Sounds": [sound]}
    assert ask("GET", "refusals") == {"Refusals": [refusal, other]}
    assert ask("DELETE", "refusals?Action=Speak") == {"Refusals": [other]}
    assert ask("DELETE", "sounds?Sound=other") == {"Sounds": [sound]}
    assert ask("DELETE", f"sounds?Sound={MUSIC}") == {"Sounds": []}
    assert ask("DELETE", "refusals") == {"Refusals": []}


def test_reset(endpoint_url: str | None, phone: Phone) -> None:
    """A reset of moto forgets what a test has said."""
    base = f"{endpoint_url or 'http://motoapi.amazonaws.com'}/moto-api"
    phone.sound("Hello", 10)
    phone.refuse("Speak", "AccessDenied")

    requests.post(f"{base}/reset", timeout=10)

    known = [
        requests.get(f"{base}/proxymock/{kind}", timeout=10).json()
        for kind in ("sounds", "refusals")
    ]
    assert known == [{"Sounds": []}, {"Refusals": []}]
