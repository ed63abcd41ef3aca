"""Where the service keeps its state: one Account, with one Store per region.

A service function gets the store of the request's account and region::

    def get_voice_connector(store, *, voice_connector_id):
        return store.voice_connectors[voice_connector_id]

A lookup that fails raises NotFoundException by itself. Time is derived, not scheduled:
what falls due waits in ``store.deadlines`` until the next request settles it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import count
from operator import attrgetter
from random import Random
from threading import RLock
from typing import TYPE_CHECKING, Any

from sortedcontainers import SortedList

from proxymock.service.client_requests import ClientRequests
from proxymock.service.numbering import Numbering
from proxymock.service.settings import Settings
from proxymock.service.tables import Indexed, Ordered, Table, Thing

if TYPE_CHECKING:
    from proxymock.service.analysis_tasks import AnalysisTask
    from proxymock.service.call_analyses import CallAnalysis
    from proxymock.service.connector_groups import VoiceConnectorGroup
    from proxymock.service.phone_number_orders import PhoneNumberOrder
    from proxymock.service.phone_numbers import PhoneNumber
    from proxymock.service.sip_calls import SipMediaApplicationCall
    from proxymock.service.sip_media_applications import SipMediaApplication
    from proxymock.service.sip_rules import SipRule
    from proxymock.service.voice_connectors import VoiceConnector
    from proxymock.service.voice_profile_domains import VoiceProfileDomain
    from proxymock.service.voice_profiles import VoiceProfile


Setting = Mapping[str, Any]  # a block that the API takes and answers as a whole
Lapse = Callable[["Store", Thing, datetime], None]


class Deadlines:
    """What falls due and when, in order; settled at the next request."""

    def __init__(self) -> None:
        self._due = SortedList()

    def add(self, when: datetime, thing: Thing, lapse: Lapse[Thing]) -> None:
        """Have ``lapse(store, thing, when)`` called at the instant *when*."""
        self._due.add((when, thing.sequence, thing, lapse))

    def remove(self, when: datetime, thing: Thing, lapse: Lapse[Thing]) -> None:
        """Forget what was added with the same arguments."""
        self._due.remove((when, thing.sequence, thing, lapse))

    def settle(self, store: Store, now: datetime) -> None:
        """Call what has fallen due by *now*, the earliest first."""
        while self._due and self._due[0][0] <= now:
            when, _, thing, lapse = self._due.pop(0)
            lapse(store, thing, when)


class Account:
    """An AWS account: its regions' stores and what they share.

    Args:
        account_id: twelve digits.
        now: the clock, UTC.
        random: the source of ids.
        settings: returns the settings in force.
        transition: returns how the status of a kind of thing moves on, in the words of
            moto's state manager.
    """

    def __init__(
        self,
        account_id: str,
        now: Callable[[], datetime],
        random: Random,
        settings: Callable[[], Settings],
        transition: Callable[[str], Mapping[str, Any]],
    ) -> None:
        self.account_id = account_id
        self.now = now
        self.random = random
        self.settings = settings
        self.transition = transition
        # Replaced, never changed: another request may walk it meanwhile.
        self.stores: Mapping[str, Store] = {}
        self.numbering = Numbering()
        self.call_analyses: Table[CallAnalysis] = Table("CallAnalysis")
        self.lock = RLock()
        self._sequence = count()

    def __repr__(self) -> str:
        return f"<Account {self.account_id} in {', '.join(self.stores) or 'no region'}>"

    def store(self, region: str) -> Store:
        """Return the state of *region*."""
        if region not in self.stores:
            with self.lock:
                store = self.stores.get(region) or Store(self, region)
                self.stores = {**self.stores, region: store}
        return self.stores[region]

    def settle(self) -> None:
        """Let everything happen that has fallen due."""
        now = self.now()
        for store in self.stores.values():
            store.deadlines.settle(store, now)
            if store.orders_in_progress:
                for order in tuple(store.orders_in_progress):
                    order.settle(store)

    def new_uuid(self) -> str:
        """Return a fresh UUID."""
        return new_uuid(self.random)

    def next_sequence(self) -> int:
        """Return the rank of a thing that is being made."""
        return next(self._sequence)

    def continue_after(self, sequence: int) -> None:
        """Rank what is made from now on behind *sequence*."""
        self._sequence = count(sequence + 1)


class Store:
    """The state of one account in one region."""

    def __init__(self, account: Account, region: str) -> None:
        self.account = account
        self.region = region
        self.deadlines = Deadlines()
        self.tags: dict[str, dict[str, str]] = {}
        self.phone_numbers: Indexed[PhoneNumber] = Indexed(
            "PhoneNumber", attrgetter("keys")
        )
        self.phone_number_orders: Table[PhoneNumberOrder] = Table("PhoneNumberOrder")
        self.orders_in_progress: Ordered[PhoneNumberOrder] = Ordered()
        self.phone_number_settings: Setting = {}
        self.sip_media_applications: Table[SipMediaApplication] = Table(
            "SipMediaApplication"
        )
        self.sip_media_application_calls: Indexed[SipMediaApplicationCall] = Indexed(
            "SipMediaApplicationCall", attrgetter("keys")
        )
        self.sip_rules: Indexed[SipRule] = Indexed("SipRule", attrgetter("keys"))
        self.voice_connectors: Table[VoiceConnector] = Table("VoiceConnector")
        self.voice_profile_domains: Table[VoiceProfileDomain] = Table(
            "VoiceProfileDomain"
        )
        self.voice_profiles: Indexed[VoiceProfile] = Indexed(
            "VoiceProfile", attrgetter("keys")
        )
        self.analysis_tasks: dict[str, AnalysisTask] = {}
        self.active_tasks: dict[tuple[str, str, str], AnalysisTask] = {}
        self.client_requests = ClientRequests()
        self.voice_connector_groups: Indexed[VoiceConnectorGroup] = Indexed(
            "VoiceConnectorGroup", attrgetter("keys")
        )
        self.global_settings: Setting = {}

    def __repr__(self) -> str:
        return f"<Store {self.account.account_id} {self.region}>"

    def now(self) -> datetime:
        """Return the instant on the account's clock, UTC."""
        return self.account.now()

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self.account.settings()

    def new_uuid(self) -> str:
        """Return a fresh UUID."""
        return self.account.new_uuid()

    def new_id(self, length: int) -> str:
        """Return a fresh id of letters and digits that begins with a letter."""
        choice = self.account.random.choice
        rest = (choice(_ID_CHARACTERS) for _ in range(length - 1))
        return choice(string.ascii_lowercase) + "".join(rest)

    def arn(self, kind: str, id: str) -> str:
        """Return the ARN of a resource of this account and region."""
        # AWS: VC-04. The region is the endpoint's.
        return f"arn:aws:chime:{self.region}:{self.account.account_id}:{kind}/{id}"


def new_uuid(random: Random) -> str:
    """Return a fresh UUID of version 4.

    Each request has one for itself; uuid.UUID would take three times as long.
    """
    digits = f"{random.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) % 4]
    return (
        f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-"
        f"{variant}{digits[17:20]}-{digits[20:]}"
    )


_ID_CHARACTERS = string.ascii_lowercase + string.digits


def tags_of(tags: list[Mapping[str, str]] | None) -> dict[str, str]:
    """Return a list of tags as the API takes it as a mapping. AWS: TG-02."""
    return {tag["Key"]: tag["Value"] for tag in tags or ()}
