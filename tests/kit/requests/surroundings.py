"""Commands for the surroundings of calls: such as succeed, and such as are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.builders.people import BOB
from proxymock.sandbox import surroundings_commands
from proxymock.sandbox.command_table import Command

BOT = {"bot_alias_arn": "arn:aws:lex:us-east-1:111111111111:bot-alias/BOT/ALIAS"}
REFUSAL = {"action": "Speak", "error": "AccessDenied"}
GOOD_SURROUNDINGS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (surroundings_commands.people, {}),
    (surroundings_commands.person, {"number": BOB, "answers": "busy", "after": 1}),
    (surroundings_commands.person, {"number": "s.example.com", "hangs_up_after": 2.5}),
    (surroundings_commands.forget_people, {}),
    (surroundings_commands.forget_people, {"number": BOB}),
    (surroundings_commands.bot, BOT),
    (surroundings_commands.bot, {**BOT, "intent": "Order", "slots": {"n": "1"}}),
    (surroundings_commands.sounds, {}),
    (surroundings_commands.sound, {"sound": "Welcome", "seconds": 1.5}),
    (surroundings_commands.sound, {"sound": "s3://prompts/a.wav", "seconds": 2}),
    (surroundings_commands.forget_sounds, {}),
    (surroundings_commands.forget_sounds, {"sound": "Welcome"}),
    (surroundings_commands.refusals, {}),
    (surroundings_commands.refuse, REFUSAL),
    (surroundings_commands.refuse, {**REFUSAL, "times": 2}),
    (surroundings_commands.forget_refusals, {}),
    (surroundings_commands.forget_refusals, {"action": "Speak"}),
]
BAD_SURROUNDINGS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (surroundings_commands.person, {"number": BOB, "answers": "maybe"}),
    (surroundings_commands.person, {"number": BOB, "after": -1}),
    (surroundings_commands.person, {"number": BOB, "hangs_up_after": -1}),
    (surroundings_commands.sound, {"sound": "", "seconds": 1}),
    (surroundings_commands.sound, {"sound": "Welcome"}),
    (surroundings_commands.sound, {"sound": "Welcome", "seconds": -1}),
    (surroundings_commands.sound, {"sound": "s3://prompts", "seconds": 1}),
    (surroundings_commands.refuse, {**REFUSAL, "action": "Sing"}),
    (surroundings_commands.refuse, {**REFUSAL, "error": "CallNotAnswered"}),
    (surroundings_commands.refuse, {**REFUSAL, "times": 0}),
]
FORGETTING: tuple[Command[..., Any], ...] = (
    surroundings_commands.forget_people,
    surroundings_commands.forget_sounds,
    surroundings_commands.forget_refusals,
)
