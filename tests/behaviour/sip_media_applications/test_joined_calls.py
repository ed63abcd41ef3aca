"""Calls from one number of the account to another: what one does, the other follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    OTHER_ARN,
    SECOND,
    Handler,
    action,
    answer,
    bridge,
    hang_up_the_others,
    open_desk,
    open_second_desk,
    saying,
    told,
)
from kit.builders.numbers import acquire
from kit.builders.proxy_sessions import create_session
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Call, Clock, Functions, Phone
from proxymock.telephony.routing import RULE_DISABLED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

OFFICE = "+12065550102"


@pytest.fixture(autouse=True)
def desks(client: ChimeSDKVoiceClient, functions: Functions) -> None:
    """NUMBER, whose function puts through to SECOND, which another application has."""
    open_desk(client)
    open_second_desk(client)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(SECOND))))


def joined(phone: Phone, functions: Functions, handler: Handler) -> tuple[Call, Call]:
    """Call NUMBER; return the call, and the one to SECOND that *handler* answers."""
    functions.bind(OTHER_ARN, handler)
    first = phone.call(CALLER, NUMBER)
    _, second = phone.calls()
    return first, second


def rings_the_courier(event: Any, context: Any) -> Any:
    """Put through to the courier, and let the caller hear ringing meanwhile."""
    if event["InvocationEventType"] == "NEW_INBOUND_CALL":
        return answer(bridge(COURIER, SECOND))
    if event["InvocationEventType"] == "HANGUP":
        return hang_up_the_others(event)
    return answer()


def test_leg_rings_as_long_as_the_second_call(
    phone: Phone, functions: Functions
) -> None:
    """Leg B rings until the second call is answered, and is answered then."""
    phone.person(COURIER, answers="by hand")
    first, second = joined(phone, functions, rings_the_courier)
    ringing = first.leg("B").status, second.outcome

    second.answer()

    assert ringing == ("Ringing", None)
    assert (first.leg("B").status, second.outcome) == ("Connected", "Connected")


def test_leg_is_answered_by_hand(phone: Phone, functions: Functions) -> None:
    """A test may answer leg B itself: then keys are lost until the second call is up.

    What the second call does afterwards changes nothing but its end.
    """
    phone.person(COURIER, answers="by hand")
    keys = action("SendDigits", Digits="12", ParticipantTag="LEG-B")
    first_answers = saying(
        NEW_INBOUND_CALL=answer(bridge(SECOND)), ACTION_SUCCESSFUL=answer(keys)
    )
    functions.bind(ARN, first_answers)
    first, second = joined(phone, functions, rings_the_courier)

    first.answer()
    lost = first.leg("B").heard, second.leg("A").status
    second.answer()
    second.hang_up("B")

    assert lost == (("tones:12",), "Ringing")
    assert [leg.tag for leg in first.open_legs] == ["LEG-A"]
    assert second.open_legs == ()


@pytest.mark.parametrize("code", [480, 486])
def test_second_function_rejects(phone: Phone, functions: Functions, code: int) -> None:
    """Leg B ends with the code that the second function refuses its caller with."""
    refuse = answer(action("Hangup", SipResponseCode=code))

    first, second = joined(phone, functions, saying(NEW_INBOUND_CALL=refuse))

    assert (second.outcome, second.leg("A").sip_response_code) == ("Rejected", code)
    assert first.leg("B").sip_response_code == code
    assert told(first.events)[1:] == ["2 ACTION_FAILED CallAndBridge CallNotAnswered"]


def test_second_function_hangs_up(phone: Phone, functions: Functions) -> None:
    """Leg B ends with the second call, and the first function is told so."""
    goodbye = answer(action("Speak", Text="Goodbye"), action("Hangup"))

    first, second = joined(phone, functions, saying(NEW_INBOUND_CALL=goodbye))

    assert (second.ended, second.leg("A").heard) == (True, ("Goodbye",))
    assert told(first.events)[1:] == [
        "2 ACTION_SUCCESSFUL CallAndBridge",
        "3 HANGUP LEG-B 0",
    ]
    assert [leg.tag for leg in first.open_legs] == ["LEG-A"]


def test_second_function_fails(phone: Phone, functions: Functions) -> None:
    """A second function without an answer is one that refuses the call with 480."""
    functions.bind(OTHER_ARN, saying())
    functions.fail(OTHER_ARN, "error", times=2)

    first = phone.call(CALLER, NUMBER)

    assert first.leg("B").sip_response_code == 480


def test_keys_go_to_the_first_call(
    phone: Phone, functions: Functions, clock: Clock
) -> None:
    """Keys that the second function sends are pressed on leg B of the first call."""
    keys = action("SendDigits", Digits="34")

    first, second = joined(phone, functions, saying(NEW_INBOUND_CALL=answer(keys)))
    clock.advance(seconds=1)

    assert second.leg("A").heard == ("tones:34",)
    assert first.leg("A").heard == ("tones:34",)


def test_disabled_number(
    client: ChimeSDKVoiceClient, phone: Phone, functions: Functions
) -> None:
    """A number that rejects a call at once fails the bridge with 480."""
    [rule] = [
        each
        for each in client.list_sip_rules()["SipRules"]
        if each["TriggerValue"] == SECOND
    ]
    client.update_sip_rule(SipRuleId=rule["SipRuleId"], Name="Off", Disabled=True)

    first, second = joined(phone, functions, saying())

    assert (second.outcome, second.reason) == ("Rejected", RULE_DISABLED)
    assert first.leg("B").sip_response_code == 480


def test_masked_number(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    functions: Functions,
) -> None:
    """A proxy number that an application calls leads to the counterpart."""
    session = create_session(
        client, proxy_connector_id, ParticipantPhoneNumbers=[NUMBER, COURIER]
    )
    proxy = session["Participants"][0]["ProxyPhoneNumber"]
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(proxy))))

    first = phone.call(CALLER, NUMBER)
    _, second = phone.calls()

    assert (first.connected_to, second.connected_to) == (proxy, COURIER)
    assert second.proxy_session_id == session["ProxySessionId"]


@pytest.mark.parametrize(
    ("answers", "told_last"),
    [
        ("at once", "2 ACTION_SUCCESSFUL CallAndBridge"),
        ("busy", "2 ACTION_FAILED CallAndBridge CallNotAnswered"),
    ],
)
def test_number_of_a_connector(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    phone: Phone,
    functions: Functions,
    answers: str,
    told_last: str,
) -> None:
    """A number with a route arrives at the telephone system behind its connector."""
    acquire(client, OFFICE)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[OFFICE]
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={"Routes": [{"Host": "pbx.example.com", "Protocol": "TCP"}]},
    )
    phone.person("pbx.example.com", answers=answers)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(OFFICE))))

    first = phone.call(CALLER, NUMBER)

    assert told(first.events)[1] == told_last
