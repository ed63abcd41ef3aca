"""Ranges of phone numbers that belong to nobody, by country.

The numbering plans of North America, Australia, Germany, Ireland, Sweden and the United
Kingdom reserve numbers for fiction. For the other countries these are numbers that
their plan does not assign. The lower half of each range is offered to customers; the
upper half is set aside for proxy sessions, so that the two never meet. AWS: PN-02.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from proxymock.numbering_plan.countries import (
    COUNTRIES,
    countries_of,
    is_toll_free,
    types_of,
)
from proxymock.numbering_plan.nanp import (
    NORTH_AMERICA,
    area_codes,
    toll_free_prefixes,
)

Range = tuple[int, int]  # the first number and the size

_LOCAL: dict[str, tuple[Range, ...]] = {
    "AT": ((4310000000, 1000),),
    "AU": tuple((61_0_5550_0000 + area * 10**8, 1000) for area in (2, 3, 7, 8)),
    "CH": ((41000000000, 1000),),
    "DE": (
        (49_30_23125_000, 1000),
        (49_40_66969_000, 1000),
        (49_69_90009_000, 1000),
        (49_89_99998_000, 1000),
    ),
    "DK": ((45_10000_000, 1000),),
    "FI": ((358_20000000_000, 1000),),
    "GB": ((44_20_7946_0000, 1000),),
    "IE": ((353_20_910_0000, 1000),),
    "IT": ((39_100000_000, 1000),),
    "KR": ((82_200000_000, 1000),),
    "NG": ((234_1000000_000, 1000),),
    "NZ": ((64_10000_000, 1000),),
    "SE": ((46_8_465_00400, 100), (46_31_390_0600, 100), (46_40_628_0400, 100)),
}
# The United Kingdom also reserves toll-free numbers for fiction. In the other countries
# these numbers are a digit too short or too long for anybody to have them.
_TOLL_FREE: dict[str, tuple[Range, ...]] = {
    "AT": ((43_800_00_000, 1000),),
    "AU": ((61_1800_00_000, 1000),),
    "CH": ((41_800_00_000, 1000),),
    "DE": ((49_800_000_000, 1000),),
    "DK": ((45_80_00_000, 1000),),
    "FI": ((358_800_000, 1000),),
    "GB": ((44_8081_570_000, 1000),),
    "IE": ((353_1800_000_0000, 1000),),
    "IT": ((39_800_0_0000, 1000),),
    "KR": ((82_80_000_000, 1000),),
    "NG": ((234_800_000_000, 1000),),
    "NZ": ((64_80_00_000, 1000),),
    "SE": ((46_20_000, 1000),),
}


class _Fiction(NamedTuple):
    """A whole range: its first number, the first one set aside, and the end."""

    first: int
    set_aside: int
    end: int
    country: str
    type: str


@cache
def proxy_numbers(country: str) -> tuple[str, ...]:
    """Return the numbers of *country* for proxy sessions, in the order of texts."""
    return _ascending(
        range(_offered((first, size)).stop, first + size)
        for first, size in _ranges(country, "Local")
    )


@cache
def offered_numbers(country: str, type: str) -> tuple[str, ...]:
    """Return the numbers of *country* that a search offers, in the order of texts."""
    if type not in types_of(country):
        return ()
    return _ascending(map(_offered, _ranges(country, type)))


def offered_in_area(area_code: int) -> tuple[str, ...]:
    """Return the numbers of a North American area code that a search offers."""
    return _ascending([_offered(_north_american(area_code))])


def is_fictional(number: str) -> bool:
    """Tell whether an E.164 *number* is in one of the ranges."""
    return _range_of(number) is not None


def is_set_aside(number: str) -> bool:
    """Tell whether an E.164 *number* is set aside for proxy sessions. AWS: PN-02."""
    here = _range_of(number)
    return here is not None and int(number) >= here.set_aside


def kind_of(number: str) -> tuple[str, str]:
    """Return country and type of any E.164 *number*; an unknown country is "".

    >>> kind_of("+442079460000"), kind_of("+18885550100"), kind_of("+999")
    (('GB', 'Local'), ('US', 'TollFree'), ('', 'Local'))
    """
    here = _range_of(number)
    if here is not None:
        return here.country, here.type
    type = "TollFree" if is_toll_free(number) else "Local"
    countries = countries_of(number)
    # Where no area has it, +1 is the US's, not Canada's; +358 Finland's, not Åland's.
    likely = countries.intersection(COUNTRIES) or countries
    return "US" if "US" in likely else min(likely, default=""), type


def _range_of(number: str) -> _Fiction | None:
    value = int(number)
    index = bisect_right(_all_ranges(), (value + 1,)) - 1
    found = _all_ranges()[index]
    return found if found.first <= value < found.end else None


@cache
def _all_ranges() -> list[_Fiction]:
    return sorted(
        _Fiction(
            first,
            # Italy's local numbers are for proxy sessions alone.
            _offered((first, size)).stop if type in types_of(country) else first,
            first + size,
            country,
            type,
        )
        for country in COUNTRIES
        for type in ("Local", "TollFree")
        if type == "Local" or country not in {"CA", "PR"}  # those are the US's
        for first, size in _ranges(country, type)
    )


def _ascending(ranges: Iterable[range]) -> tuple[str, ...]:
    return tuple(sorted(f"+{number}" for numbers in ranges for number in numbers))


def _offered(numbers: Range) -> range:
    first, size = numbers
    return range(first, first + (size + 1) // 2)


def _ranges(country: str, type: str) -> tuple[Range, ...]:
    if country not in NORTH_AMERICA:
        return _LOCAL[country] if type == "Local" else _TOLL_FREE[country]
    codes = area_codes(country) if type == "Local" else toll_free_prefixes()
    return tuple(map(_north_american, codes))


def _north_american(area_code: int) -> Range:
    first = 10**10 + area_code * 10**7 + 5550100
    # 800 is the one area code in which others of these have been assigned.
    return (first + 99, 1) if area_code == 800 else (first, 100)
