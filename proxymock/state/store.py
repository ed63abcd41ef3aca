"""The state of the service: one Account, with one Store per region.

A service function gets the store of the request's account and region::

    def get_voice_connector(store, *, voice_connector_id):
        return store.voice_connectors[voice_connector_id]

A lookup that fails raises NotFoundException by itself. Nothing is scheduled: a deadline
waits in ``account.deadlines`` until a request or a command comes in by the door.
"""

from __future__ import annotations

import string
from collections import deque
from collections.abc import Callable, Container, Mapping
from datetime import datetime
from itertools import count
from random import Random
from typing import Any, ClassVar

from proxymock.state.account_calls import Calls
from proxymock.state.analysis_tasks import AnalysisTask
from proxymock.state.client_requests import ClientRequests
from proxymock.state.deadlines import Deadlines
from proxymock.state.masking import ProxySessions
from proxymock.state.numbering import Numbering
from proxymock.state.options import Options
from proxymock.state.phone_numbers import PhoneNumberOrders, PhoneNumbers
from proxymock.state.sip import SipMediaApplications, SipRules
from proxymock.state.tags import Tags
from proxymock.state.voice_analytics import (
    AnalysisTasks,
    CallAnalyses,
    VoiceProfileDomains,
    VoiceProfiles,
)
from proxymock.state.voice_connectors import (
    Setting,
    VoiceConnector,
    VoiceConnectorGroups,
    VoiceConnectors,
)

Effect = Callable[[], object]
OnSetting = Callable[["Store", VoiceConnector, str, Setting], None]
OnTask = Callable[["Store", AnalysisTask], None]
Taken = Callable[["Store"], Container[str]]  # returns the ids of a kind in a region


def _nothing(
    store: Store, connector: VoiceConnector, name: str, setting: Setting
) -> None:
    """Need nothing for a setting."""


def _nobody(store: Store, task: AnalysisTask) -> None:
    """Tell nobody of an analysis task."""


class Account:
    """An AWS account: the stores of its regions, and what they share.

    Args:
        account_id: twelve digits.
        now: returns the time on the account's clock, UTC.
        random: the source of ids.
        options: returns the options in force.
        transition: returns the transition of a model of moto's state manager.
    """

    # The attributes of a saved state, and those that follow from it and the stores.
    STATE: ClassVar = ("call_analyses", "calls")
    DERIVED: ClassVar = ("stores", "numbering", "deadlines", "sequence")

    def __init__(
        self,
        account_id: str,
        now: Callable[[], datetime],
        random: Random,
        options: Callable[[], Options],
        transition: Callable[[str], Mapping[str, Any]],
    ) -> None:
        self.account_id = account_id
        self.now = now
        self.random = random
        self.options = options
        self.transition = transition
        # Replaced and never changed, since another thread may iterate over it.
        self.stores: Mapping[str, Store] = {}
        self.numbering = Numbering()
        self.deadlines = Deadlines()
        self.sequence = count()
        self.call_analyses = CallAnalyses()
        self.calls = Calls(self.deadlines)
        # Calls to make after the account is unlocked: see ``service/door.py``.
        self.effects: deque[Effect] = deque()
        # Called with each setting of a voice connector that is put, and its name.
        self.on_setting: OnSetting = _nothing
        # Called with each analysis task that begins or has ended.
        self.on_task: OnTask = _nobody

    def __repr__(self) -> str:
        return f"<Account {self.account_id} in {', '.join(self.stores) or 'no region'}>"

    def store(self, region: str) -> Store:
        """Return the state of *region*."""
        if region not in self.stores:
            self.stores = {**self.stores, region: Store(self, region)}
        return self.stores[region]

    def new_uuid(self) -> str:
        """Return a UUID of version 4 that is not the key of any table."""
        return new_uuid(self.random)

    def next_sequence(self) -> int:
        """Return the sequence of a new thing: its rank in the order of creation."""
        return next(self.sequence)

    def continue_after(self, sequence: int) -> None:
        """Let the sequences of new things begin after *sequence*."""
        self.sequence = count(sequence + 1)

    def adopt(self, other: Account) -> None:
        """Replace the own state by that of *other*, which must not be used any more."""
        for name in (*self.STATE, *self.DERIVED):
            setattr(self, name, getattr(other, name))
        for store in self.stores.values():
            store.account = self


class Store:
    """The state of one account in one region."""

    # The attributes of a saved state, in its order, and those that follow from them.
    STATE: ClassVar = (
        "tags",
        "phone_numbers",
        "phone_number_orders",
        "phone_number_settings",
        "sip_media_applications",
        "sip_rules",
        "voice_connectors",
        "voice_profile_domains",
        "voice_profiles",
        "voice_connector_groups",
        "global_settings",
    )
    DERIVED: ClassVar = ("analysis_tasks", "client_requests", "proxy_sessions")

    def __init__(self, account: Account, region: str) -> None:
        due = account.deadlines
        self.account = account
        self.region = region
        self.tags: Tags = {}
        self.client_requests = ClientRequests()
        self.phone_numbers = PhoneNumbers(due)
        self.phone_number_orders = PhoneNumberOrders()
        self.phone_number_settings: Setting = {}
        self.sip_media_applications = SipMediaApplications(self.tags)
        self.sip_rules = SipRules()
        self.voice_connectors = VoiceConnectors(self.tags)
        self.voice_connector_groups = VoiceConnectorGroups()
        self.proxy_sessions = ProxySessions(
            self.voice_connectors, account.numbering, due
        )
        self.analysis_tasks = AnalysisTasks(
            self.voice_connectors, self.client_requests, due
        )
        self.voice_profile_domains = VoiceProfileDomains(
            self.tags, self.client_requests
        )
        self.voice_profiles = VoiceProfiles(self.voice_profile_domains, due)
        self.global_settings: Setting = {}

    def __repr__(self) -> str:
        return f"<Store {self.account.account_id} {self.region}>"

    def now(self) -> datetime:
        """Return the instant on the account's clock, UTC."""
        return self.account.now()

    @property
    def options(self) -> Options:
        """The options in force."""
        return self.account.options()

    def new_uuid(self, taken: Taken, prefix: str = "") -> str:
        """Return *prefix* and a UUID, which nothing of its kind has in any region.

        Args:
            taken: returns the ids of the kind in a region.
            prefix: what the ids of the kind begin with.
        """
        return self._fresh(taken, lambda: prefix + self.account.new_uuid())

    def new_id(self, taken: Taken, length: int) -> str:
        """Return an id that nothing of its kind has in any region.

        It has *length* lower-case letters and digits, and begins with a letter. *taken*
        is as for ``new_uuid``.
        """
        choice = self.account.random.choice

        def drawn() -> str:
            rest = (choice(_ID_CHARACTERS) for _ in range(length - 1))
            return choice(string.ascii_lowercase) + "".join(rest)

        return self._fresh(taken, drawn)

    def _fresh(self, taken: Taken, draw: Callable[[], str]) -> str:
        # If a test sets a seed twice, the same ids are drawn twice.
        stores = self.account.stores.values()
        while True:
            id = draw()
            for store in stores:
                if id in taken(store):
                    break
            else:
                return id

    def arn(self, kind: str, id: str) -> str:
        """Return the ARN of a resource of this account and region."""
        # AWS: VC-04. The region is the endpoint's.
        return f"arn:aws:chime:{self.region}:{self.account.account_id}:{kind}/{id}"


def new_uuid(random: Random) -> str:
    """Return a UUID of version 4.

    Each request needs one, and uuid.UUID would take three times as long.
    """
    number = random.getrandbits(128) & ~_MARKS | _VERSION_4
    digits = number.to_bytes(16, "big").hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


# The bits of a UUID that tell its version and its variant, and what they tell.
_MARKS, _VERSION_4 = 0xF000_C000 << 48, 0x4000_8000 << 48

_ID_CHARACTERS = string.ascii_lowercase + string.digits
