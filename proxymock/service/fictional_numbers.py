"""Phone numbers that belong to nobody, per country.

The numbering plans of North America, Australia, Germany, Ireland, Sweden and the United
Kingdom reserve numbers for fiction. For the other countries these are numbers that
their plan does not assign. The upper half of each range are proxy numbers, which AWS
owns; the lower half is what a customer may order, so that the two never meet.
AWS: PN-02.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache

from proxymock.api import spec

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
# The United Kingdom reserves toll-free numbers for fiction, too. In the other countries
# these are a digit too short, or too long, for anybody to have them.
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
_NORTH_AMERICA = ("CA", "PR", "US")

# AWS: PN-01. The service's documentation names these countries and no others.
COUNTRIES = tuple(sorted((*_LOCAL, *_NORTH_AMERICA)))
_ONLY_TYPE = {"CA": ("Local",), "IT": ("TollFree",)}


@cache
def proxy_numbers(country: str) -> tuple[str, ...]:
    """Return the numbers of *country* that proxy sessions may use, as texts ascend."""
    return _ascending(
        range(_orderable((first, size)).stop, first + size)
        for first, size in _ranges(country, "Local")
    )


@cache
def orderable_numbers(country: str, type: str) -> tuple[str, ...]:
    """Return the numbers of *country* that can be ordered, as texts ascend."""
    if type not in types_of(country):
        return ()
    return _ascending(map(_orderable, _ranges(country, type)))


def orderable_in_area(area_code: int) -> tuple[str, ...]:
    """Return the numbers of a North American area code that can be ordered."""
    return _ascending([_orderable(_north_american(area_code))])


def types_of(country: str) -> tuple[str, ...]:
    """Return the types of numbers that a *country* has."""
    return _ONLY_TYPE.get(country) or spec.shape("PhoneNumberType").enum


def origin_of(number: str) -> tuple[str, str] | None:
    """Return country and type of an orderable E.164 *number*, None for any other."""
    value = int(number)
    index = bisect_right(_origins(), (value + 1,)) - 1
    first, last, country, type = _origins()[index]
    return (country, type) if first <= value < last else None


def kind_of(number: str) -> tuple[str, str]:
    """Return country and type of any E.164 *number*, the country "" if it has none."""
    from phonenumbers import PhoneNumberType, number_type, parse

    origin = origin_of(number)
    if origin is not None:
        return origin
    countries = countries_of(number)
    if not countries:
        return "", "Local"
    toll_free = number_type(parse(number)) == PhoneNumberType.TOLL_FREE
    return (
        "US" if "US" in countries else min(countries),
        "TollFree" if toll_free else "Local",
    )


@cache
def _origins() -> list[tuple[int, int, str, str]]:
    """Return what can be ordered: first number, end, country and type, ascending."""
    return sorted(
        (numbers.start, numbers.stop, country, type)
        for country in COUNTRIES
        for type in types_of(country)
        if (country, type) != ("PR", "TollFree")  # the same as of the US
        for numbers in map(_orderable, _ranges(country, type))
    )


def _ascending(ranges: Iterable[range]) -> tuple[str, ...]:
    return tuple(sorted(f"+{number}" for numbers in ranges for number in numbers))


def _orderable(numbers: Range) -> range:
    first, size = numbers
    return range(first, first + (size + 1) // 2)


def _ranges(country: str, type: str) -> tuple[Range, ...]:
    if country not in _NORTH_AMERICA:
        return _LOCAL[country] if type == "Local" else _TOLL_FREE[country]
    codes = area_codes(country) if type == "Local" else toll_free_prefixes()
    return tuple(map(_north_american, codes))


def _north_american(area_code: int) -> Range:
    first = 10**10 + area_code * 10**7 + 5550100
    # 800 is the one area code in which others of these have been assigned.
    return (first + 99, 1) if area_code == 800 else (first, 100)


@cache
def toll_free_prefixes() -> tuple[int, ...]:
    """Return the toll-free area codes of North America, ascending."""
    pattern = spec.shape("TollFreePrefix").pattern
    assert pattern is not None
    return tuple(code for code in range(800, 900) if pattern.fullmatch(str(code)))


@cache
def area_codes(country: str) -> tuple[int, ...]:
    """Return the geographic area codes of a North American *country*, ascending."""
    from phonenumbers import (  # slow to import, and few need it
        PhoneNumber,
        PhoneNumberType,
        number_type,
        region_code_for_number,
    )

    def is_geographic(area: int) -> bool:
        number = PhoneNumber(country_code=1, national_number=area * 10**7 + 5550100)
        return (
            region_code_for_number(number) == country
            and number_type(number) == PhoneNumberType.FIXED_LINE_OR_MOBILE
        )

    return tuple(filter(is_geographic, range(200, 1000)))


@lru_cache
def countries_of(number: str) -> frozenset[str]:
    """Return the countries that an E.164 *number* may belong to: mostly one."""
    from phonenumbers import (
        COUNTRY_CODE_TO_REGION_CODE,
        NumberParseException,
        parse,
        region_code_for_number,
    )

    try:
        parsed = parse(number)
    except NumberParseException:
        return frozenset()
    country = region_code_for_number(parsed)
    if country is not None:
        return frozenset({country})
    return frozenset(COUNTRY_CODE_TO_REGION_CODE.get(parsed.country_code or 0, ()))


def place_of(number: str) -> tuple[str, str]:
    """Return country and area code of an E.164 *number*, empty where unknown."""
    from phonenumbers import (
        NumberParseException,
        length_of_geographical_area_code,
        national_significant_number,
        parse,
        region_code_for_number,
    )

    try:
        parsed = parse(number)
    except NumberParseException:
        return "", ""
    national = national_significant_number(parsed)
    area_code = national[: length_of_geographical_area_code(parsed)]
    return region_code_for_number(parsed) or "", area_code


def area_prefix(country: str, area_code: str) -> str:
    """Return how the E.164 numbers of an area begin; a trunk zero may be given.

    Where the zero is part of the number itself, as in Italy, it stays.
    """
    from phonenumbers import country_code_for_region

    return f"+{country_code_for_region(country)}{_significant(country, area_code)}"


def _significant(country: str, area_code: str) -> str:
    from phonenumbers import example_number

    example = example_number(country)
    if example is not None and example.italian_leading_zero:
        return area_code
    return area_code.lstrip("0")
