"""What moto's dashboard and ``/moto-api/data.json`` show of the service.

moto shows the instances of its own model classes, which it keeps in lists. Ours are
found when it asks: one row for each thing, with the members that the API shows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from itertools import islice, repeat
from types import SimpleNamespace
from typing import Any, Protocol

from moto.core.model_instances import model_data

from proxymock.api import spec
from proxymock.api.rendering import renderer
from proxymock.sandbox.simulation import Simulation
from proxymock.state.calls import Call
from proxymock.state.store import Store

ROWS = 1000  # of each kind: the page holds them all, and a million would be too many


class Group(Protocol):
    """Things in the order of their creation."""

    def __len__(self) -> int: ...
    def __reversed__(self) -> Iterator[Any]: ...


def _tasks(kind: str) -> Callable[[Store], list[Group]]:
    return lambda store: [[t for t in store.analysis_tasks if type(t).__name__ == kind]]


GROUPS: Mapping[str, Callable[[Store], list[Group]]] = {
    "PhoneNumber": lambda store: [store.phone_numbers],
    "PhoneNumberOrder": lambda store: [store.phone_number_orders],
    "ProxySession": lambda store: [c.proxy_sessions for c in store.voice_connectors],
    "SipMediaApplication": lambda store: [store.sip_media_applications],
    "SipMediaApplicationCall": lambda store: [
        [c for c in store.account.calls if c.target and c.target.region == store.region]
    ],
    "SipRule": lambda store: [store.sip_rules],
    "SpeakerSearchTask": _tasks("SpeakerSearchTask"),
    "VoiceConnector": lambda store: [store.voice_connectors],
    "VoiceConnectorGroup": lambda store: [store.voice_connector_groups],
    "VoiceProfile": lambda store: [store.voice_profiles],
    "VoiceProfileDomain": lambda store: [store.voice_profile_domains],
    "VoiceToneAnalysisTask": _tasks("VoiceToneAnalysisTask"),
}


def _call(call: Call) -> Mapping[str, Any]:
    leg = call.legs[0]
    return {
        "Status": call.status,
        "From": leg.from_number,
        "To": leg.to_number,
        "Outcome": call.outcome,
    }


# Members of a row beside those that the API shows, which of a call is its id alone.
MORE: Mapping[str, Callable[[Any], Mapping[str, Any]]] = {
    "SipMediaApplicationCall": _call
}


class Instances:
    """The things of a kind, in the form of a moto class that tracks its instances."""

    def __init__(self, kind: str, simulations: Mapping[str, Simulation]) -> None:
        self._text = renderer(spec.shape(kind))
        self._groups = GROUPS[kind]
        self._more = MORE.get(kind, lambda thing: {})
        self._simulations = simulations

    @property
    def instances_tracked(self) -> list[SimpleNamespace]:
        """The newest things, as the API shows them.

        If there are more than ``ROWS``, ``NotShown`` in each row is how many more.
        """
        rows: list[SimpleNamespace] = []
        total = 0
        # A copy: another thread may make an account meanwhile.
        for simulation in reversed(tuple(self._simulations.values())):
            with simulation.door as account:
                groups = [
                    (store, group)
                    for store in account.stores.values()
                    for group in self._groups(store)
                ]
                total += sum(len(group) for _, group in groups)
                rows += islice(self._rows(groups), ROWS - len(rows))
        if total > len(rows):
            for row in rows:
                row.NotShown = total - len(rows)
        return rows

    @instances_tracked.setter
    def instances_tracked(self, nothing: object) -> None:
        """Do nothing. When moto clears its lists, it resets our backends as well."""

    instances = instances_tracked  # as older versions of moto say

    def _rows(self, groups: list[tuple[Store, Group]]) -> Iterator[SimpleNamespace]:
        newest = merge(
            *(zip(repeat(store), reversed(group)) for store, group in groups),
            key=lambda found: -found[1].sequence,
        )
        for store, thing in newest:
            yield SimpleNamespace(
                **json.loads(self._text(thing)),
                **self._more(thing),
                AccountId=store.account.account_id,
                Region=store.region,
            )


def publish(simulations: Mapping[str, Simulation]) -> None:
    """Have moto show what is in *simulations*, now and later."""
    for kind in GROUPS:
        model_data["chimesdkvoice"][kind] = Instances(kind, simulations)
