"""An account and its sandbox as plain values: equal means that nothing has changed."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from sortedcontainers import SortedList

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.sandbox.journal import Journal

PLAIN = (str, int, float, datetime, timedelta)  # most of what there is


def state() -> Any:
    """Return all of the default account, in all its regions, and what surrounds it."""
    simulation = chimesdkvoice_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].simulation
    return dump([simulation, simulation.options()], {})


def dump(thing: Any, seen: dict[int, tuple[int, Any]]) -> Any:
    """Return *thing* as plain values; what was *seen* before is a number."""
    if thing is None or isinstance(thing, PLAIN):
        return thing
    if isinstance(thing, itertools.count):
        return repr(thing)
    # The journal has refused requests as well: that is no change, and no state.
    if isinstance(thing, Random | Journal) or callable(thing):
        return type(thing).__name__
    if isinstance(thing, tuple | frozenset) and set(map(type, thing)) <= {str}:
        return thing  # such as all the numbers of a country
    if isinstance(thing, Mapping):
        return [(dump(key, seen), dump(item, seen)) for key, item in thing.items()]
    if isinstance(thing, set | frozenset):
        return sorted((dump(item, seen) for item in thing), key=repr)
    if isinstance(thing, list | tuple | deque | SortedList):
        return [dump(item, seen) for item in thing]
    attributes = dict(_attributes(thing))
    if not attributes:
        return thing
    if id(thing) in seen:
        return f"<{type(thing).__name__} {seen[id(thing)][0]}>"
    seen[id(thing)] = len(seen), thing  # which keeps it, and so its id
    return {name: dump(value, seen) for name, value in attributes.items()}


def _attributes(thing: Any) -> Iterator[tuple[str, Any]]:
    slots = itertools.chain.from_iterable(
        getattr(type_, "__slots__", ()) for type_ in type(thing).__mro__
    )
    for name in (*slots, *getattr(thing, "__dict__", ())):
        yield name, getattr(thing, name)
