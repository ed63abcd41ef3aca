"""The choice of the proxy number of a session."""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from proxymock.numbering_plan.countries import area_prefix, countries_of
from proxymock.numbering_plan.fictional_ranges import proxy_numbers
from proxymock.state.ended_sessions import Pair
from proxymock.state.numbering import Numbering, Numbers, Pool, Ranked


# All accounts share them: a country may have tens of thousands.
@cache
def _generated(country: str) -> Numbers:
    return Numbers.of(proxy_numbers(country))


def _listed(country: str, source: tuple[str, ...]) -> Numbers:
    return Numbers.of([n for n in source if country in countries_of(n)])


def pools(
    numbering: Numbering, countries: Iterable[str], source: tuple[str, ...] | None
) -> dict[str, Pool]:
    """Return the pools of *countries*.

    Args:
        numbering: the live sessions behind each number.
        countries: the countries whose numbers may be used.
        source: the numbers to choose from, None for generated ones.
    """
    return {
        country: numbering.pool(
            (country, source),
            # Not made yet: only the first call for a pool needs its numbers.
            partial(_generated, country)
            if source is None
            else partial(_listed, country, source),
        )
        for country in countries
    }


def passing_pools(
    numbering: Numbering, numbers: Mapping[str, Iterable[str]]
) -> dict[str, Pool]:
    """Return pools of a few *numbers* per country, for one choice.

    In them, the use of a number is the number of people whom it serves.
    """
    pools = {}
    for country, few in numbers.items():
        pool = pools[country] = Pool(Numbers.of(few))
        for number in few:
            pool.count(number, numbering.participants(number))
    return pools


class Candidates(NamedTuple):
    """What the number of a new session is chosen from.

    Args:
        pair: the participants, E.164.
        pools: the numbers to choose from, per country.
        near: the country and the area code to prefer. Each may be empty.
        favourite: the number to take if it is not blocked.
        avoided: the numbers to take only if there are no others. Its ``in`` must be
            fast, since it is asked for each candidate.
    """

    pair: Pair
    pools: Mapping[str, Pool]
    near: tuple[str, str]
    favourite: str | None
    avoided: Container[str]

    def in_order(self) -> Iterator[tuple[str, Iterable[Ranked]]]:
        """Yield the numbers by preference, in groups, each with what they share.

        Some numbers come more than once. Repetitions cost less than remembering what
        has been yielded: usually the first number is taken. AWS: PS-06.
        """
        yield from self._groups(self.avoided)
        if self.avoided:
            for why, numbers in self._groups(()):
                yield f"{why}, although the pair has had it", numbers

    def _groups(
        self, avoided: Container[str]
    ) -> Iterator[tuple[str, Iterable[Ranked]]]:
        pools, favourite = self.pools, self.favourite
        if favourite and any(favourite in pool for pool in pools.values()):
            # Its use does not matter, since it has no rival in this group.
            yield "the last number of the pair", [(0, favourite)]
        country, area_code = self.near
        if area_code:
            prefixes = [
                (pool, area_prefix(name, area_code))
                for name, pool in pools.items()
                # An area code without a country may be one of any of them.
                if country in ("", name)
            ]
            near = (pool.ranked_from(prefix, avoided) for pool, prefix in prefixes)
            # Merged, since each pool is in the order of its own use.
            yield "the least used of the area code", heapq.merge(*near)
        if country in pools:
            yield "the least used of the country", pools[country].ranked(avoided)
        ranked = (pool.ranked(avoided) for pool in pools.values())
        yield "the least used of all", heapq.merge(*ranked)


def choose(numbering: Numbering, candidates: Candidates) -> str | None:
    """Return the best number for a new session, None if all are blocked.

    *numbering* has the live sessions behind each number.
    """
    pair = candidates.pair
    for _, numbers in candidates.in_order():
        for _, number in numbers:
            if not numbering.is_blocked(number, pair):
                return number
    return None
