"""What calls need to know of the world around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

from proxymock.state.calls import Call, Entry, Leg
from proxymock.telephony.people import Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """What a conversation with a bot ends with; *slots* has the values by name."""

    intent: str = "FallbackIntent"
    slots: Mapping[str, str | None] = field(default_factory=dict)
    state: str = "ReadyForFulfillment"


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """Behaviour that nobody outside AWS knows, to be had either way."""

    leg_of_event_first: bool = True
    hang_up_fails_action: bool = True


class Surroundings(Protocol):
    """What an account says to a call that is under way."""

    @property
    def options(self) -> Options:
        """The switches."""
        ...

    def new_id(self) -> str:
        """Return a fresh UUID."""
        ...

    def owns(self, number: str) -> bool:
        """Tell whether the account has a number."""
        ...

    def person(self, number_or_host: str) -> Person:
        """Return how somebody, or a telephone system, takes calls."""
        ...

    def hosts(self, connector_arn: str) -> Sequence[str]:
        """Return where a voice connector or group sends calls to, first choice first.

        It is empty if there is no such connector, or none that has a route.
        """
        ...

    def conversation(self, bot_alias_arn: str) -> Conversation:
        """Return what a conversation with a bot ends with."""
        ...

    def seconds(self, sound: str) -> float:
        """Return how long a text or an audio file takes to be heard."""
        ...

    def refusal(self, call: Call, action_type: str) -> str | None:
        """Return which refusal of ``actions.json`` an action meets with, if any."""
        ...


class Moment(NamedTuple):
    """A call, the instant, and the world around it."""

    call: Call
    at: datetime
    around: Surroundings

    def message(
        self, sender: str, receiver: str, text: str, leg: Leg | None = None
    ) -> None:
        """Write a message down for the ladder, and the leg that it was sent on."""
        call_id = None if leg is None else leg.call_id
        entry = Entry(self.at, sender, receiver, text, call_id=call_id)
        self.call.entries.append(entry)

    def remark(self, of: str, text: str) -> None:
        """Write down what cannot be seen from the messages."""
        self.call.entries.append(Entry(self.at, of, None, text))

    def warn(self, text: str) -> None:
        """Tell people what somebody should mend."""
        # Twice: a list for tests, and a line among the messages for people.
        self.call.warnings.append(text)
        self.call.entries.append(Entry(self.at, "function", None, text, wrong=True))
