"""Phone numbers that belong to nobody, per country.

The numbering plans of North America, Australia, Germany, Ireland, Sweden and the United
Kingdom reserve numbers for fiction. For the other countries these are numbers that
their plan does not assign. Half of each range are proxy numbers, which AWS owns; the
other half is what a customer may order, so that the two never meet.
"""

from __future__ import annotations

from functools import cache, lru_cache

# Country → the ranges, as their first number and their size.
_RANGES = {
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
_NORTH_AMERICA = ("CA", "PR", "US")

# AWS: PN-01. The service's documentation names these countries and no others.
COUNTRIES = tuple(sorted((*_RANGES, *_NORTH_AMERICA)))


@cache
def proxy_numbers(country: str) -> tuple[str, ...]:
    """Return the numbers of *country* that proxy sessions may use, as texts ascend."""
    return tuple(
        sorted(
            f"+{number}"
            for first, size in _ranges(country)
            for number in range(first + size // 2, first + size)
        )
    )


def _ranges(country: str) -> tuple[tuple[int, int], ...]:
    if country in _NORTH_AMERICA:
        return tuple((10**10 + a * 10**7 + 5550100, 100) for a in area_codes(country))
    return _RANGES[country]


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
    """Return how the E.164 numbers of an area begin; a trunk zero may be given."""
    from phonenumbers import country_code_for_region

    return f"+{country_code_for_region(country)}{area_code.lstrip('0')}"
