"""Calls made up of the API description and of what earlier calls have answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from random import Random
from typing import Any

from kit.builders.people import ALICE, BOB, CAROL
from kit.requests.smallest import request_of, shape_accepts, smallest
from proxymock.api import spec
from proxymock.api.spec import Shape

# Members that take what others have answered; the rest take what has their own name.
SOURCES: Mapping[str, tuple[str, ...]] = {
    "E164PhoneNumbers": ("E164PhoneNumber", "E164PhoneNumbers"),
    "FromPhoneNumber": ("E164PhoneNumber",),
    "Host": ("OutboundHostName",),
    "ParticipantPhoneNumbers": ("PhoneNumber", "ProxyPhoneNumber"),
    "PhoneNumberIds": ("PhoneNumberId",),
    "ResourceARN": ("VoiceConnectorArn", "SipMediaApplicationArn", "VoiceProfileArn"),
    "ToPhoneNumber": ("E164PhoneNumber",),
    "TriggerValue": ("E164PhoneNumber", "OutboundHostName"),
}
FIRST = {
    "CidrAllowedList": ["192.0.2.0/27"],
    "ClientRequestToken": [f"abcdefab-0000-4000-8000-{n:012}" for n in range(3)],
    "PhoneNumber": [ALICE, BOB, CAROL],
    "PhoneNumberPoolCountries": ["US", "CA"],
    "TransactionId": ["call-1", "call-2"],
}


# What is deleted at once cannot be used.
OFTEN = [
    name
    for name in spec.operation_names()
    for _ in range(1 if name.startswith("Delete") else 4)
]


class Caller:
    """Makes up calls, the same for the same *seed* and the same answers."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._known: dict[str, list[str]] = defaultdict(list, FIRST)

    def call(self) -> tuple[str, tuple[str, str, str, bytes]]:
        """Return the name of an operation, and a request."""
        name = self._random.choice(OFTEN)
        input = spec.operation(name).input
        members = {
            member: self._value(member, part.shape)
            for member, part in input.members.items()
            if member in input.required or self._random.random() < 0.4
        }
        return name, request_of(name, members)

    def learn(self, answer: Any, name: str = "") -> None:
        """Take note of the texts in an *answer*, each with its member's *name*."""
        if isinstance(answer, dict):
            for member, value in answer.items():
                self.learn(value, member)
        elif isinstance(answer, list):
            for item in answer[:3]:
                self.learn(item, name)
        elif isinstance(answer, str) and answer not in self._known[name]:
            self._known[name] = [*self._known[name][-20:], answer]

    def _value(self, name: str, shape: Shape) -> Any:
        if shape.type == "structure":
            return {
                member: self._value(member, part.shape)
                for member, part in shape.members.items()
                if member in shape.required or self._random.random() < 0.6
            }
        if shape.member is not None:
            size = max(int(shape.min or 0), self._random.choice((0, 1, 2)))
            return [self._value(name, shape.member) for _ in range(size)]
        if shape.type == "boolean":
            return self._random.random() < 0.5
        if shape.type == "integer":
            least = int(shape.min or 0)
            return self._random.randint(least, int(shape.max or least + 100))
        if shape.enum:
            return self._random.choice(shape.enum)
        known = [
            text
            for source in SOURCES.get(name, (name,))
            for text in self._known[source]
            if shape_accepts(shape)(text)
        ]
        return self._random.choice(known or [smallest(shape)])
