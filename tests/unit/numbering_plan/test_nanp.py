from __future__ import annotations

from itertools import chain

import phonenumbers
import pytest
from phonenumbers import geocoder

from proxymock.numbering_plan.fictional_ranges import offered_in_area
from proxymock.numbering_plan.nanp import (
    area_codes,
    areas_of_city,
    areas_of_state,
    states,
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


def test_every_area_is_in_one_state() -> None:
    """The states share out the area codes of the United States."""
    areas = list(chain(*states().values()))

    assert len(states()) == 51
    assert len(set(areas)) == len(areas)
    assert set(area_codes("US")) <= set(areas)


@pytest.mark.parametrize(
    ("state", "name"),
    [("CA", "California"), ("NJ", "New Jersey"), ("TX", "Texas"), ("HI", "Hawaii")],
)
def test_areas_are_where_the_plan_has_them(state: str, name: str) -> None:
    """The library names the state, or one of its cities, for each of its areas."""
    places = {
        geocoder.description_for_number(
            phonenumbers.parse(offered_in_area(area)[0]), "en"
        )
        for area in areas_of_state(state)
    }

    assert {place for place in places if not place.endswith(f", {state}")} <= {name}


def test_city_is_in_its_state() -> None:
    """An area that reaches across a border is not the city's on the other side."""
    assert areas_of_city("New York", "NY") <= areas_of_state("NY")
    assert areas_of_city("Atlantis", "NY") == set()
