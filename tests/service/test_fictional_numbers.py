from __future__ import annotations

import re

import phonenumbers
import pytest

from proxymock.api import spec
from proxymock.service.fictional_numbers import (
    COUNTRIES,
    area_codes,
    area_prefix,
    countries_of,
    place_of,
    proxy_numbers,
)

# What the numbering plans reserve for fiction.
RESERVED = {
    "AU": r"\+61[2378]5550\d{4}",
    "CA": r"\+1\d{3}55501\d\d",
    "DE": r"\+49(30 23125|40 66969|69 90009|89 99998)\d{3}",
    "GB": r"\+44 20 7946 0\d{3}",
    "IE": r"\+353 20 91\d \d{4}",
    "PR": r"\+1\d{3}55501\d\d",
    "SE": r"\+46(8 465 004|31 390 06|40 628 04)\d\d",
    "US": r"\+1\d{3}55501\d\d",
}
NORTH_AMERICA = ("CA", "PR", "US")


@pytest.mark.parametrize("country", sorted(RESERVED))
def test_reserved_numbers(country: str) -> None:
    """Where a plan reserves numbers for fiction, all numbers are of these."""
    reserved = re.compile(RESERVED[country], re.VERBOSE)

    assert [n for n in proxy_numbers(country) if not reserved.fullmatch(n)] == []


@pytest.mark.parametrize("country", sorted(set(COUNTRIES) - set(RESERVED)))
def test_unassigned_numbers(country: str) -> None:
    """Elsewhere all numbers are such that the plan gives them to nobody."""
    parsed = map(phonenumbers.parse, proxy_numbers(country))

    assert [n for n in parsed if phonenumbers.is_valid_number(n)] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_are_of_their_country(country: str) -> None:
    """All numbers of a country are called by its code, and are of no other country."""
    code = phonenumbers.country_code_for_region(country)
    for number in map(phonenumbers.parse, proxy_numbers(country)):
        assert number.country_code == code
        assert phonenumbers.region_code_for_number(number) in (country, None)


@pytest.mark.parametrize("country", NORTH_AMERICA)
def test_north_america_has_fifty_numbers_an_area(country: str) -> None:
    """A North American area has the proxy numbers 555-0150 to 555-0199."""
    assert proxy_numbers(country) == tuple(
        f"+1{area}55501{last}"
        for area in area_codes(country)
        for last in range(50, 100)
    )


@pytest.mark.parametrize(
    ("country", "area", "elsewhere"),
    [("US", 206, 416), ("CA", 416, 787), ("PR", 787, 206)],
)
def test_area_codes_of_a_country(country: str, area: int, elsewhere: int) -> None:
    """Each North American country has its own geographic area codes."""
    assert area in area_codes(country)
    assert elsewhere not in area_codes(country)
    assert not {800, 888, 900, 555} & set(area_codes(country))


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_are_what_the_api_takes(country: str) -> None:
    """All numbers are distinct E.164 numbers in ascending order."""
    numbers = proxy_numbers(country)
    pattern = spec.shape("E164PhoneNumber").pattern
    assert pattern is not None

    assert list(numbers) == sorted(set(numbers))
    assert [n for n in numbers if not pattern.fullmatch(n)] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_are_known_as_the_countrys(country: str) -> None:
    """A number that is listed explicitly counts for the country it is generated for."""
    assert [
        n for n in proxy_numbers(country)[::97] if country not in countries_of(n)
    ] == []


def test_countries_share_no_number() -> None:
    """No number is in the pools of two countries."""
    numbers = [number for country in COUNTRIES for number in proxy_numbers(country)]

    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("number", "countries"),
    [
        ("+12065550100", {"US"}),
        ("+447400000000", {"GB"}),
        ("+999123456789", set()),
        ("+1", set()),
    ],
)
def test_countries_of_a_number(number: str, countries: set[str]) -> None:
    """A number that its plan assigns has one country, an impossible one has none."""
    assert countries_of(number) == countries


def test_number_without_a_place_has_all_countries_of_its_code() -> None:
    """A number that no area has may belong to any country with its code."""
    assert {"CA", "PR", "US"} < countries_of("+15555550100")


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+12065550100", ("US", "206")),
        ("+442079460000", ("GB", "20")),
        ("+447400000000", ("GB", "")),
        ("+15555550100", ("", "")),
        ("+999123456789", ("", "")),
    ],
)
def test_place_of_a_number(number: str, place: tuple[str, str]) -> None:
    """A number has a country and an area as far as its plan gives it some."""
    assert place_of(number) == place


@pytest.mark.parametrize(
    ("country", "area_code", "prefix"),
    [
        ("US", "206", "+1206"),
        ("GB", "020", "+4420"),
        ("GB", "20", "+4420"),
        ("IT", "06", "+3906"),
    ],
)
def test_prefix_of_an_area(country: str, area_code: str, prefix: str) -> None:
    """The numbers of an area begin with its code, less the zero dialled at home."""
    assert area_prefix(country, area_code) == prefix
