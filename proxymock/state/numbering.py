"""The live sessions behind each proxy number, and how much each number is used.

Masking works because the caller and the dialled proxy number together identify one
counterpart. So nobody ever has two live counterparts behind one number, on any
connector and in any region of the account.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import (
    Callable,
    Collection,
    Container,
    Hashable,
    Iterable,
    Iterator,
)
from itertools import filterfalse
from typing import NamedTuple

from sortedcontainers import SortedList

from proxymock.state.ended_sessions import Pair
from proxymock.state.proxy_sessions import ProxySession

Ranked = tuple[int, str]  # how many live sessions use a number, and the number
# Usually it is one session, and a dictionary for each would need more memory than it.
Sessions = ProxySession | dict[ProxySession, None]


class Numbers(NamedTuple):
    """Phone numbers in the order of texts, and as a set for quick membership tests."""

    ascending: tuple[str, ...]
    members: frozenset[str]

    @classmethod
    def of(cls, numbers: Iterable[str]) -> Numbers:
        """Return *numbers*, which may be in any order."""
        return cls(tuple(sorted(numbers)), frozenset(numbers))


class Pool:
    """Proxy numbers ranked by use: the least used first, then ascending.

    A pool may have tens of thousands of numbers. Only those that have been used are
    kept in sorted lists; the others are the rest of *numbers*, behind ``_fresh``.
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers, self._members = numbers
        self._uses: dict[str, int] = {}
        self._busy = SortedList()  # of Ranked
        self._returned = SortedList()  # numbers before _fresh that are not in use
        self._fresh = 0  # from here on a number that is not in use never was

    def __contains__(self, number: str) -> bool:
        return number in self._members

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return len(self._members)

    @property
    def in_use(self) -> int:
        """How many of them are in use."""
        return len(self._uses)

    def ranked(self, avoided: Container[str]) -> Iterator[Ranked]:
        """Yield all numbers but those *avoided*, the best candidates first."""
        # All numbers that a pair has had may come first. filterfalse skips them fast.
        for number in filterfalse(avoided.__contains__, self._returned):
            yield 0, number
        for index in range(self._fresh, len(self._numbers)):
            number = self._numbers[index]
            if number not in self._uses and number not in avoided:
                yield 0, number
        yield from (ranked for ranked in self._busy if ranked[1] not in avoided)

    def ranked_from(self, prefix: str, avoided: Container[str]) -> list[Ranked]:
        """Return the numbers that begin with *prefix*, in the same order."""
        first = bisect_left(self._numbers, prefix)
        last = bisect_left(self._numbers, prefix + ":")  # ":" follows "9" in ASCII.
        numbers = filterfalse(avoided.__contains__, self._numbers[first:last])
        return sorted((self._uses.get(number, 0), number) for number in numbers)

    def count(self, number: str, change: int) -> None:
        """Add *change* to the live sessions of *number*, if it is in the pool."""
        if number not in self._members:
            return
        before = self._uses.pop(number, 0)
        after = before + change
        if before:
            self._busy.remove((before, number))
        elif self._was_used(number):
            self._returned.remove(number)
        if after:
            self._uses[number] = after
            self._busy.add((after, number))
        elif self._was_used(number):
            self._returned.add(number)
        while (
            self._fresh < len(self._numbers)
            and self._numbers[self._fresh] in self._uses
        ):
            self._fresh += 1

    def _was_used(self, number: str) -> bool:
        fresh = self._numbers[self._fresh : self._fresh + 1]
        return not fresh or number < fresh[0]


class Numbering:
    """The proxy numbers of an account that live sessions use."""

    def __init__(self) -> None:
        self._sessions_by_number: dict[str, dict[str, Sessions]] = {}
        self._pools: dict[Hashable, Pool] = {}

    def sessions(self, participant: str, proxy_number: str) -> tuple[ProxySession, ...]:
        """Return the live sessions of *participant* behind a number, oldest first.

        All of them are with the same counterpart.
        """
        found = self._sessions_by_number.get(proxy_number, {}).get(participant, ())
        return tuple(found) if isinstance(found, dict | tuple) else (found,)

    def is_in_use(self, number: str) -> bool:
        """Tell whether live sessions use *number* as their proxy number."""
        return number in self._sessions_by_number

    def participants(self, number: str) -> int:
        """Return the number of people who reach somebody behind *number*."""
        return len(self._sessions_by_number.get(number, ()))

    def people(self, number: str) -> Iterator[str]:
        """Yield those people."""
        return iter(self._sessions_by_number.get(number, ()))

    def in_use(self) -> Collection[str]:
        """Return the numbers that live sessions use, in no order."""
        return self._sessions_by_number.keys()

    def numbers_of(self, participant: str) -> Iterator[str]:
        """Yield the proxy numbers behind which somebody has a live session."""
        for number, by_participant in self._sessions_by_number.items():
            if participant in by_participant:
                yield number

    def live(self) -> Iterator[ProxySession]:
        """Yield every live session of the account, once."""
        for number, by_participant in self._sessions_by_number.items():
            for participant in by_participant:
                for session in self.sessions(participant, number):
                    if session.participant_phone_numbers[0] == participant:
                        yield session

    def assign(self, session: ProxySession) -> None:
        """Put a new session behind its proxy number."""
        number = session.proxy_phone_number
        by_participant = self._sessions_by_number.setdefault(number, {})
        first, second = session.participant_phone_numbers
        others = by_participant.get(first)
        if isinstance(others, dict):
            others[session] = None
        else:
            together = session if others is None else {others: None, session: None}
            by_participant[first] = by_participant[second] = together
        for pool in self._pools.values():
            pool.count(number, 1)

    def release(self, sessions: Collection[ProxySession]) -> None:
        """Remove sessions that have ended from their proxy numbers."""
        fewer: dict[str, int] = defaultdict(int)
        for session in sessions:
            number = session.proxy_phone_number
            fewer[number] += 1
            by_participant = self._sessions_by_number[number]
            first, second = session.participant_phone_numbers
            together = by_participant[first]
            if isinstance(together, dict):
                del together[session]
            if together is session or not together:
                del by_participant[first], by_participant[second]
        for number, count in fewer.items():
            if not self._sessions_by_number[number]:
                del self._sessions_by_number[number]
            for pool in self._pools.values():
                pool.count(number, -count)

    def pool(self, key: Hashable, numbers: Callable[[], Numbers]) -> Pool:
        """Return the pool of *key*; the first call makes it of *numbers*."""
        if key not in self._pools:
            pool = self._pools[key] = Pool(numbers())
            for session in self.live():
                pool.count(session.proxy_phone_number, 1)
        return self._pools[key]

    def is_blocked(self, number: str, pair: Pair) -> bool:
        """Tell whether a participant has another counterpart behind *number*."""
        if number in pair:  # A participant cannot dial their own number.
            return True
        participants = self._sessions_by_number.get(number, {})
        for participant in pair:
            sessions = participants.get(participant)
            if sessions and _one_of(sessions).participant_phone_numbers != pair:
                return True
        return False


def _one_of(sessions: Sessions) -> ProxySession:
    return next(iter(sessions)) if isinstance(sessions, dict) else sessions
