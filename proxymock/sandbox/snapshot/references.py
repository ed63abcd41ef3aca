"""References between the things of a state, which must lead to existing things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.places import Place
from proxymock.sandbox.snapshot.reader import read_as
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import an, field_types
from proxymock.state.store import Account
from proxymock.state.tables import Table


def check_references(account: Account, reading: Reading) -> None:
    """Refuse a thing that refers to another one that its region does not have."""
    known = {
        (region, f"{table.kind}Id"): set(map(table.key, table))
        for region, store in account.stores.items()
        for table in vars(store).values()
        if isinstance(table, Table)
    }
    for thing, at in reading.things.values():
        kind: type = type(thing)
        names = _blocks_of(kind)
        if not names:
            continue
        region = _region_of(at)
        for name, id in _references([getattr(thing, name) for name in names]):
            # A name that is not a table's refers to nothing here.
            if id not in known.get((region, name), {id}):
                raise SandboxError(
                    f"{at} refers to {name} '{id}', which is not in its region"
                )


@cache
def _blocks_of(kind: type) -> tuple[str, ...]:
    """Return the fields of a *kind* that may hold configuration blocks."""
    return tuple(
        name
        for name, declared in field_types(kind).items()
        # By its text, since a list or an optional type may be around it.
        if "Mapping[str, typing.Any]" in str(declared)
    )


def _region_of(place: Place) -> str:
    while place.above is not None and place.above.step != "Regions":
        place = place.above
    return str(place.step)


def _references(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the ids that configuration blocks refer to, each with its name."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _references(item)
    elif isinstance(value, Mapping):
        if "Name" in value and "Value" in value:
            yield value["Name"], value["Value"]
        if "VoiceConnectorId" in value:
            yield "VoiceConnectorId", value["VoiceConnectorId"]
        yield from _references(list(value.values()))


def put_tags(reading: Reading, tags: Any, region: Place) -> None:
    """Give the things of a region their tags. Refuse tags of a thing without tags."""
    at = Place(region, "Tags")
    read = read_as(Mapping[str, Any])
    for arn, given in read(reading, tags, region, "Tags").items():
        if arn not in reading.store.tags:
            raise SandboxError(f"{at} has {arn}, which is not there")
        for key, value in an(dict, given, at, arn).items():
            an(str, value, Place(at, arn), key)
        # In the order that is written: a thing has entered without, and before others.
        reading.store.tags[arn] = {**reading.store.tags.pop(arn), **given}
