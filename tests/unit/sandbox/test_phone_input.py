"""What makes no sense to the phone is refused by name, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from moto.core.models import DEFAULT_ACCOUNT_ID

from proxymock.plugin import control
from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox import SandboxError
from proxymock.telephony.description import action_types
from proxymock.telephony.people import Person

CALLER, NUMBER = "+12065550111", "+12065550100"
BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS"
ARN_RULE = "BotAliasArn must be arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT/ALIAS, not"
STATES = "State must be one of ReadyForFulfillment, Fulfilled, Failed, not"
WHO_RULE = (
    "Number must be a phone number such as +1 206 555 0100, or a host: an address, or "
    "a name of letters, digits, dots, hyphens and underscores, not"
)
SOUND_RULE = "Sound must be a text or s3://BUCKET/KEY, not"
HEADER_RULE = "SipHeaders must have no control characters, not"
Act = Callable[[Any], Any]

REFUSED: dict[str, tuple[Act, str]] = {
    "after: text": (
        lambda phone: phone.person(NUMBER, after="soon"),
        'After must be a number, not "soon"',
    ),
    "after: number in a text": (
        lambda phone: phone.person(NUMBER, after="5"),
        'After must be a number, not "5"',
    ),
    "after: None": (
        lambda phone: phone.person(NUMBER, after=None),
        "After must be a number, not null",
    ),
    "after: boolean": (
        lambda phone: phone.person(NUMBER, after=True),
        "After must be a number, not true",
    ),
    "after: negative": (
        lambda phone: phone.person(NUMBER, after=-1),
        "After must be at least 0, not -1.0",
    ),
    "after: too large": (
        lambda phone: phone.person(NUMBER, after=10**400),
        "After must be a number, not 100000000000000000...0000000000000000000",
    ),
    "hangs_up_after: text": (
        lambda phone: phone.person(NUMBER, hangs_up_after="x"),
        'HangsUpAfter must be a number, not "x"',
    ),
    "person: empty": (lambda phone: phone.person(""), f"{WHO_RULE} ''"),
    "person: spaces": (lambda phone: phone.person("911a b"), f"{WHO_RULE} '911a b'"),
    "person: line": (lambda phone: phone.person("a.com\n"), f"{WHO_RULE} 'a.com\\n'"),
    "slots: list": (
        lambda phone: phone.bot(BOT, slots=[1]),
        "Slots must be an object, not [1]",
    ),
    "slots: number": (
        lambda phone: phone.bot(BOT, slots={"n": 1}),
        "Slots.n must be a string, not 1",
    ),
    "bot: no ARN": (lambda phone: phone.bot("x"), f"{ARN_RULE} 'x'"),
    "bot: empty": (lambda phone: phone.bot(""), f"{ARN_RULE} ''"),
    "bot: more": (lambda phone: phone.bot(f"{BOT}/x"), f"{ARN_RULE} '{BOT}/x'"),
    "state": (lambda phone: phone.bot(BOT, state="bogus"), f"{STATES} 'bogus'"),
    "intent": (lambda phone: phone.bot(BOT, intent=""), "Intent must not be empty"),
    "sound: empty": (lambda phone: phone.sound("", 1), f"{SOUND_RULE} ''"),
    "sound: no key": (
        lambda phone: phone.sound("s3://prompts/", 1),
        f"{SOUND_RULE} 's3://prompts/'",
    ),
    "seconds: negative": (
        lambda phone: phone.sound("Welcome", -0.5),
        "Seconds must be at least 0, not -0.5",
    ),
    "seconds: None": (
        lambda phone: phone.sound("Welcome", None),
        "Seconds is required",
    ),
    "seconds: text": (
        lambda phone: phone.sound("Welcome", "1"),
        'Seconds must be a number, not "1"',
    ),
    "action": (
        lambda phone: phone.refuse("speak", "AccessDenied"),
        f"Action must be one of {', '.join(action_types())}, not 'speak'",
    ),
    "error of another action": (
        lambda phone: phone.refuse("PlayAudio", "CallNotAnswered"),
        "Error of PlayAudio must be one of SystemException, InvalidAudioSource, "
        "not 'CallNotAnswered'",
    ),
    "times": (
        lambda phone: phone.refuse("PlayAudio", "InvalidAudioSource", 0),
        "Times must be at least 1, not 0",
    ),
    "sip_headers: list": (
        lambda phone: phone.call(CALLER, NUMBER, sip_headers=["x"]),
        "SipHeaders must be an object, not ['x']",
    ),
    "sip_headers: lines in a value": (
        lambda phone: phone.call(CALLER, NUMBER, sip_headers={"x-a": "a\r\nVia: x"}),
        f"{HEADER_RULE} 'a\\r\\nVia: x'",
    ),
    "sip_headers: lines in a name": (
        lambda phone: phone.call(CALLER, NUMBER, sip_headers={"x-a: a\nVia": "x"}),
        f"{HEADER_RULE} 'x-a: a\\nVia'",
    ),
    "confidence_scores: list": (
        lambda phone: phone.set_analysis("call-1", confidence_scores=["x"]),
        "ConfidenceScores must be an object, not ['x']",
    ),
}


def known() -> list[Any]:
    """Return what the account knows of calls and their surroundings."""
    simulation = control.simulation_of(DEFAULT_ACCOUNT_ID)
    around = simulation.network.around
    return [
        {**around.people},
        {**around.bots},
        {**around.sounds},
        [*around.refusals],
        [*simulation.account.calls],
    ]


@pytest.mark.parametrize(("act", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(phone: Phone, act: Act, message: str) -> None:
    """The message names the member, and everything is as it was."""
    before = known()

    with pytest.raises(SandboxError) as caught:
        act(phone)

    assert (str(caught.value), known()) == (message, before)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (
            lambda call: call.press("5x"),
            "Digits must be of 0123456789*#, not '5x'",
        ),
        (
            lambda call: call.reject("A", sip_response_code=500),
            "SipResponseCode must be 480 or 486, not 500",
        ),
        (lambda call: call.hang_up(), "LEG-A cannot hang up: it is Disconnected"),
    ],
    ids=["digits", "sip_response_code", "state of the leg"],
)
def test_refused_by_a_call(phone: Phone, act: Act, message: str) -> None:
    """What a party cannot do is refused by the member's name, too."""
    call = phone.call(CALLER, NUMBER)
    before = call.ladder()

    with pytest.raises(SandboxError) as caught:
        act(call)

    assert (str(caught.value), call.ladder()) == (message, before)


def test_decimal_that_is_no_number(phone: Phone) -> None:
    """A decimal that no float can be is refused by either way in words of its own."""
    unusable: Any = Decimal("sNaN")

    with pytest.raises(SandboxError):
        phone.person(NUMBER, after=unusable)


@pytest.mark.parametrize(
    ("spelling", "kept"),
    [
        ("+12065550100", NUMBER),
        ("12065550100", NUMBER),
        ("(206) 555-0100", NUMBER),
        ("+1 206 555 0100", NUMBER),
        ("0044 20 7946 0000", "+442079460000"),
        ("pbx-1.example.com", "pbx-1.example.com"),
        ("PBX.example.com", "PBX.example.com"),
        ("192.0.2.1", "192.0.2.1"),
        ("pbx_1.example.com", "pbx_1.example.com"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "[2001:db8::1]"),
    ],
)
def test_who_takes_calls(phone: Phone, spelling: str, kept: str) -> None:
    """A number has any usual spelling; what is none is a host."""
    phone.person(spelling, answers="busy")

    assert known()[0] == {kept: Person(answers="busy")}


@pytest.mark.parametrize(
    "seconds",
    [2, 2.0, Decimal(2), Fraction(2)],
    ids=["integer", "float", "decimal", "fraction"],
)
def test_seconds(phone: Phone, seconds: Any) -> None:
    """A number of any kind counts seconds."""
    phone.person(NUMBER, after=seconds, hangs_up_after=seconds)

    assert known()[0] == {NUMBER: Person(after=2.0, hangs_up_after=2.0)}


@pytest.mark.parametrize("state", ["ReadyForFulfillment", "Fulfilled", "Failed"])
def test_states(phone: Phone, state: str) -> None:
    """An intent is in one of the states that AWS documents."""
    phone.bot(BOT, state=state)

    assert [each.state for each in known()[1].values()] == [state]
