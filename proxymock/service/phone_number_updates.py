"""Updates of phone numbers, and of the calling name that they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proxymock.api.errors import BadRequestException
from proxymock.numbering_plan.e164 import number_of
from proxymock.service.phone_number_inventory import countries_for
from proxymock.service.phone_numbers import (
    each,
    require_status,
)
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Store


def update_phone_number(
    store: Store,
    *,
    phone_number_id: str,
    product_type: str | None = None,
    calling_name: str | None = None,
    name: str | None = None,
) -> PhoneNumber:
    """Change one attribute of a number. AWS: PN-10."""
    changes = {"ProductType": product_type, "CallingName": calling_name, "Name": name}
    return _update(store, phone_number_id, changes)


def batch_update_phone_number(
    store: Store, *, update_phone_number_request_items: list[Mapping[str, str]]
) -> list[Mapping[str, str]]:
    """Change one attribute of each of several numbers. AWS: PN-10."""
    changes: dict[str, Mapping[str, str]] = {}
    for item in update_phone_number_request_items:
        number = number_of(item["PhoneNumberId"])
        if number in changes:
            raise BadRequestException(
                "UpdatePhoneNumberRequestItems must have each PhoneNumberId once, "
                f"not '{number}' twice"
            )
        changes[number] = item
    ids = [item["PhoneNumberId"] for item in update_phone_number_request_items]
    return each(ids, lambda id: _update(store, id, changes[number_of(id)]))


def _update(store: Store, id: str, changes: Mapping[str, str | None]) -> PhoneNumber:
    number = store.phone_numbers[number_of(id)]
    given = {
        attribute: value
        for attribute in _SETTERS
        if (value := changes.get(attribute)) is not None
    }
    if len(given) > 1:
        raise BadRequestException(
            f"{' and '.join(given)} must be updated one at a time, not together"
        )
    # Before any change: a number that is being deleted keeps what it has.
    require_status(number, "Assigned", "Unassigned")
    for attribute, value in given.items():
        _SETTERS[attribute](store, number, value)
        number.updated_timestamp = store.now()
    return number


def _set_product_type(store: Store, number: PhoneNumber, product_type: str) -> None:
    if number.country not in countries_for(product_type):
        raise BadRequestException(
            f"ProductType must be one for numbers of {number.country}, "
            f"not {product_type}"
        )
    if number.product_type != product_type:
        require_status(number, "Unassigned")
    # The table finds numbers by their product.
    with store.phone_numbers.reindexed(number):
        number.product_type = product_type


def _set_calling_name(store: Store, number: PhoneNumber, calling_name: str) -> None:
    if number.type == "TollFree":
        raise BadRequestException(
            f"CallingName must be left out for the toll-free number "
            f"'{number.e164_phone_number}'"
        )
    # An empty text is how the API takes a name away.
    number.calling_name = calling_name or None
    number.calling_name_status = "UpdateSucceeded" if calling_name else "Unassigned"


def _set_name(store: Store, number: PhoneNumber, name: str) -> None:
    number.name = name or None


_SETTERS: Mapping[str, Callable[[Store, PhoneNumber, str], None]] = {
    "ProductType": _set_product_type,
    "CallingName": _set_calling_name,
    "Name": _set_name,
}


def get_phone_number_settings(store: Store) -> Mapping[str, Any]:
    """Return the calling name of numbers that have none of their own."""
    return store.phone_number_settings


def update_phone_number_settings(store: Store, *, calling_name: str) -> None:
    """Set the calling name of numbers that have none of their own. AWS: PN-11."""
    store.phone_number_settings = {
        "CallingName": calling_name or None,
        "CallingNameUpdatedTimestamp": store.now(),
    }
