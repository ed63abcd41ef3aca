from __future__ import annotations

from itertools import chain, combinations, islice

import phonenumbers
import pytest
from phonenumbers import geocoder

from proxymock.service.fictional_numbers import (
    COUNTRIES,
    area_codes,
    kind_of,
    orderable_in_area,
    orderable_numbers,
    origin_of,
    proxy_numbers,
    types_of,
)
from proxymock.service.phone_number_inventory import search_available_phone_numbers
from proxymock.service.phone_number_orders import create_phone_number_order
from proxymock.service.phone_numbers import (
    associate_phone_numbers_with_voice_connector,
    list_phone_numbers,
)
from proxymock.service.us_areas import areas_of_city, areas_of_state, states
from proxymock.service.voice_connectors import create_voice_connector
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Store
from proxymock.state.tables import Key

KINDS = [(country, type) for country in COUNTRIES for type in types_of(country)]
# The plans that reserve numbers for fiction, for calls of that type.
RESERVED = {
    (country, "Local") for country in ("AU", "CA", "DE", "GB", "PR", "SE", "US")
}
RESERVED |= {("GB", "TollFree"), ("PR", "TollFree"), ("US", "TollFree")}


@pytest.mark.parametrize(("country", "type"), KINDS)
def test_numbers_belong_to_nobody(country: str, type: str) -> None:
    """What can be ordered is reserved for fiction, or is no number of the plan."""
    reserved = (country, type) in RESERVED

    assert {
        phonenumbers.is_valid_number(phonenumbers.parse(number))
        for number in orderable_numbers(country, type)
    } == {reserved}


@pytest.mark.parametrize(("country", "type"), KINDS)
def test_numbers_know_where_they_come_from(country: str, type: str) -> None:
    """Country and type can be told from a number; Puerto Rico shares the toll-free."""
    expected = ("US" if (country, type) == ("PR", "TollFree") else country, type)
    numbers = orderable_numbers(country, type)

    assert {origin_of(number) for number in numbers} == {expected}
    assert {kind_of(number) for number in numbers[:3]} == {expected}


def test_nobody_else_has_the_numbers() -> None:
    """No number can be ordered in two countries, or be a proxy number as well."""
    lots = [
        set(orderable_numbers(country, type))
        for country, type in KINDS
        if (country, type) != ("PR", "TollFree")
    ]
    lots.append(set(chain(*map(proxy_numbers, COUNTRIES))))

    assert [one & other for one, other in combinations(lots, 2) if one & other] == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("+12065550150", ("US", "Local")),  # a proxy number
        ("+12065551234", ("US", "Local")),
        ("+18662345678", ("US", "TollFree")),
        ("+15551234567", ("US", "Local")),  # no area has it
        ("+447700900123", ("GB", "Local")),
        ("+390612345678", ("IT", "Local")),
        ("+33199000000", ("FR", "Local")),
        ("+999", ("", "Local")),
        ("+1", ("", "Local")),
    ],
)
def test_kind_of_other_numbers(number: str, kind: tuple[str, str]) -> None:
    """A number that cannot be ordered has a country all the same, if it is one."""
    assert origin_of(number) is None
    assert kind_of(number) == kind


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
            phonenumbers.parse(orderable_in_area(area)[0]), "en"
        )
        for area in areas_of_state(state)
    }

    assert {place for place in places if not place.endswith(f", {state}")} <= {name}


def test_city_is_in_its_state() -> None:
    """An area that reaches across a border is not the city's on the other side."""
    assert areas_of_city("New York", "NY") <= areas_of_state("NY")
    assert areas_of_city("Atlantis", "NY") == set()


def test_page_of_a_search_costs_what_it_holds(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search looks at no more numbers than it answers."""
    looked_at: list[str] = []
    monkeypatch.setattr(
        "proxymock.service.phone_number_inventory.is_owned",
        lambda account, number: looked_at.append(number),
    )

    list(islice(search_available_phone_numbers(store, state="CA").after(-1), 11))

    assert len(looked_at) == 11


def test_list_goes_by_the_narrowest_filter(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connector's few numbers are found without a look at all others."""
    numbers = list(orderable_in_area(206))
    create_phone_number_order(
        store, product_type="VoiceConnector", e164_phone_numbers=numbers
    )
    connector = create_voice_connector(store, name="Rides", require_encryption=True)
    id = connector.voice_connector_id
    associate_phone_numbers_with_voice_connector(
        store, voice_connector_id=id, e164_phone_numbers=numbers[-1:]
    )

    view = list_phone_numbers(
        store,
        product_type="VoiceConnector",
        filter_name="VoiceConnectorId",
        filter_value=id,
    )

    looked_at: list[PhoneNumber] = []
    keys = vars(PhoneNumber)["keys"]

    def counted_keys(number: PhoneNumber) -> set[Key]:
        looked_at.append(number)
        found: set[Key] = keys.fget(number)
        return found

    monkeypatch.setattr(PhoneNumber, "keys", property(counted_keys))
    assert [number.e164_phone_number for _, number in view.after(-1)] == numbers[-1:]
    assert len(looked_at) == 1
