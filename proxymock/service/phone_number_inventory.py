"""The inventory: the numbers that the service offers, and their capabilities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from proxymock.api.errors import BadRequestException
from proxymock.numbering_plan.countries import COUNTRIES, types_of
from proxymock.numbering_plan.fictional_ranges import (
    offered_in_area,
    offered_numbers,
)
from proxymock.numbering_plan.nanp import (
    area_codes,
    areas_of_city,
    areas_of_state,
    toll_free_prefixes,
)
from proxymock.service.quotas import check_quota
from proxymock.state.store import Account, Store

_AREA_CODE = re.compile(r"\d{3}", re.ASCII)
_REGIONS = ("us-east-1", "us-west-2")  # DOCUMENTED


class Available:
    """The numbers that the account does not have yet, in their order."""

    page_size = 10  # AWS: PN-03

    def __init__(self, account: Account, numbers: tuple[str, ...]) -> None:
        self._account = account
        self._numbers = numbers

    def after(self, position: int) -> Iterator[tuple[int, str]]:
        """Yield the numbers behind *position*, each with its own; -1 is the start."""
        # Positions are of all that is offered, so that no order between two pages
        # lets a number be skipped.
        for index in range(position + 1, len(self._numbers)):
            if not is_owned(self._account, self._numbers[index]):
                yield index, self._numbers[index]


def search_available_phone_numbers(
    store: Store,
    *,
    area_code: str | None = None,
    city: str | None = None,
    country: str = "US",
    state: str | None = None,
    toll_free_prefix: str | None = None,
    phone_number_type: str | None = None,
) -> Available:
    """Return the offered numbers that match all filters. AWS: PN-03."""
    check_region(store)
    filters = {
        "AreaCode": area_code,
        "City": city,
        "State": state,
        "TollFreePrefix": toll_free_prefix,
    }
    given = [name for name, value in filters.items() if value]
    _check_filters(country, given, phone_number_type)
    _check_area(area_code or "", state or "")
    if country != "US":
        assert phone_number_type is not None
        return Available(store.account, offered_numbers(country, phone_number_type))
    codes = {code for code in (area_code, toll_free_prefix) if code}
    areas = _areas(codes, city or "", state or "", phone_number_type)
    numbers = tuple(n for area in areas for n in offered_in_area(area))
    return Available(store.account, numbers)


def _check_filters(country: str, given: list[str], type: str | None) -> None:
    if country not in COUNTRIES:
        raise BadRequestException(
            f"Country must be among {', '.join(COUNTRIES)}, not '{country}'"
        )
    if country == "US":
        if not given:
            raise BadRequestException(
                "AreaCode, City, State or TollFreePrefix is required with Country 'US'"
            )
        if "City" in given and "State" not in given:
            raise BadRequestException("State is required with City")
    elif given:
        raise BadRequestException(
            f"{' and '.join(given)} must be left out with Country '{country}'"
        )
    elif type is None:
        raise BadRequestException(
            f"PhoneNumberType is required with Country '{country}'"
        )


def _check_area(area_code: str, state: str) -> None:
    """Refuse an area code or a state that can never find anything. AWS: PN-18."""
    if area_code and not _AREA_CODE.fullmatch(area_code):
        raise BadRequestException(
            f"AreaCode must be three digits such as 206, not '{area_code}'"
        )
    if state and not areas_of_state(state):
        raise BadRequestException(
            "State must be the two letters of a state of the US, such as WA, or DC, "
            f"not '{state}'"
        )


def _areas(codes: set[str], city: str, state: str, type: str | None) -> list[int]:
    """Return the area codes of the US that match all filters, ascending."""
    areas: set[int] = set()
    if type != "TollFree":
        areas.update(area_codes("US"))
    if type != "Local":
        areas.update(toll_free_prefixes())
    if state:
        areas &= areas_of_state(state)
    if city:
        areas &= areas_of_city(city, state)
    return sorted(area for area in areas if codes <= {str(area)})


def list_supported_phone_number_countries(
    store: Store, *, product_type: str
) -> list[Mapping[str, Any]]:
    """Return the countries whose numbers a product takes, and their types."""
    return [
        {"CountryCode": country, "SupportedPhoneNumberTypes": types_of(country)}
        for country in countries_for(product_type)
    ]


def countries_for(product_type: str) -> tuple[str, ...]:
    """Return the countries whose numbers a product takes. AWS: PN-01."""
    return COUNTRIES if product_type == "SipMediaApplicationDialIn" else ("US",)


def capabilities_of(country: str, type: str) -> dict[str, bool]:
    """Return the capabilities of numbers of a country and type. AWS: PN-17."""
    messages = type == "Local" and country in {"CA", "US"}
    return {
        "InboundCall": True,
        "OutboundCall": True,
        "InboundSMS": messages,
        "OutboundSMS": messages,
        "InboundMMS": messages,
        "OutboundMMS": messages,
    }


def check_region(store: Store) -> None:
    """Raise BadRequestException in a region without phone numbers. AWS: PN-16."""
    if store.region not in _REGIONS:
        raise BadRequestException(
            f"Phone numbers must be ordered in {' or '.join(_REGIONS)}, "
            f"not in {store.region}"
        )


def is_owned(account: Account, number: str) -> bool:
    """Tell whether an account has an E.164 *number*, in any region."""
    return any(number in store.phone_numbers for store in account.stores.values())


def check_phone_number_quota(store: Store, *, more: int) -> None:
    """Raise ResourceLimitExceededException if the account may not have *more* numbers.

    AWS: PN-14. Those in the deletion queue, or never acquired, do not count.
    """
    stores = store.account.stores.values()
    # By the index, which counts: an account may have a million numbers.
    owned = sum(len(each.phone_numbers) for each in stores) - sum(
        len(each.phone_numbers.where(("Status", status)))
        for each in stores
        for status in ("AcquireFailed", "DeleteInProgress")
    )
    check_quota(store, "PhoneNumber", owned + more)
