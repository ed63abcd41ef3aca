"""The progress of orders of phone numbers."""

from __future__ import annotations

from proxymock.service.progress import advance
from proxymock.state.phone_numbers import OUTCOMES, PhoneNumberOrder
from proxymock.state.store import Store


def follow(store: Store, order: PhoneNumberOrder, *, read: bool = False) -> None:
    """Let an order and its numbers move on as far as the transition says."""
    if not advance(store, order.progress, read=read):
        return
    store.phone_number_orders.end(order)
    order.updated_timestamp = order.progress.since
    for e164_number, outcome in order.outcomes.items():
        number = store.phone_numbers[e164_number]
        # ListPhoneNumbers finds numbers by their status.
        with store.phone_numbers.reindexed(number):
            number.status = OUTCOMES[outcome]
        number.updated_timestamp = order.updated_timestamp


def read_orders(store: Store) -> None:
    """Count a read for all orders in progress of the region."""
    # A copy: an order that ends leaves the dictionary.
    for order in tuple(store.phone_number_orders.in_progress.values()):
        follow(store, order, read=True)
