"""What an account says to the calls that are under way in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from proxymock.state.store import Account
from proxymock.telephony import surroundings
from proxymock.telephony.people import Person
from proxymock.telephony.routing import hosts_of
from proxymock.telephony.surroundings import Conversation

_AT_ONCE = Person()
_AWAY = Person(answers="by hand")
_NOT_UNDERSTOOD = Conversation()


class AccountSurroundings:
    """The numbers of an account, and the people and bots that a test has set.

    Args:
        account: whose numbers and connectors.
        leads_home: tells whether a number is answered by the account itself.
    """

    def __init__(self, account: Account, leads_home: Callable[[str], bool]) -> None:
        self._account = account
        self._leads_home = leads_home
        self.people: dict[str, Person] = {}
        self.bots: dict[str, Conversation] = {}

    @property
    def options(self) -> surroundings.Options:
        """The switches. AWS: PA-01, PA-04."""
        options = self._account.options()
        return surroundings.Options(
            leg_of_event_first=options.participants == "leg of the event first",
            hang_up_fails_action=options.hang_up_during_action == "fails the action",
        )

    def new_id(self) -> str:
        """Return a UUID."""
        return self._account.new_uuid()

    def owns(self, number: str) -> bool:
        """Tell whether the account has a number."""
        return any(number in s.phone_numbers for s in self._account.stores.values())

    def person(self, number_or_host: str) -> Person:
        """Return how somebody takes calls; own numbers answer for themselves."""
        known = self.people.get(number_or_host)
        if known is not None:
            return known
        return _AWAY if self._leads_home(number_or_host) else _AT_ONCE

    def hosts(self, connector_arn: str) -> Sequence[str]:
        """Return where a voice connector or group sends calls to."""
        return hosts_of(self._account, connector_arn)

    def conversation(self, bot_alias_arn: str) -> Conversation:
        """Return what a conversation with a bot ends with."""
        return self.bots.get(bot_alias_arn, _NOT_UNDERSTOOD)

    def seconds(self, sound: str) -> float:
        """Return how long a sound takes. AWS: PA-15."""
        return 0.0

    def refusal(self, action_type: str, parameters: Mapping[str, Any]) -> str | None:
        """Return which refusal an action meets with: none. AWS: PA-24."""
        return None
