"""An account and its sandbox as plain values: equal means that nothing has changed."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from sortedcontainers import SortedList

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.sandbox.journal import Journal

Seen = dict[int, tuple[int, Any]]
Way = Callable[[Any, Seen], Any]
PLAIN = (type(None), str, int, float, datetime, timedelta)  # most of what there is
_WAYS: dict[type, Way] = {}


def state() -> Any:
    """Return all of the default account, in all its regions, and what surrounds it."""
    simulation = chimesdkvoice_backends[DEFAULT_ACCOUNT_ID]["us-east-1"].simulation
    return dump([simulation, simulation.options()], {})


def dump(thing: Any, seen: Seen) -> Any:
    """Return *thing* as plain values; what was *seen* before is a number."""
    kind = type(thing)
    way = _WAYS.get(kind)
    if way is None:
        way = _WAYS[kind] = _way_of(kind)
    return way(thing, seen)


def _way_of(kind: type) -> Way:
    """Return how things of this kind are dumped, for tests dump millions."""
    if issubclass(kind, PLAIN):
        return lambda thing, seen: thing
    if issubclass(kind, itertools.count):
        return lambda thing, seen: repr(thing)
    # The journal has refused requests as well: that is no change, and no state.
    if issubclass(kind, (Random, Journal, Callable)):  # type: ignore[arg-type]
        return lambda thing, seen: kind.__name__
    if issubclass(kind, Mapping):
        return lambda thing, seen: [
            (dump(key, seen), dump(item, seen)) for key, item in thing.items()
        ]
    if issubclass(kind, set | frozenset):
        return _dump_set
    if issubclass(kind, list | tuple | deque | SortedList):
        return _dump_sequence
    return _by_attributes(kind)


def _dump_set(things: set[Any] | frozenset[Any], seen: Seen) -> Any:
    if isinstance(things, frozenset) and _are_texts(things):
        return things
    return sorted((dump(item, seen) for item in things), key=repr)


def _dump_sequence(things: Any, seen: Seen) -> Any:
    if isinstance(things, tuple) and _are_texts(things):
        return things  # such as all the numbers of a country
    return [dump(item, seen) for item in things]


def _are_texts(things: frozenset[Any] | tuple[Any, ...]) -> bool:
    return set(map(type, things)) <= {str}


def _by_attributes(kind: type) -> Way:
    slots = [name for each in kind.__mro__ for name in getattr(each, "__slots__", ())]

    def dump_attributes(thing: Any, seen: Seen) -> Any:
        names = dict.fromkeys((*slots, *getattr(thing, "__dict__", ())))
        if not names:
            return thing
        if id(thing) in seen:
            return f"<{kind.__name__} {seen[id(thing)][0]}>"
        seen[id(thing)] = len(seen), thing  # which keeps it, and so its id
        return {name: dump(getattr(thing, name), seen) for name in names}

    return dump_attributes
