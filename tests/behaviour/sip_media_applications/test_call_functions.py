"""Functions and their calls: who is told, when, and what follows if nobody is."""

from __future__ import annotations

import copy
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    open_desk,
    saying,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Clock, Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


def dial(client: ChimeSDKVoiceClient, application_id: str) -> str:
    """Have the application call the courier; return the id of the transaction."""
    made = client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER,
        ToPhoneNumber=COURIER,
        SipMediaApplicationId=application_id,
        ArgumentsMap={"order": "7"},
    )
    return made["SipMediaApplicationCall"]["TransactionId"]


class TestOutbound:
    """Calls that an application makes."""

    def test_answer_comes_before_the_first_event(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """Whoever creates a call has its id before the function is told of it."""
        seen: list[int] = []
        functions.bind(ARN, lambda event, context: seen.append(event["Sequence"]))

        id = dial(client, desk)
        before = [*seen]
        [call] = phone.calls()

        assert (before, call.transaction_id, seen[:1]) == ([], id, [1])

    def test_nobody_to_tell(
        self, client: ChimeSDKVoiceClient, desk: str, phone: Phone
    ) -> None:
        """A call that no function is told of says what to bind."""
        dial(client, desk)

        [call] = phone.calls()

        assert (call.outcome, call.reason) == (
            "Connected",
            f"to be told of its calls: functions.bind('{ARN}', …)",
        )

    def test_events(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """The callee rings, answers and is spoken to; arguments are in the first."""
        greet = answer(action("Speak", Text="Hello"), action("Hangup"))
        functions.bind(ARN, saying(CALL_ANSWERED=greet))

        dial(client, desk)

        [call] = phone.calls()
        assert told(call.events) == [
            "1 NEW_OUTBOUND_CALL",
            "2 RINGING",
            "3 CALL_ANSWERED",
            "4 HANGUP LEG-A 0",
        ]
        assert call.events[0]["ActionData"]["Parameters"] == {
            "Arguments": {"order": "7"}
        }
        assert (call.leg("A").heard, phone.log()) == (("Hello",), [])

    def test_call_to_an_own_number(
        self,
        client: ChimeSDKVoiceClient,
        desk: str,
        functions: Functions,
        phone: Phone,
        clock: Clock,
    ) -> None:
        """An application may call its own number; keys and the end go both ways."""
        greet = answer(action("SendDigits", Digits="5"), action("Hangup"))
        hello = answer(action("Speak", Text="Hello"))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=hello, CALL_ANSWERED=greet))

        client.create_sip_media_application_call(
            FromPhoneNumber=NUMBER, ToPhoneNumber=NUMBER, SipMediaApplicationId=desk
        )
        clock.advance(seconds=1)

        assert [(told(call.events)[-1], call.open_legs) for call in phone.calls()] == [
            ("4 HANGUP LEG-A 0", ()),
            ("3 HANGUP LEG-A 0", ()),
        ]

    def test_function_calls_back(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """A function may use the service of its account while it works."""
        listed: list[int] = []

        def counts(event: Any, context: Any) -> Any:
            listed.append(len(client.list_sip_rules()["SipRules"]))
            thread = Thread(
                target=lambda: listed.append(len(client.list_sip_rules()["SipRules"]))
            )
            thread.start()
            thread.join(10)
            return answer()

        functions.bind(ARN, counts)

        phone.call(CALLER, NUMBER)

        assert listed == [1, 1]

    def test_function_makes_a_call(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """A call that a function makes is a call of its own."""

        def calls(event: Any, context: Any) -> Any:
            if event["InvocationEventType"] == "NEW_INBOUND_CALL":
                dial(client, desk)
            return answer()

        functions.bind(ARN, calls)
        phone.call(CALLER, NUMBER)

        inbound, outbound = phone.calls()

        assert told(inbound.events) == ["1 NEW_INBOUND_CALL"]
        assert told(outbound.events) == [
            "1 NEW_OUTBOUND_CALL",
            "2 RINGING",
            "3 CALL_ANSWERED",
        ]


class TestUpdate:
    """UpdateSipMediaApplicationCall."""

    def test_update_of_a_call_that_ends(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """An update is not told of that the function sends, and then hangs up."""

        def updates(event: Any, context: Any) -> Any:
            if event["InvocationEventType"] == "NEW_INBOUND_CALL":
                client.update_sip_media_application_call(
                    SipMediaApplicationId=desk,
                    TransactionId=event["CallDetails"]["TransactionId"],
                    Arguments={"take": "back"},
                )
            return answer(action("Hangup"))

        functions.bind(ARN, updates)

        call = phone.call(CALLER, NUMBER)

        assert told(call.events) == ["1 NEW_INBOUND_CALL", "2 HANGUP LEG-A 0"]

    def test_update_interrupts(
        self, client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
    ) -> None:
        """A pause is cut short; the list of the update is then run."""
        pause = answer(action("Pause", DurationInMilliseconds=30000))
        bye = answer(action("Hangup"))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=pause, CALL_UPDATE_REQUESTED=bye))
        call = phone.call(CALLER, NUMBER)

        client.update_sip_media_application_call(
            SipMediaApplicationId=desk,
            TransactionId=call.transaction_id,
            Arguments={"take": "back"},
        )

        assert told(call.events) == [
            "1 NEW_INBOUND_CALL",
            "2 CALL_UPDATE_REQUESTED",
            "3 ACTION_INTERRUPTED Pause",
            "4 HANGUP LEG-A 0",
        ]
        with pytest.raises(client.exceptions.NotFoundException):
            client.update_sip_media_application_call(
                SipMediaApplicationId=desk,
                TransactionId=call.transaction_id,
                Arguments={},
            )


def test_what_was_said_is_not_shared(
    client: ChimeSDKVoiceClient, desk: str, functions: Functions, phone: Phone
) -> None:
    """Who changes an event or a response that a call shows does not change the call."""
    speak = action("Speak", Text="Hello")
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(speak)))
    call = phone.call(CALLER, NUMBER)
    before = copy.deepcopy((call.events, call.responses))
    event: Any = call.events[0]

    event["CallDetails"]["Participants"].clear()
    call.responses[0]["Actions"].clear()

    assert (call.events, call.responses) == before
