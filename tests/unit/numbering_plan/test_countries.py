from __future__ import annotations

import pytest

from proxymock.numbering_plan.countries import (
    area_prefix,
    countries_of,
    is_toll_free,
    place_of,
)


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


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+18662345678", True),
        ("+12065550100", False),
        ("+448081570000", True),
        ("+999", False),
    ],
)
def test_toll_free_numbers(number: str, expected: bool) -> None:
    """The plan of its country says whether a number is toll-free."""
    assert is_toll_free(number) is expected
