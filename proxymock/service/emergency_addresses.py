"""Addresses for emergency calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api.errors import BadRequestException
from proxymock.state.store import Store


def validate_e911_address(
    store: Store,
    *,
    aws_account_id: str,
    street_number: str,
    street_info: str,
    city: str,
    state: str,
    country: str,
    postal_code: str,
) -> Mapping[str, Any]:
    """Answer that an address of the United States is valid. AWS: AC-03."""
    if country != "US":
        raise BadRequestException(f"Country must be US, not '{country}'")
    return {
        "ValidationResult": 0,
        # Nothing is kept of it, since no operation takes the id.
        "AddressExternalId": store.account.new_uuid(),
        "Address": {
            # Only the members of addresses begin with a small letter in the API.
            "streetName": street_info,
            "streetNumber": street_number,
            "city": city,
            "state": state,
            "postalCode": postal_code,
            "country": country,
        },
        "CandidateAddressList": [],
    }
