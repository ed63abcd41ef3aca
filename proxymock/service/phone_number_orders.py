"""Orders of phone numbers, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
from proxymock.service.phone_numbers import (
    PhoneNumber,
    read_orders,
)
from proxymock.service.progress import PHONE_NUMBER_ORDER, Progress
from proxymock.service.store import Store


@dataclass(kw_only=True, slots=True, eq=False)
class PhoneNumberOrder:
    """Numbers that are to be acquired, and whether each of them is in the end."""

    phone_number_order_id: str
    product_type: str
    order_type: str = "New"
    created_timestamp: datetime
    updated_timestamp: datetime
    foc_date: None = None  # only ported numbers have one
    sequence: int
    outcomes: Mapping[str, str]
    progress: Progress

    @property
    def status(self) -> str:
        """How the order as a whole is getting on."""
        return self.progress.status

    @property
    def ordered_phone_numbers(self) -> list[Mapping[str, str]]:
        """How each of its numbers is getting on."""
        waiting = self.status if self.status == "Processing" else None
        return [
            {"E164PhoneNumber": number, "Status": waiting or outcome}
            for number, outcome in self.outcomes.items()
        ]

    def settle(self, store: Store, *, read: bool = False) -> None:
        """Move on, and the numbers with it, as far as the transition says."""
        if not self.progress.advance(store, read=read):
            return
        store.orders_in_progress.remove(self)
        self.updated_timestamp = self.progress.since
        for e164_number, outcome in self.outcomes.items():
            number = store.phone_numbers[e164_number]
            with store.phone_numbers.changing(number):
                number.status = OUTCOMES[outcome]
            number.updated_timestamp = self.updated_timestamp


# What becomes of a number, and its status then.
OUTCOMES = {"Acquired": "Unassigned", "Failed": "AcquireFailed"}


def create_phone_number_order(
    store: Store,
    *,
    product_type: str,
    e164_phone_numbers: list[str],
    name: str | None = None,
) -> PhoneNumberOrder:
    """Begin to acquire numbers; those set aside for proxy sessions fail. AWS: PN-05."""
    check_region(store)
    numbers = [number_of(number) for number in e164_phone_numbers]
    _check(store, product_type, numbers)
    check_phone_number_quota(store, more=len(numbers))
    outcomes = {n: "Failed" if is_set_aside(n) else "Acquired" for n in numbers}
    steps = ("Processing", _outcome(set(outcomes.values())))
    progress = Progress.begun(store, PHONE_NUMBER_ORDER, steps)
    now = store.now()
    order = PhoneNumberOrder(
        phone_number_order_id=store.new_uuid(),
        product_type=product_type,
        created_timestamp=now,
        updated_timestamp=now,
        sequence=store.account.next_sequence(),
        outcomes=outcomes,
        progress=progress,
    )
    store.phone_number_orders.add(order.phone_number_order_id, order)
    store.orders_in_progress.add(order)
    for number in numbers:
        store.phone_numbers.add(number, _phone_number(store, order, number, name))
    order.settle(store)
    return order


def _check(store: Store, product_type: str, numbers: list[str]) -> None:
    """Raise BadRequestException for an order that cannot be. AWS: PN-06."""
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
    # Some fictional numbers are as long as no number of their plan.
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
        name=name or None,
        sequence=store.account.next_sequence(),
    )


def get_phone_number_order(
    store: Store, *, phone_number_order_id: str
) -> PhoneNumberOrder:
    """Return an order."""
    order = store.phone_number_orders[phone_number_order_id]
    order.settle(store, read=True)
    return order


def list_phone_number_orders(store: Store) -> View[PhoneNumberOrder]:
    """Return the orders in the order of their creation."""
    read_orders(store)
    return store.phone_number_orders
