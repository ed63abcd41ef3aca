from __future__ import annotations

from itertools import islice

import pytest

from proxymock.numbering_plan.fictional_ranges import offered_in_area
from proxymock.service.phone_number_inventory import search_available_phone_numbers
from proxymock.service.phone_number_orders import create_phone_number_order
from proxymock.service.phone_numbers import (
    associate_phone_numbers_with_voice_connector,
    list_phone_numbers,
)
from proxymock.service.voice_connectors import create_voice_connector
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Store
from proxymock.state.tables import Key


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
    numbers = list(offered_in_area(206))
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
