from __future__ import annotations

import re
from itertools import chain, combinations

import phonenumbers
import pytest

from proxymock.api import spec
from proxymock.numbering_plan.countries import COUNTRIES, countries_of, types_of
from proxymock.numbering_plan.fictional_ranges import (
    is_fictional,
    is_set_aside,
    kind_of,
    offered_numbers,
    proxy_numbers,
)
from proxymock.numbering_plan.nanp import NORTH_AMERICA, area_codes

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
KINDS = [(country, type) for country in COUNTRIES for type in types_of(country)]
# The plans that reserve numbers for fiction, for calls of that type.
FOR_FICTION = {
    (country, "Local") for country in ("AU", "CA", "DE", "GB", "PR", "SE", "US")
}
FOR_FICTION |= {("GB", "TollFree"), ("PR", "TollFree"), ("US", "TollFree")}


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


@pytest.mark.sampled(10)
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


@pytest.mark.sampled(10)
@pytest.mark.parametrize(("country", "type"), KINDS)
def test_numbers_belong_to_nobody(country: str, type: str) -> None:
    """What is offered is reserved for fiction, or is no number of the plan."""
    reserved = (country, type) in FOR_FICTION

    assert {
        phonenumbers.is_valid_number(phonenumbers.parse(number))
        for number in offered_numbers(country, type)
    } == {reserved}


@pytest.mark.parametrize(("country", "type"), KINDS)
def test_numbers_know_where_they_come_from(country: str, type: str) -> None:
    """Country and type can be told from a number; Puerto Rico shares the toll-free."""
    expected = ("US" if (country, type) == ("PR", "TollFree") else country, type)
    numbers = offered_numbers(country, type)

    assert {kind_of(number) for number in numbers} == {expected}
    assert {is_fictional(number) for number in numbers} == {True}
    assert {is_set_aside(number) for number in numbers} == {False}


def test_nobody_else_has_the_numbers() -> None:
    """No number is offered in two countries, or is a proxy number as well."""
    lots = [
        set(offered_numbers(country, type))
        for country, type in KINDS
        if (country, type) != ("PR", "TollFree")
    ]
    lots.append(set(chain(*map(proxy_numbers, COUNTRIES))))

    assert [one & other for one, other in combinations(lots, 2) if one & other] == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_proxy_numbers_are_set_aside(country: str) -> None:
    """What proxy sessions use is a local number of its country, and for no customer."""
    numbers = proxy_numbers(country)

    assert {kind_of(number) for number in numbers} == {(country, "Local")}
    assert {is_set_aside(number) for number in numbers} == {True}


@pytest.mark.parametrize(
    ("number", "set_aside"),
    [
        ("+18885550149", False),
        ("+18885550150", True),
        ("+18005550199", False),
        ("+442079460499", False),
        ("+442079460500", True),
        ("+390000000000", False),
        ("+39100000000", True),  # Italy sells no local number,
        ("+39100000500", True),
        ("+12065550099", False),
        ("+12065550200", False),
        ("+12", False),
        ("+999999999999999", False),
    ],
)
def test_edges_of_what_is_set_aside(number: str, set_aside: bool) -> None:
    """The upper half of a range is set aside, toll-free ones included."""
    assert is_set_aside(number) is set_aside


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+12065551234", ("US", "Local")),
        ("+18662345678", ("US", "TollFree")),
        ("+15551234567", ("US", "Local")),  # no area has it
        ("+447700900123", ("GB", "Local")),
        ("+358123456789", ("FI", "Local")),  # the code is Åland's, too
        ("+442071234567", ("GB", "Local")),
        ("+390612345678", ("IT", "Local")),
        ("+33199000000", ("FR", "Local")),
        ("+999", ("", "Local")),
        ("+1", ("", "Local")),
    ],
)
def test_kind_of_other_numbers(number: str, kind: tuple[str, str]) -> None:
    """A number that no search offers has a country all the same, if it is one."""
    assert kind_of(number) == kind
