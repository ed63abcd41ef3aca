"""Phone numbers that the account owns, and their associations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from proxymock.api.errors import (
    BadRequestException,
    ConflictException,
    NotFoundException,
    VoiceError,
)
from proxymock.api.paging import Filtered, View
from proxymock.numbering_plan.e164 import number_of
from proxymock.service.phone_number_inventory import check_phone_number_quota
from proxymock.service.phone_number_progress import follow, read_orders
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Store

DELETION_QUEUE = timedelta(days=7)  # DOCUMENTED


def get_phone_number(store: Store, *, phone_number_id: str) -> PhoneNumber:
    """Return a number. This counts as a read of its order. AWS: PN-04."""
    number = store.phone_numbers[number_of(phone_number_id)]
    if number.status == "AcquireInProgress":
        assert number.order_id is not None
        follow(store, store.phone_number_orders[number.order_id], read=True)
    return number


def list_phone_numbers(
    store: Store,
    *,
    status: str | None = None,
    product_type: str | None = None,
    filter_name: str | None = None,
    filter_value: str | None = None,
) -> View[PhoneNumber]:
    """Return the numbers that match all filters. AWS: PN-15."""
    if bool(filter_name) != bool(filter_value):
        raise BadRequestException("FilterName and FilterValue must come together")
    read_orders(store)
    filters = {
        "Status": status,
        "ProductType": product_type,
        # The API names these filters as a number names its associations.
        filter_name or "": filter_value,
    }
    keys = {(name, value) for name, value in filters.items() if value}
    if not keys:
        return store.phone_numbers
    # Walk the smallest group and test the other filters.
    fewest = min(map(store.phone_numbers.where, keys), key=len)
    return Filtered(fewest, lambda number: keys <= number.keys)


def delete_phone_number(store: Store, *, phone_number_id: str) -> None:
    """Put an unassigned number into the deletion queue. AWS: PN-09."""
    number = store.phone_numbers[number_of(phone_number_id)]
    if number.status == "AcquireFailed":  # AWS: PN-09. It was never acquired.
        store.phone_numbers.leave(number)
        return
    if number.associations:
        raise BadRequestException(
            f"Phone number '{number.e164_phone_number}' is associated; "
            "disassociate it first",
            code="PhoneNumberAssociationsExist",
        )
    require_status(number, "Unassigned")
    with store.phone_numbers.reindexed(number):
        number.status = "DeleteInProgress"
    number.updated_timestamp = store.now()
    store.phone_numbers.delete_at(number, number.updated_timestamp + DELETION_QUEUE)


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
    store.phone_numbers.delete_at(number, None)
    unassign(store, number)
    return number


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
    with store.phone_numbers.reindexed(number):
        number.associations.append(
            {"Name": name, "Value": value, "AssociatedTimestamp": now}
        )
        number.status = "Assigned"
    number.updated_timestamp = now


def unassign(store: Store, number: PhoneNumber) -> None:
    """Remove all associations of a number."""
    with store.phone_numbers.reindexed(number):
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
        unassign(store, number)  # from its former resource, if it is forced
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
        # Refusals alone: whatever else is raised is a fault of this code.
        except VoiceError as error:
            errors.append(
                {
                    "PhoneNumberId": number,
                    "ErrorCode": error.code,
                    "ErrorMessage": error.message,
                }
            )
    return errors
