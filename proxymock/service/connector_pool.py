"""The proxy numbers that a session of a connector may get."""

from __future__ import annotations

from collections.abc import Iterable

from proxymock.api.errors import BadRequestException
from proxymock.service import numbering
from proxymock.state.numbering import Pool
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Store

_DIRECTIONS = {
    "Voice": ("InboundCall", "OutboundCall"),
    "SMS": ("InboundSMS", "OutboundSMS"),
}


def pools(
    store: Store,
    voice_connector_id: str,
    countries: list[str],
    capabilities: Iterable[str],
) -> dict[str, Pool]:
    """Return the numbers, per country, that a new session may get. AWS: PN-12."""
    source = store.options.proxy_numbers
    if source != "connector":
        return numbering.pools(store.account.numbering, countries, source)
    numbers = numbers_of(store, voice_connector_id, countries, capabilities)
    # Not left to the choice, whose message would blame sessions for it.
    if not any(numbers.values()):
        raise BadRequestException(
            f"VoiceConnector '{voice_connector_id}' has no phone number of "
            f"{', '.join(countries)} with {' and '.join(capabilities)}"
        )
    # For this choice alone: what is associated changes between two of them.
    return numbering.passing_pools(store.account.numbering, numbers)


def numbers_of(
    store: Store,
    voice_connector_id: str,
    countries: list[str],
    capabilities: Iterable[str],
) -> dict[str, list[str]]:
    """Return the connector's own numbers, per country, with these capabilities."""
    numbers: dict[str, list[str]] = {country: [] for country in countries}
    for number in store.phone_numbers.where(("VoiceConnectorId", voice_connector_id)):
        if number.country in numbers and not _lacking(number, capabilities):
            numbers[number.country].append(number.e164_phone_number)
    return numbers


def check_capabilities(
    store: Store, session: ProxySession, capabilities: Iterable[str]
) -> None:
    """Raise BadRequestException if a session's number lacks one of *capabilities*.

    AWS: PN-12, PN-13. Only numbers of the account have capabilities.
    """
    number = session.proxy_phone_number
    if store.options.proxy_numbers != "connector" or number not in store.phone_numbers:
        return
    lacking = _lacking(store.phone_numbers[number], capabilities)
    if lacking:
        raise BadRequestException(
            f"Capabilities must be those of phone number '{number}', "
            f"which lacks {' and '.join(lacking)}"
        )


def _lacking(number: PhoneNumber, capabilities: Iterable[str]) -> list[str]:
    return [
        capability
        for capability in capabilities
        if not all(number.capabilities[way] for way in _DIRECTIONS[capability])
    ]
