"""Which proxy number a session gets, and who is reached behind it.

The rule that makes masking work: the caller plus the dialled proxy number identify one
counterpart. So nobody ever has two live counterparts behind one number, on any
connector and in any region of the account.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Union

from sortedcontainers import SortedList

from proxymock.numbering_plan.countries import area_prefix, countries_of
from proxymock.numbering_plan.fictional_ranges import proxy_numbers

if TYPE_CHECKING:
    from proxymock.service.proxy_sessions import ProxySession

Pair = tuple[str, str]
Ranked = tuple[int, str]  # how many live sessions use a number, and the number
# Mostly it is one session, and a million dictionaries would weigh more than they do.
Sessions = Union["ProxySession", dict["ProxySession", None]]


class Numbers(NamedTuple):
    """Phone numbers as texts ascend, and as a set: most are asked about in vain."""

    ascending: tuple[str, ...]
    members: frozenset[str]

    @classmethod
    def of(cls, numbers: Iterable[str]) -> Numbers:
        """Return *numbers*, which may be in any order."""
        return cls(tuple(sorted(numbers)), frozenset(numbers))


@cache
def _generated(country: str) -> Numbers:
    return Numbers.of(proxy_numbers(country))


class Pool:
    """Proxy numbers ranked by use: the least used first, then ascending.

    Tens of thousands of numbers cost nothing until they are used: only those that have
    been are kept in order, the others are the rest of *numbers*.
    """

    def __init__(self, country: str, numbers: Numbers) -> None:
        self._country = country
        self._numbers, self._members = numbers
        self._uses: dict[str, int] = {}
        self._busy = SortedList()  # of Ranked
        self._returned = SortedList()  # numbers before _fresh that are not in use
        self._fresh = 0  # from here on a number that is not in use never was

    def __contains__(self, number: str) -> bool:
        return number in self._members

    def ranked(self) -> Iterator[Ranked]:
        """Yield all numbers, the best candidates first."""
        yield from ((0, number) for number in self._returned)
        for index in range(self._fresh, len(self._numbers)):
            if self._numbers[index] not in self._uses:
                yield 0, self._numbers[index]
        yield from self._busy

    def ranked_in_area(self, area_code: str) -> list[Ranked]:
        """Return the numbers of one area, the best candidates first."""
        prefix = area_prefix(self._country, area_code)
        first = bisect_left(self._numbers, prefix)
        last = bisect_left(self._numbers, prefix + ":")  # the character after 9
        return sorted((self._uses.get(n, 0), n) for n in self._numbers[first:last])

    def count(self, number: str, change: int) -> None:
        """Note that one session more or less uses *number*, if it is from here."""
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
        self._behind: dict[str, dict[str, Sessions]] = {}
        self._pools: dict[tuple[str, tuple[str, ...] | None], Pool] = {}

    def sessions(self, participant: str, proxy_number: str) -> tuple[ProxySession, ...]:
        """Return the live sessions of *participant* behind a number, oldest first.

        All of them are with the same counterpart.
        """
        sessions = self._behind.get(proxy_number, {}).get(participant, ())
        return tuple(sessions) if isinstance(sessions, dict | tuple) else (sessions,)

    def is_in_use(self, number: str) -> bool:
        """Tell whether live sessions use *number* as their proxy number."""
        return number in self._behind

    def live(self) -> Iterator[ProxySession]:
        """Yield every live session of the account, once."""
        for number, participants in self._behind.items():
            for participant in participants:
                for session in self.sessions(participant, number):
                    if session.participant_phone_numbers[0] == participant:
                        yield session

    def occupy(self, session: ProxySession) -> None:
        """Put a session that has begun behind its proxy number."""
        number = session.proxy_phone_number
        participants = self._behind.setdefault(number, {})
        first, second = session.participant_phone_numbers
        others = participants.get(first)
        if isinstance(others, dict):
            others[session] = None
        else:
            together = session if others is None else {others: None, session: None}
            participants[first] = participants[second] = together
        self._count(number, 1)

    def release(self, session: ProxySession) -> None:
        """Take a session that has ended from behind its proxy number."""
        number = session.proxy_phone_number
        participants = self._behind[number]
        first, second = session.participant_phone_numbers
        together = participants[first]
        if isinstance(together, dict):
            del together[session]
        if together is session or not together:
            del participants[first], participants[second]
        if not participants:
            del self._behind[number]
        self._count(number, -1)

    def _count(self, number: str, change: int) -> None:
        for pool in self._pools.values():
            pool.count(number, change)

    def _pool(self, country: str, source: tuple[str, ...] | None) -> Pool:
        key = country, source
        if key not in self._pools:
            numbers = (
                _generated(country)
                if source is None
                else Numbers.of([n for n in source if country in countries_of(n)])
            )
            pool = self._pools[key] = Pool(country, numbers)
            for session in self.live():
                pool.count(session.proxy_phone_number, 1)
        return self._pools[key]

    def pools(
        self, countries: Iterable[str], source: tuple[str, ...] | None
    ) -> dict[str, Pool]:
        """Return the pools of *countries*.

        Args:
            countries: whose numbers may be used.
            source: the numbers to choose from, None for the generated ones.
        """
        return {country: self._pool(country, source) for country in countries}

    def passing_pools(self, numbers: Mapping[str, Iterable[str]]) -> dict[str, Pool]:
        """Return pools of a few *numbers* per country, for one choice.

        The number that serves the fewest people is the least used.
        """
        pools = {}
        for country, few in numbers.items():
            pool = pools[country] = Pool(country, Numbers.of(few))
            for number in few:
                if number in self._behind:
                    pool.count(number, len(self._behind[number]))
        return pools

    def choose(
        self,
        pair: Pair,
        *,
        pools: Mapping[str, Pool],
        near: tuple[str, str],
        favourite: str | None,
        avoided: Iterable[str],
    ) -> str | None:
        """Return the best number for a new session of *pair*, None if there is none.

        Args:
            pair: the participants, E.164.
            pools: the numbers to choose from, per country.
            near: the country and the area code to prefer, each may be empty.
            favourite: the number to take if it can be taken.
            avoided: the numbers to take only if there are no others.
        """
        # AWS: PS-06
        spare = None
        for _, number in self._tiers(pools, favourite, near):
            if not self.is_blocked(number, pair):
                if number not in avoided:
                    return number
                spare = spare or number
        return spare

    def _tiers(
        self, pools: Mapping[str, Pool], favourite: str | None, near: tuple[str, str]
    ) -> Iterator[Ranked]:
        """Yield the numbers of *pools* by preference; some of them more than once."""
        if favourite and any(favourite in pool for pool in pools.values()):
            yield 0, favourite
        country, area_code = near
        here = [pool for name, pool in pools.items() if country in ("", name)]
        if area_code:
            yield from heapq.merge(*(pool.ranked_in_area(area_code) for pool in here))
        if country in pools:
            yield from pools[country].ranked()
        yield from heapq.merge(*(pool.ranked() for pool in pools.values()))

    def is_blocked(self, number: str, pair: Pair) -> bool:
        """Tell whether a participant has another counterpart behind *number*."""
        if number in pair:
            return True
        participants = self._behind.get(number, {})
        return any(
            _one_of(participants[participant]).participant_phone_numbers != pair
            for participant in pair
            if participant in participants
        )


def _one_of(sessions: Sessions) -> ProxySession:
    return next(iter(sessions)) if isinstance(sessions, dict) else sessions
