"""Orders of phone numbers, and their outcomes."""

from __future__ import annotations

from proxymock.api.errors import BadRequestException
from proxymock.api.paging import View
from proxymock.numbering_plan.countries import types_of
from proxymock.numbering_plan.e164 import id_of, is_possible, number_of
from proxymock.numbering_plan.fictional_ranges import (
    is_fictional,
    is_set_aside,
    kind_of,
)
from proxymock.service.phone_number_inventory import (
    capabilities_of,
    check_phone_number_quota,
    check_region,
    countries_for,
    is_owned,
)
from proxymock.service.phone_number_progress import follow, read_orders
from proxymock.service.progress import begin
from proxymock.state.phone_numbers import PhoneNumber, PhoneNumberOrder
from proxymock.state.progress import PHONE_NUMBER_ORDER
from proxymock.state.store import Store


def create_phone_number_order(
    store: Store,
    *,
    product_type: str,
    e164_phone_numbers: list[str],
    name: str | None = None,
) -> PhoneNumberOrder:
    """Order numbers. Those set aside for proxy sessions will fail. AWS: PN-05."""
    check_region(store)
    # The API takes them without their plus sign, too.
    numbers = [number_of(number) for number in e164_phone_numbers]
    _check(store, product_type, numbers)
    check_phone_number_quota(store, more=len(numbers))
    outcomes = {n: "Failed" if is_set_aside(n) else "Acquired" for n in numbers}
    steps = ("Processing", _outcome(set(outcomes.values())))
    progress = begin(store, PHONE_NUMBER_ORDER, steps)
    now = store.now()
    order = PhoneNumberOrder(
        phone_number_order_id=store.new_uuid(lambda region: region.phone_number_orders),
        product_type=product_type,
        created_timestamp=now,
        updated_timestamp=now,
        sequence=store.account.next_sequence(),
        outcomes=outcomes,
        progress=progress,
    )
    store.phone_number_orders.enter(order)
    # At once, so that no second order can take them meanwhile.
    for number in numbers:
        store.phone_numbers.enter(_phone_number(store, order, number, name))
    follow(store, order)  # With an immediate transition it is ready already.
    return order


def _check(store: Store, product_type: str, numbers: list[str]) -> None:
    """Raise BadRequestException for an order that is refused as a whole. AWS: PN-06."""
    if not numbers:
        raise BadRequestException("E164PhoneNumbers must have at least 1 item, not 0")
    seen: set[str] = set()
    for number in numbers:
        if number in seen:
            raise BadRequestException(
                f"E164PhoneNumbers must have each number once, not '{number}' twice"
            )
        seen.add(number)
        if is_owned(store.account, number):
            raise BadRequestException(
                "E164PhoneNumbers must be numbers that the account does not have, "
                f"not '{number}'"
            )
        _check_kind(number, product_type)


def _check_kind(number: str, product_type: str) -> None:
    """Raise BadRequestException for a number that the service never has."""
    country, type = kind_of(number)
    countries = countries_for(product_type)
    if country not in countries:
        raise BadRequestException(
            f"E164PhoneNumbers must be numbers of {', '.join(countries)} "
            f"for {product_type}, not '{number}'"
        )
    if type not in types_of(country):
        raise BadRequestException(
            f"E164PhoneNumbers must be {' or '.join(types_of(country))} numbers "
            f"in {country}, not '{number}'"
        )
    # Some fictional numbers have a length that their plan does not allow.
    if not (is_fictional(number) or is_possible(number)):
        raise BadRequestException(
            f"E164PhoneNumbers must be as long as numbers of {country} are, "
            f"not '{number}'"
        )


def _outcome(outcomes: set[str]) -> str:
    if outcomes == {"Acquired"}:
        return "Successful"
    return "Failed" if outcomes == {"Failed"} else "Partial"


def _phone_number(
    store: Store, order: PhoneNumberOrder, number: str, name: str | None
) -> PhoneNumber:
    """Return a number that is being acquired."""
    country, type = kind_of(number)
    return PhoneNumber(
        phone_number_id=id_of(number),
        phone_number_arn=store.arn("phone-number", number),
        e164_phone_number=number,
        country=country,
        type=type,
        product_type=order.product_type,
        status="AcquireInProgress",
        capabilities=capabilities_of(country, type),
        created_timestamp=order.created_timestamp,
        updated_timestamp=order.updated_timestamp,
        order_id=order.phone_number_order_id,
        # An empty text is no name, as in UpdatePhoneNumber.
        name=name or None,
        sequence=store.account.next_sequence(),
    )


def get_phone_number_order(
    store: Store, *, phone_number_order_id: str
) -> PhoneNumberOrder:
    """Return an order."""
    order = store.phone_number_orders[phone_number_order_id]
    follow(store, order, read=True)
    return order


def list_phone_number_orders(store: Store) -> View[PhoneNumberOrder]:
    """Return the orders in the order of their creation."""
    read_orders(store)
    return store.phone_number_orders
