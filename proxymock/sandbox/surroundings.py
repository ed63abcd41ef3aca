"""What an account says to the calls that are under way in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from proxymock.service.quotas import QUOTAS, breach
from proxymock.state.calls import Call
from proxymock.state.store import Account
from proxymock.telephony import surroundings
from proxymock.telephony.people import Person
from proxymock.telephony.routing import hosts_of
from proxymock.telephony.surroundings import Conversation, Moment

_AT_ONCE = Person()
_AWAY = Person(answers="by hand")
_NOT_UNDERSTOOD = Conversation()


@dataclass(kw_only=True, slots=True)
class Refusal:
    """An error that waits for the next *times* actions of a type."""

    action: str
    error: str
    times: int


class AccountSurroundings:
    """The numbers of an account, and what a test has said of the world around them.

    *people* has how numbers and hosts take calls, *bots* what conversations end with,
    *sounds* how many seconds texts and objects take, *refusals* what actions meet with.

    Args:
        account: whose numbers and connectors.
        leads_home: tells whether a number is answered by the account itself.
    """

    def __init__(self, account: Account, leads_home: Callable[[str], bool]) -> None:
        self._account = account
        self._leads_home = leads_home
        self.people: dict[str, Person] = {}
        self.bots: dict[str, Conversation] = {}
        self.sounds: dict[str, float] = {}
        self.refusals: list[Refusal] = []
        # When the voice focus was changed last: as often as it may be in a second.
        self._focused: deque[datetime] = deque(maxlen=QUOTAS["VoiceFocus"][0])

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
        # A loop, as this is asked several times a call, and any() takes twice as long.
        for store in self._account.stores.values():
            if number in store.phone_numbers:
                return True
        return False

    def person(self, number_or_host: str) -> Person:
        """Return how somebody takes calls; own numbers answer for themselves."""
        # What a test says of an own number comes before what the account does.
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
        return self.sounds.get(sound, 0.0)

    def refusal(self, call: Call, action_type: str) -> str | None:
        """Return which refusal an action meets with, and count it. AWS: PA-24."""
        for refusal in self.refusals:
            if refusal.action == action_type:
                refusal.times -= 1
                # The loop ends here, so its list may change.
                if not refusal.times:
                    self.refusals.remove(refusal)
                return refusal.error
        if action_type not in _QUOTAS:
            return None
        count, error = _QUOTAS[action_type]
        why = count(self, call)
        if why is not None:
            Moment(call, self._account.now(), self).remark("chime", why)
        return None if why is None else error

    def _too_many_legs(self, call: Call) -> str | None:
        """Say that one leg more exceeds the quota of active calls. AWS: AC-01."""
        assert call.target is not None
        legs = self._account.calls.active_legs(call.target.region) + 1
        return breach(self._account.options(), "SipMediaApplicationCall", legs)

    def _too_much_focus(self, call: Call) -> str | None:
        """Say that one VoiceFocus more is too much, or else count it. AWS: AC-01."""
        now = self._account.now()
        a_second = timedelta(seconds=1)
        within = sum(now - a_second < at <= now for at in self._focused)
        why = breach(self._account.options(), "VoiceFocus", within + 1)
        if why is None:
            self._focused.append(now)
        return why


# What says that an action breaches a quota, and how the action fails then.
_QUOTAS: Mapping[str, tuple[Callable[[AccountSurroundings, Call], str | None], str]] = {
    "CallAndBridge": (AccountSurroundings._too_many_legs, "SystemException"),
    "VoiceFocus": (AccountSurroundings._too_much_focus, "ActionExecutionThrottled"),
}
