"""Phone numbers that the account owns, and what they are associated with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from proxymock.api.errors import (
    BadRequestException,
    ConflictException,
    NotFoundException,
    VoiceError,
)
from proxymock.api.paging import Filtered, View
from proxymock.numbering_plan.e164 import number_of
from proxymock.service.phone_number_inventory import check_phone_number_quota
from proxymock.service.store import Store
from proxymock.service.tables import Key

DELETION_QUEUE = timedelta(days=7)  # DOCUMENTED


@dataclass(kw_only=True, slots=True, eq=False)
class PhoneNumber:
    """A number of the account. Its E.164 form is its key in the store."""

    phone_number_id: str
    phone_number_arn: str
    e164_phone_number: str
    country: str
    type: str
    product_type: str
    status: str
    capabilities: Mapping[str, bool]
    calling_name: str | None = None
    calling_name_status: str = "Unassigned"
    created_timestamp: datetime
    updated_timestamp: datetime
    deletion_timestamp: datetime | None = None
    order_id: str | None
    name: str | None = None
    sequence: int
    associations: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def keys(self) -> set[Key]:
        """What ListPhoneNumbers finds it by."""
        return {
            ("Status", self.status),
            ("ProductType", self.product_type),
            *((made["Name"], made["Value"]) for made in self.associations),
        }


def get_phone_number(store: Store, *, phone_number_id: str) -> PhoneNumber:
    """Return a number; the order that it comes from counts this as a read."""
    number = store.phone_numbers[number_of(phone_number_id)]
    if number.status == "AcquireInProgress":
        assert number.order_id is not None
        store.phone_number_orders[number.order_id].settle(store, read=True)
    return number


def list_phone_numbers(
    store: Store,
    *,
    status: str | None = None,
    product_type: str | None = None,
    filter_name: str | None = None,
    filter_value: str | None = None,
) -> View[PhoneNumber]:
    """Return the numbers that fit all that is given. AWS: PN-15."""
    if bool(filter_name) != bool(filter_value):
        raise BadRequestException("FilterName and FilterValue must come together")
    read_orders(store)
    filters = {
        "Status": status,
        "ProductType": product_type,
        filter_name or "": filter_value,
    }
    keys = {(name, value) for name, value in filters.items() if value}
    if not keys:
        return store.phone_numbers
    fewest = min(map(store.phone_numbers.having, keys), key=len)
    return Filtered(fewest, lambda number: keys <= number.keys)


def read_orders(store: Store) -> None:
    """Count a read for all orders that are in progress."""
    for order in tuple(store.orders_in_progress):
        order.settle(store, read=True)


def delete_phone_number(store: Store, *, phone_number_id: str) -> None:
    """Put an unassigned number into the deletion queue. AWS: PN-09."""
    number = store.phone_numbers[number_of(phone_number_id)]
    if number.status == "AcquireFailed":
        release(store, number, store.now())
        return
    if number.associations:
        raise BadRequestException(
            f"Phone number '{number.e164_phone_number}' is associated; "
            "disassociate it first",
            code="PhoneNumberAssociationsExist",
        )
    require_status(number, "Unassigned")
    with store.phone_numbers.changing(number):
        number.status = "DeleteInProgress"
    number.updated_timestamp = store.now()
    number.deletion_timestamp = store.now() + DELETION_QUEUE
    store.deadlines.add(number.deletion_timestamp, number, release)


def batch_delete_phone_number(
    store: Store, *, phone_number_ids: list[str]
) -> list[Mapping[str, str]]:
    """Put unassigned numbers into the deletion queue. AWS: PN-09."""
    return each(
        phone_number_ids, lambda id: delete_phone_number(store, phone_number_id=id)
    )


def restore_phone_number(store: Store, *, phone_number_id: str) -> PhoneNumber:
    """Take a number out of the deletion queue. AWS: PN-09."""
    number = store.phone_numbers[number_of(phone_number_id)]
    require_status(number, "DeleteInProgress")
    check_phone_number_quota(store, more=1)
    assert number.deletion_timestamp is not None
    store.deadlines.remove(number.deletion_timestamp, number, release)
    unassign(store, number)
    number.deletion_timestamp = None
    return number


def release(store: Store, number: PhoneNumber, at: datetime) -> None:
    """Return a number to the inventory at the end of its time in the queue."""
    store.phone_numbers.pop(number.e164_phone_number)


def associate_phone_numbers_with_voice_connector(
    store: Store,
    *,
    voice_connector_id: str,
    e164_phone_numbers: list[str],
    force_associate: bool = False,
) -> list[Mapping[str, str]]:
    """Associate numbers with a connector. AWS: PN-08."""
    connector = store.voice_connectors[voice_connector_id]
    return associate(
        store,
        e164_phone_numbers,
        name="VoiceConnectorId",
        value=connector.voice_connector_id,
        force=force_associate,
    )


def disassociate_phone_numbers_from_voice_connector(
    store: Store, *, voice_connector_id: str, e164_phone_numbers: list[str]
) -> list[Mapping[str, str]]:
    """Remove numbers from a connector. AWS: PN-08."""
    connector = store.voice_connectors[voice_connector_id]
    return disassociate(
        store,
        e164_phone_numbers,
        name="VoiceConnectorId",
        value=connector.voice_connector_id,
    )


def assign(store: Store, number: PhoneNumber, name: str, value: str) -> None:
    """Associate a number with the resource *value* of the kind *name*."""
    now = store.now()
    with store.phone_numbers.changing(number):
        number.associations.append(
            {"Name": name, "Value": value, "AssociatedTimestamp": now}
        )
        number.status = "Assigned"
    number.updated_timestamp = now


def unassign(store: Store, number: PhoneNumber) -> None:
    """Remove all associations of a number."""
    with store.phone_numbers.changing(number):
        number.associations.clear()
        number.status = "Unassigned"
    number.updated_timestamp = store.now()


def is_associated(number: PhoneNumber, name: str, value: str) -> bool:
    """Tell whether a number is associated with the resource *value*."""
    return (name, value) in number.keys


def associate(
    store: Store, numbers: list[str], *, name: str, value: str, force: bool
) -> list[Mapping[str, str]]:
    """Associate numbers with the resource *value*; return PhoneNumberErrors.

    AWS: PN-08. A number that cannot be associated does not stop the others.
    """

    def associate_one(text: str) -> None:
        number = store.phone_numbers[number_of(text)]
        if is_associated(number, name, value):
            return
        if number.product_type != "VoiceConnector":
            raise BadRequestException(
                f"Phone number '{number.e164_phone_number}' must have the product type "
                f"VoiceConnector, not {number.product_type}"
            )
        if number.associations and not force:
            raise ConflictException(
                f"Phone number '{number.e164_phone_number}' is associated already",
                code="PhoneNumberAssociationsExist",
            )
        require_status(number, "Assigned", "Unassigned")
        unassign(store, number)
        assign(store, number, name, value)

    return each(numbers, associate_one)


def disassociate(
    store: Store,
    numbers: list[str],
    *,
    name: str,
    value: str,
    others_are_errors: bool = True,
) -> list[Mapping[str, str]]:
    """Remove numbers from the resource *value*; return PhoneNumberErrors.

    Numbers of the account that the resource does not have are left as they are.
    """

    def disassociate_one(text: str) -> None:
        number = store.phone_numbers[number_of(text)]
        if is_associated(number, name, value):
            unassign(store, number)
        elif others_are_errors:
            raise NotFoundException(
                f"Phone number '{number.e164_phone_number}' is not associated "
                f"with '{value}'"
            )

    return each(numbers, disassociate_one)


def require_status(number: PhoneNumber, *statuses: str) -> None:
    """Raise BadRequestException unless a number has one of *statuses*."""
    if number.status not in statuses:
        raise BadRequestException(
            f"Phone number '{number.e164_phone_number}' must be "
            f"{' or '.join(statuses)}, not {number.status}"
        )


def each(
    numbers: Iterable[str], act: Callable[[str], object]
) -> list[Mapping[str, str]]:
    """Call *act* for each of *numbers*; return PhoneNumberErrors for the refusals."""
    errors: list[Mapping[str, str]] = []
    for number in numbers:
        try:
            act(number)
        except VoiceError as error:
            errors.append(
                {
                    "PhoneNumberId": number,
                    "ErrorCode": error.code,
                    "ErrorMessage": error.message,
                }
            )
    return errors
