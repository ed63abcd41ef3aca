"""Where the service keeps its state: one Account, with one Store per region.

A service function gets the store of the request's account and region::

    def get_voice_connector(store, *, voice_connector_id):
        return store.voice_connectors[voice_connector_id]

A lookup that fails raises NotFoundException by itself. Time is derived, not scheduled:
what falls due waits in ``store.deadlines`` until the next request settles it.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import count
from operator import attrgetter
from random import Random
from threading import RLock
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar
from uuid import UUID

from sortedcontainers import SortedKeyList, SortedList

from proxymock.api.errors import NotFoundException
from proxymock.service.numbering import Numbering
from proxymock.service.settings import Settings

if TYPE_CHECKING:
    from proxymock.service.phone_numbers import PhoneNumber
    from proxymock.service.voice_connectors import VoiceConnector


class Sequenced(Protocol):
    """A thing that knows when it was made, relative to all others of its account."""

    @property
    def sequence(self) -> int:
        """The rank in the order of creation."""
        ...


Thing = TypeVar("Thing", bound=Sequenced)


class Ordered(Generic[Thing]):
    """Things in the order of their creation; a view that can start anywhere."""

    def __init__(self) -> None:
        self._things = SortedKeyList(key=attrgetter("sequence"))

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def after(self, position: int) -> Iterator[tuple[int, Thing]]:
        """Yield the things that were made after the one at *position*."""
        later = self._things.irange_key(position, None, inclusive=(False, True))
        return ((thing.sequence, thing) for thing in later)

    def add(self, thing: Thing) -> None:
        """Put *thing* where its sequence says."""
        self._things.add(thing)

    def remove(self, thing: Thing) -> None:
        """Take *thing* out."""
        self._things.remove(thing)


class Table(Generic[Thing]):
    """Things by their id, and in the order of their creation.

    Args:
        kind: what NotFoundException calls one of them.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._by_id: dict[str, Thing] = {}
        self._ordered: Ordered[Thing] = Ordered()
        self.after = self._ordered.after

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self.kind}>"

    def __getitem__(self, id: str) -> Thing:
        try:
            return self._by_id[id]
        except KeyError:
            raise NotFoundException.of(self.kind, id) from None

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._ordered)

    def __len__(self) -> int:
        return len(self._by_id)

    def add(self, id: str, thing: Thing) -> Thing:
        """Keep *thing* under *id* and return it."""
        self._by_id[id] = thing
        self._ordered.add(thing)
        return thing

    def pop(self, id: str) -> Thing:
        """Take the thing with this *id* out and return it."""
        thing = self[id]
        del self._by_id[id]
        self._ordered.remove(thing)
        return thing


Lapse = Callable[["Store", Thing, datetime], None]


class Deadlines:
    """What falls due and when, in order; settled at the next request."""

    def __init__(self) -> None:
        self._due = SortedList()

    def __iter__(self) -> Iterator[tuple[datetime, int, Any, Lapse[Any]]]:
        """Yield what falls due: when, its thing's sequence, the thing, the lapse."""
        return iter(self._due)

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
        self.stores: dict[str, Store] = {}
        self.numbering = Numbering()
        self.lock = RLock()
        self._sequence = count()

    def __repr__(self) -> str:
        return f"<Account {self.account_id} in {', '.join(self.stores) or 'no region'}>"

    def store(self, region: str) -> Store:
        """Return the state of *region*."""
        if region not in self.stores:
            with self.lock:
                self.stores.setdefault(region, Store(self, region))
        return self.stores[region]

    def settle(self) -> None:
        """Let everything happen that has fallen due."""
        now = self.now()
        for store in self.stores.values():
            store.deadlines.settle(store, now)

    def new_uuid(self) -> str:
        """Return a fresh UUID."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

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
        self.phone_numbers: Table[PhoneNumber] = Table("PhoneNumber")
        self.voice_connectors: Table[VoiceConnector] = Table("VoiceConnector")

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


_ID_CHARACTERS = string.ascii_lowercase + string.digits


def tags_of(tags: list[Mapping[str, str]] | None) -> dict[str, str]:
    """Return a list of tags as the API takes it as a mapping."""
    return {tag["Key"]: tag["Value"] for tag in tags or ()}
