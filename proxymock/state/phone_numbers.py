"""Phone numbers that the account owns, and the orders that they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proxymock.state.deadlines import Deadlines, Due
from proxymock.state.progress import Progress
from proxymock.state.tables import Indexed, Key, Table


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


class PhoneNumbers(Indexed[PhoneNumber]):
    """The numbers of a region. Each leaves at its DeletionTimestamp, if it has one."""

    def __init__(self, deadlines: Deadlines) -> None:
        super().__init__("PhoneNumber", "e164_phone_number")
        self._deadlines = deadlines
        self._on_due = self._release

    def enter(self, number: PhoneNumber) -> PhoneNumber:
        """Keep a number and return it. Raises AlreadyThere."""
        super().enter(number)
        if number.deletion_timestamp is not None:
            self._deadlines.add(number.deletion_timestamp, number, self._on_due)
        return number

    def leave(self, number: PhoneNumber) -> None:
        """Return a number to the inventory."""
        # First the deadline, which would otherwise look for a number that is gone.
        self.delete_at(number, None)
        super().leave(number)

    def delete_at(self, number: PhoneNumber, when: datetime | None) -> None:
        """Let a number leave at an instant in UTC, or never if *when* is None."""
        if number.deletion_timestamp is not None:
            self._deadlines.remove(number.deletion_timestamp, number, self._on_due)
        number.deletion_timestamp = when
        if when is not None:
            self._deadlines.add(when, number, self._on_due)

    def _release(self, due: Sequence[Due]) -> None:
        for _, _, number, _ in due:
            # Not by its own leave(): the deadline has gone by falling due.
            super().leave(number)


# The outcome for an ordered number, and the status that the number then has.
OUTCOMES = {"Acquired": "Unassigned", "Failed": "AcquireFailed"}


@dataclass(kw_only=True, slots=True, eq=False)
class PhoneNumberOrder:
    """An order of numbers, with the outcome that each of them will have."""

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
        """The status of the order as a whole."""
        return self.progress.status

    @property
    def ordered_phone_numbers(self) -> list[Mapping[str, str]]:
        """The status of each of its numbers."""
        waiting = self.status if self.status == "Processing" else None
        return [
            {"E164PhoneNumber": number, "Status": waiting or outcome}
            for number, outcome in self.outcomes.items()
        ]


class PhoneNumberOrders(Table[PhoneNumberOrder]):
    """The orders of a region, and which of them are in progress."""

    def __init__(self) -> None:
        super().__init__("PhoneNumberOrder", "phone_number_order_id")
        # By their sequence. The door looks here at each request.
        self.in_progress: dict[int, PhoneNumberOrder] = {}

    def enter(self, order: PhoneNumberOrder) -> PhoneNumberOrder:
        """Keep an order and return it. Raises AlreadyThere."""
        super().enter(order)
        if not order.progress.is_final:
            self.in_progress[order.sequence] = order
        return order

    def end(self, order: PhoneNumberOrder) -> None:
        """Note that an order has come to its end."""
        del self.in_progress[order.sequence]
