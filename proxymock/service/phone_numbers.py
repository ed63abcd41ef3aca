"""Phone numbers that the account owns, and what they are associated with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proxymock.api.errors import (
    BadRequestException,
    ConflictException,
    NotFoundException,
    VoiceError,
)
from proxymock.service.proxy_sessions import e164
from proxymock.service.store import Store


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


def assign(store: Store, number: PhoneNumber, name: str, value: str) -> None:
    """Associate a number with the resource *value* of the kind *name*."""
    now = store.now()
    number.associations.append(
        {"Name": name, "Value": value, "AssociatedTimestamp": now}
    )
    number.status = "Assigned"
    number.updated_timestamp = now


def unassign(store: Store, number: PhoneNumber) -> None:
    """Remove all associations of a number."""
    number.associations.clear()
    number.status = "Unassigned"
    number.updated_timestamp = store.now()


def is_associated(number: PhoneNumber, name: str, value: str) -> bool:
    """Tell whether a number is associated with the resource *value*."""
    return any(
        association["Name"] == name and association["Value"] == value
        for association in number.associations
    )


def associate(
    store: Store, numbers: list[str], *, name: str, value: str, force: bool
) -> list[Mapping[str, str]]:
    """Associate numbers with the resource *value*; return PhoneNumberErrors.

    AWS: PN-08. A number that cannot be associated does not stop the others.
    """
    errors = []
    for number in numbers:
        try:
            _associate(store, store.phone_numbers[e164(number)], name, value, force)
        except VoiceError as error:
            errors.append(phone_number_error(number, error))
    return errors


def _associate(
    store: Store, number: PhoneNumber, name: str, value: str, force: bool
) -> None:
    if is_associated(number, name, value):
        return
    if number.product_type != "VoiceConnector":
        raise BadRequestException(
            f"Phone number '{number.e164_phone_number}' has the product type "
            f"{number.product_type}, not VoiceConnector"
        )
    if number.associations and not force:
        raise ConflictException(
            f"Phone number '{number.e164_phone_number}' is associated already",
            code="PhoneNumberAssociationsExist",
        )
    if number.status not in {"Assigned", "Unassigned"}:
        raise BadRequestException(
            f"Phone number '{number.e164_phone_number}' is {number.status}"
        )
    unassign(store, number)
    assign(store, number, name, value)


def disassociate(
    store: Store, numbers: list[str], *, name: str, value: str
) -> list[Mapping[str, str]]:
    """Remove numbers from the resource *value*; return PhoneNumberErrors."""
    errors = []
    for text in numbers:
        try:
            number = store.phone_numbers[e164(text)]
            if not is_associated(number, name, value):
                raise NotFoundException(
                    f"Phone number '{number.e164_phone_number}' is not associated "
                    f"with '{value}'"
                )
            unassign(store, number)
        except VoiceError as error:
            errors.append(phone_number_error(text, error))
    return errors


def phone_number_error(number: str, error: VoiceError) -> Mapping[str, str]:
    """Return what a batch answers for a number that failed."""
    return {
        "PhoneNumberId": number,
        "ErrorCode": error.code,
        "ErrorMessage": error.message,
    }
