"""The pools of proxy numbers: what is free, what is in use, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from proxymock.numbering_plan.countries import countries_of
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.json_values import phone_number
from proxymock.sandbox.reads.filters import part_of_number
from proxymock.sandbox.reads.pages import MaxResults, cut_numbers
from proxymock.sandbox.simulation import Simulation
from proxymock.service import connector_pool, numbering
from proxymock.state.numbering import Numbering, Pool
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnector

MOST_PEOPLE = 60
_Key = tuple[str, str, str | None]  # the country, the source, the connector


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolView:
    """The proxy numbers of a country.

    *source* is ``Generated``, ``Listed`` (by the setting ``proxy_numbers``) or
    ``Connector``; *voice_connector_id* is whose numbers they are then.
    """

    country: str
    source: str
    voice_connector_id: str | None
    size: int
    in_use: int
    free: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberView:
    """A proxy number in use: by how many, and for whom it is blocked.

    It is blocked for each of *blocked_for* in every pair but the one that they are in
    now; *participants* is how many they are, of whom at most sixty are listed.
    """

    proxy_phone_number: str
    countries: tuple[str, ...]
    sessions: int
    participants: int
    blocked_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pools:
    """The pools, and a page of the numbers in use, in their own order.

    *total* is how many numbers in use there are.
    """

    pools: tuple[PoolView, ...]
    numbers: tuple[NumberView, ...]
    total: int
    next_token: str | None


@COMMANDS.command("GET", "pools")
def pools(
    simulation: Simulation,
    *,
    number: str | None = None,
    participant: str | None = None,
    filter: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Pools:
    """Return the pools of all connectors, and a page of the numbers in use.

    Args:
        simulation: the account.
        number: one proxy number alone, in any usual spelling, in use or not.
        participant: those alone that are blocked for this person.
        filter: a part of a proxy number; those in use alone that have it.
        max_results: the size of the page.
        next_token: where the page begins.

    Raises SandboxError.
    """
    used = simulation.account.numbering
    numbers = (
        {*used.in_use()}
        if participant is None
        else {*used.numbers_of(phone_number(participant, "Participant"))}
    )
    if number is not None:
        numbers = {phone_number(number, "Number")}
    part = part_of_number(filter)
    if part:
        numbers = {each for each in numbers if part in each}
    page, token = cut_numbers(numbers, max_results, next_token)
    # Connectors share generated and listed pools, which have the same key.
    found = dict(
        each for store in simulation.account.stores.values() for each in _pools(store)
    )
    return Pools(
        pools=tuple(_pool(*key, found[key]) for key in sorted(found, key=str)),
        numbers=tuple(_number(used, each) for each in page),
        total=len(numbers),
        next_token=token,
    )


def _pools(store: Store) -> Iterator[tuple[_Key, Pool]]:
    """Yield the pools of a region, those that connectors share more than once."""
    for connector in store.voice_connectors:
        proxy = connector.settings.get("Proxy")
        if proxy is not None:
            yield from _pools_of(store, connector, proxy["PhoneNumberCountries"])


def _pools_of(
    store: Store, connector: VoiceConnector, countries: list[str]
) -> Iterator[tuple[_Key, Pool]]:
    used, source = store.account.numbering, store.options.proxy_numbers
    id = None
    if source == "connector":
        id, name = connector.voice_connector_id, "Connector"
        # Whatever they can do: what a session needs is not known here.
        own = connector_pool.numbers_of(store, id, countries, ())
        found = numbering.passing_pools(used, own)
    else:
        name = "Generated" if source is None else "Listed"
        found = numbering.pools(used, countries, source)
    for country, pool in found.items():
        yield (country, name, id), pool


def _pool(country: str, source: str, id: str | None, pool: Pool) -> PoolView:
    return PoolView(
        country=country,
        source=source,
        voice_connector_id=id,
        size=pool.size,
        in_use=pool.in_use,
        free=pool.size - pool.in_use,
    )


def _number(used: Numbering, number: str) -> NumberView:
    return NumberView(
        proxy_phone_number=number,
        countries=tuple(sorted(countries_of(number))),
        # Each session is behind its number twice: once for each participant.
        sessions=sum(len(used.sessions(who, number)) for who in used.people(number))
        // 2,
        participants=used.participants(number),
        blocked_for=tuple(islice(used.people(number), MOST_PEOPLE)),
    )
