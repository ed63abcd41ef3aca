"""The choice of the proxy number of a session."""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, partial

from proxymock.numbering_plan.countries import area_prefix, countries_of
from proxymock.numbering_plan.fictional_ranges import proxy_numbers
from proxymock.state.ended_sessions import Pair
from proxymock.state.numbering import Numbering, Numbers, Pool, Ranked


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


def choose(
    numbering: Numbering,
    pair: Pair,
    *,
    pools: Mapping[str, Pool],
    near: tuple[str, str],
    favourite: str | None,
    avoided: Container[str],
) -> str | None:
    """Return the best number for a new session of *pair*, None if there is none.

    Args:
        numbering: the live sessions behind each number.
        pair: the participants, E.164.
        pools: the numbers to choose from, per country.
        near: the country and the area code to prefer. Each may be empty.
        favourite: the number to take if it is not blocked.
        avoided: the numbers to take only if there are no others. Its ``in`` must be
            fast, since it is asked for each candidate.
    """
    # AWS: PS-06
    for passed_over in (avoided, ()):
        for _, number in _tiers(pools, favourite, near, passed_over):
            if not numbering.is_blocked(number, pair):
                return number
    return None


def _tiers(
    pools: Mapping[str, Pool],
    favourite: str | None,
    near: tuple[str, str],
    avoided: Container[str],
) -> Iterator[Ranked]:
    """Yield the numbers of *pools* by preference, some of them more than once.

    Repetitions cost less than remembering what has been yielded: usually the first
    number is taken.
    """
    if favourite and any(favourite in pool for pool in pools.values()):
        yield 0, favourite
    country, area_code = near
    if area_code:
        yield from heapq.merge(
            *(
                pool.ranked_from(area_prefix(name, area_code), avoided)
                for name, pool in pools.items()
                if country in ("", name)
            )
        )
    if country in pools:
        yield from pools[country].ranked(avoided)
    yield from heapq.merge(*(pool.ranked(avoided) for pool in pools.values()))
