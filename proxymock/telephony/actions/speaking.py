"""Actions that somebody hears: speech, audio, tones, a bot. No sound is made."""

from __future__ import annotations

from proxymock.state.calls import JSON
from proxymock.telephony.legs import schedule, send_tones, side
from proxymock.telephony.performing import NotWanted, Result, Turn, action, on
from proxymock.telephony.responses import size
from proxymock.telephony.surroundings import Conversation

# As often is a repeated sound written down; the time of the others passes as well.
MOST_HEARD = 1000
COMMA_SECONDS = 0.5
MOST_BYTES = 10 * 1024


def audio(source: JSON) -> str:
    """Return an audio source as it is shown."""
    return f"s3://{source['BucketName']}/{source['Key']}"


def hear(turn: Turn, sound: str) -> float:
    """Let the leg hear a sound; return the seconds that it takes. AWS: PA-15."""
    turn.leg.heard.append(sound)
    turn.now.message("chime", side(turn.leg), f'"{sound}"', turn.leg)
    return turn.now.around.seconds(sound)


@action("Speak")
def speak(turn: Turn) -> Result:
    """Say a text once."""
    turn.memory.update(sound=turn.values["Text"], left=1)
    return _play(turn)


@action("PlayAudio")
def play_audio(turn: Turn) -> Result:
    """Play a file as often as it is asked for."""
    left = min(turn.values["Repeat"], MOST_HEARD)
    beyond = turn.values["Repeat"] - left
    source = audio(turn.values["AudioSource"])
    turn.memory.update(sound=source, left=left, beyond=beyond)
    return _play(turn)


@on("due", "Speak", "PlayAudio")
def play_on(turn: Turn, _: str) -> Result:
    """Begin again what has been heard to its end."""
    return _play(turn)


@on("key", "PlayAudio")
def stop_playing(turn: Turn, key: str) -> Result:
    """End at a key that the action names."""
    # Another key is left to a listener of the leg, and to the other party.
    if key not in turn.values.get("PlaybackTerminators", ()):
        raise NotWanted
    return {}


def _play(turn: Turn) -> Result:
    while turn.memory["left"] > 0:
        turn.memory["left"] -= 1
        seconds = hear(turn, turn.memory["sound"])
        if seconds > 0:
            if turn.memory["left"] == 0:
                seconds *= 1 + turn.memory.get("beyond", 0)
            schedule(turn.now, "action", turn.leg, seconds)
            return None
    return {}


@action("Pause")
def pause(turn: Turn) -> Result:
    """Wait. AWS: PA-09. Its range is documented twice, and the wider one is taken."""
    milliseconds = turn.values["DurationInMilliseconds"]
    if not 100 <= milliseconds <= 30000:
        at = f"{turn.running.place}.Parameters.DurationInMilliseconds"
        turn.now.warn(f"{at} should be from 100 to 30000, not {milliseconds}")
    schedule(turn.now, "action", turn.leg, milliseconds / 1000)
    return None


@action("SendDigits")
def send_digits(turn: Turn) -> Result:
    """Send tones to the party of the leg."""
    keys = turn.values["Digits"]
    tone = turn.values["ToneDurationInMilliseconds"] / 1000
    send_tones(turn.now, turn.leg, keys)
    # Heard at once, as a whole; what takes time is the sending.
    seconds = sum(COMMA_SECONDS if key == "," else tone for key in keys)
    schedule(turn.now, "action", turn.leg, seconds)
    return None


@on("due", "Pause", "SendDigits")
def time_is_over(_turn: Turn, _: str) -> Result:
    """Be done when the time is over."""
    return {}


@action("VoiceFocus")
def voice_focus(turn: Turn) -> Result:
    """Turn the suppression of noise on or off."""
    turn.leg.voice_focus = turn.values["Enable"]
    return {}


@action("StartBotConversation")
def start_bot_conversation(turn: Turn) -> Result:
    """Let the caller hear the bot's welcome, and talk to it."""
    messages = turn.values.get("Configuration", {}).get("WelcomeMessages", ())
    seconds = sum(hear(turn, message["Content"]) for message in messages)
    if seconds > 0:
        schedule(turn.now, "action", turn.leg, seconds)
        return None
    return end_bot_conversation(turn, "")


@on("due", "StartBotConversation")
def end_bot_conversation(turn: Turn, _: str) -> Result:
    """End the conversation as the test said."""
    configuration = turn.values.get("Configuration", {})
    conversation = turn.now.around.conversation(turn.values["BotAliasArn"])
    attributes = configuration.get("SessionState", {}).get("SessionAttributes", {})
    call_id = turn.leg.call_id
    result = _intent_result(conversation, call_id, attributes)
    turn.now.remark("chime", f"{turn.leg.tag} and the bot end with {result_of(result)}")
    return {"IntentResult": result, "CallId": call_id}


def result_of(result: JSON) -> str:
    """Return how a conversation ended, in two words."""
    intent = result["SessionState"]["Intent"]
    return f"{intent['Name']} {intent['State']}"


@on("check", "StartBotConversation")
def check_bot(turn: Turn, _: str) -> Result:
    """Refuse a bot that is elsewhere, and a configuration that cannot be."""
    configuration = turn.values.get("Configuration", {})
    arn, target = turn.values["BotAliasArn"], turn.now.call.target
    # Only calls of an application have actions.
    assert target is not None
    if arn.split(":")[3] != target.region:
        turn.wrong("BotAliasArn", f"must be in {target.region}, not '{arn}'")
    if size(configuration) > MOST_BYTES:
        rule = f"must have at most {MOST_BYTES} bytes, not {size(configuration)}"
        turn.wrong("Configuration", rule)
    state = configuration.get("SessionState", {})
    dialog = state.get("DialogAction", {}).get("Type")
    if configuration.get("WelcomeMessages") and dialog != "ElicitIntent":
        turn.wrong("Configuration.WelcomeMessages", "needs DialogAction ElicitIntent")
    return None


def _intent_result(bot: Conversation, call_id: str, attributes: JSON) -> JSON:
    intent = {
        "Name": bot.intent,
        "Slots": {name: _slot(value) for name, value in bot.slots.items()},
        "State": bot.state,
        "ConfirmationState": "None",
    }
    interpretation: JSON = {"Intent": intent}
    # AWS was seen to give the fallback no score.
    if bot.intent != "FallbackIntent":
        interpretation["NluConfidence"] = {"Score": 1.0}
    return {
        "SessionId": call_id,
        "SessionState": {"SessionAttributes": attributes, "Intent": intent},
        "Interpretations": [interpretation],
    }


def _slot(value: str | None) -> JSON | None:
    if value is None:
        return None
    resolved = {
        "OriginalValue": value,
        "InterpretedValue": value,
        "ResolvedValues": [value],
    }
    return {"Value": resolved, "Values": []}
