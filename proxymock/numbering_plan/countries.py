"""The countries whose numbers the service has, and the country of a number."""

from __future__ import annotations

from functools import lru_cache

from proxymock.api import spec
from proxymock.numbering_plan.e164 import as_library_number

# AWS: PN-01. The service's documentation names these countries and no others.
COUNTRIES = (
    *("AT", "AU", "CA", "CH", "DE", "DK", "FI", "GB"),
    *("IE", "IT", "KR", "NG", "NZ", "PR", "SE", "US"),
)
# DOCUMENTED. Numbers of the other countries are of both types.
_ONLY_TYPE = {"CA": ("Local",), "IT": ("TollFree",)}


def types_of(country: str) -> tuple[str, ...]:
    """Return the types of numbers that a *country* has."""
    return _ONLY_TYPE.get(country) or spec.shape("PhoneNumberType").enum


@lru_cache
def countries_of(number: str) -> frozenset[str]:
    """Return the countries that an E.164 *number* may belong to, usually one."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, region_code_for_number

    parsed = as_library_number(number)
    if parsed is None:
        return frozenset()
    country = region_code_for_number(parsed)
    if country is not None:
        return frozenset({country})
    # No country has these digits, but their calling code belongs to some.
    return frozenset(COUNTRY_CODE_TO_REGION_CODE.get(parsed.country_code or 0, ()))


@lru_cache
def country_of(number: str) -> str:
    """Return the country of an E.164 *number*, empty if its digits do not say.

    >>> country_of("+12065550100"), country_of("+911")
    ('US', '')
    """
    return place_of(number)[0]


def place_of(number: str) -> tuple[str, str]:
    """Return country and area code of an E.164 *number*, empty where unknown."""
    from phonenumbers import (
        length_of_geographical_area_code,
        national_significant_number,
        region_code_for_number,
    )

    parsed = as_library_number(number)
    if parsed is None:
        return "", ""
    national = national_significant_number(parsed)
    area_code = national[: length_of_geographical_area_code(parsed)]
    return region_code_for_number(parsed) or "", area_code


def is_toll_free(number: str) -> bool:
    """Tell whether an E.164 *number* is toll-free in its country."""
    from phonenumbers import PhoneNumberType, number_type

    parsed = as_library_number(number)
    return parsed is not None and number_type(parsed) == PhoneNumberType.TOLL_FREE


def area_prefix(country: str, area_code: str) -> str:
    """Return the first digits of the E.164 numbers of an area, with their plus sign.

    *area_code* may have a trunk zero, which is dropped. In Italy the zero is a part of
    the number and stays.

    >>> area_prefix("GB", "020"), area_prefix("IT", "06")
    ('+4420', '+3906')
    """
    from phonenumbers import country_code_for_region

    return f"+{country_code_for_region(country)}{_significant(country, area_code)}"


def _significant(country: str, area_code: str) -> str:
    from phonenumbers import example_number

    example = example_number(country)
    if example is not None and example.italian_leading_zero:
        return area_code
    return area_code.lstrip("0")
