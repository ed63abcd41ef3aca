"""A telephone network for tests: it plays handlers against calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from kit.oracles.event_schema import problems
from proxymock.state.calls import Call, Invocation, Target
from proxymock.telephony import invocations, network, new_calls
from proxymock.telephony.people import Person
from proxymock.telephony.surroundings import Conversation, Moment, Options

JSON = dict[str, Any]
Handler = Callable[[JSON], Any]

START = datetime(2026, 11, 28, 12, 0, 0, 123000, tzinfo=timezone.utc)
ACCOUNT = "123456789012"
CALLER, NUMBER, COURIER = "+12065550111", "+12065550100", "+12065550122"
CONNECTOR = "arn:aws:chime:us-east-1:123456789012:vc/abcdef1ghij2klmno3pqr4"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
TARGET = Target(ARN, "application-1", "us-east-1", "rule-1")
OUTBOUND = replace(TARGET, sip_rule_id=None)
SECOND = Target(
    ARN.replace("us-east-1", "us-west-2"), "application-2", "us-west-2", "r"
)


class Fails(Exception):
    """What a handler raises to fail in a way of its own."""


class Telephones:
    """An account with people, a clock, and one function for all its applications.

    ``handler`` is what Lambda would run. What is asked of the network happens at the
    instant ``at``, and then all that follows from it.
    """

    def __init__(self, handler: Handler, **options: bool) -> None:
        self.handler = handler
        self.options = Options(**options)
        self.at = START
        self.calls: list[Call] = []
        self.people: dict[str, Person] = {}
        self.owned = {NUMBER}
        self.routes: dict[str, list[str]] = {}
        self.conversations: dict[str, Conversation] = {}
        self.lengths: dict[str, float] = {}
        self.refusals: dict[str, str] = {}
        self._ids = 0

    def new_id(self) -> str:
        """Return id-1, id-2, …"""
        self._ids += 1
        return f"id-{self._ids}"

    def owns(self, number: str) -> bool:
        """Tell whether the account has a number."""
        return number in self.owned

    def person(self, number_or_host: str) -> Person:
        """Return how somebody takes calls; at once if nothing was said."""
        return self.people.get(number_or_host, Person())

    def hosts(self, connector_arn: str) -> Sequence[str]:
        """Return where a connector sends calls to."""
        return self.routes.get(connector_arn, [])

    def conversation(self, bot_alias_arn: str) -> Conversation:
        """Return what a bot ends with."""
        return self.conversations.get(bot_alias_arn, Conversation())

    def seconds(self, sound: str) -> float:
        """Return how long a sound takes; no time if nothing was said."""
        return self.lengths.get(sound, 0)

    def refusal(self, call: Call, action_type: str) -> str | None:
        """Return which refusal an action meets with."""
        return self.refusals.get(action_type)

    def arrive(
        self,
        from_number: str = CALLER,
        to_number: str = NUMBER,
        targets: Sequence[Target] = (TARGET,),
        sip_headers: Mapping[str, str] | None = None,
        *,
        runs: bool = True,
    ) -> Call:
        """Let a call come in; the function is invoked at once if it *runs*."""
        call = new_calls.arrive(
            self,
            self.at,
            account_id=ACCOUNT,
            from_number=from_number,
            to_number=to_number,
            targets=targets,
            sip_headers=sip_headers,
        )
        return self._begin(call, runs)

    def place(
        self, to_number: str = CALLER, *, runs: bool = True, **arguments: str
    ) -> Call:
        """Let the application call somebody; its function is invoked if it *runs*."""
        call = new_calls.place(
            self,
            self.at,
            account_id=ACCOUNT,
            from_number=NUMBER,
            to_number=to_number,
            target=OUTBOUND,
            arguments=arguments,
        )
        return self._begin(call, runs)

    def now(self, call: Call) -> Moment:
        """Return the moment of a call."""
        return Moment(call, self.at, self)

    def do(self, call: Call, step: Callable[..., None], *arguments: Any) -> None:
        """Do something to a call, such as ``network.press``, and what follows."""
        step(self.now(call), *arguments)
        self.run(call)

    def advance(self, seconds: float) -> None:
        """Let time pass, and all that falls due in it, in order."""
        until = self.at + timedelta(seconds=seconds)
        while True:
            due = [(at, c) for c in self.calls if (at := network.next_due(c))]
            at, call = min(due, key=lambda each: each[0], default=(until, None))
            if call is None or at > until:
                break
            self.at = at
            self.run(call)
        self.at = until

    def run(self, call: Call) -> None:
        """Invoke the function and do what is due, until nothing is left to do now."""
        while True:
            invocation = invocations.next_invocation(self.now(call))
            if invocation is not None:
                self.invoke(call, invocation)
            elif network.run_first_due(call, self.at, self) is None:
                break

    def invoke(self, call: Call, invocation: Invocation) -> None:
        """Hold the event against the schema, and give the handler's answer back."""
        assert problems(invocation.event) == []
        try:
            answer = self.handler(invocation.event)
        except Fails as how:
            invocations.failed(self.now(call), invocation, str(how))
        else:
            invocations.answered(self.now(call), invocation, answer)

    def _begin(self, call: Call, runs: bool) -> Call:
        self.calls.append(call)
        if runs:
            self.run(call)
        return call


def do(type: str, **parameters: Any) -> JSON:
    """Return an action."""
    return {"Type": type, "Parameters": parameters}


def answer(*actions: JSON, **more: Any) -> JSON:
    """Return the answer of a function."""
    return {"SchemaVersion": "1.0", "Actions": list(actions), **more}


def script(*answers: Any) -> Handler:
    """Return a handler with these answers, in order, and none that does a thing after.

    A list is one of actions; an exception is raised.
    """
    left = list(answers)

    def handler(_event: JSON) -> Any:
        given = left.pop(0) if left else []
        if isinstance(given, Fails):
            raise given
        return answer(*given) if isinstance(given, list) else given

    return handler


def bridge(uri: str = COURIER, **more: Any) -> JSON:
    """Return the action that calls somebody with the dialled number."""
    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": uri}]
    return do("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=endpoints, **more)


def texts(things: Sequence[Any]) -> list[str]:
    """Return things as JSON, in which the order of keys is seen."""
    return [json.dumps(thing) for thing in things]


def told(call: Call) -> list[str]:
    """Return the types of a call's events, and the actions they are about."""
    return [
        " ".join(
            [event["InvocationEventType"], event.get("ActionData", {}).get("Type", "")]
        ).rstrip()
        for event in call.events
    ]


SPEAK = do("Speak", Text="Hello")
LISTEN = do(
    "ReceiveDigits",
    InputDigitsRegex="[0-9]",
    InBetweenDigitsDurationInMilliseconds=1000,
    FlushDigitsDurationInMilliseconds=10000,
)
ASK = do(
    "SpeakAndGetDigits",
    SpeechParameters={"Text": "Your number?"},
    RepeatDurationInMilliseconds=5000,
)
