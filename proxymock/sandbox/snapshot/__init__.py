"""The whole state of an account as JSON that a person can read and write.

A document belongs to no account: on loading, its ARNs become those of the account. It
has all that the API, the phone and the clock depend on. Settings, faults, functions and
the ways of people belong to a test and are not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from proxymock.api import spec
from proxymock.sandbox import SandboxError
from proxymock.sandbox.clock import Clock
from proxymock.sandbox.json_values import from_json, to_json
from proxymock.sandbox.simulation import Simulation
from proxymock.sandbox.snapshot.calls import (
    EARLIER_CALLS,
    restore_calls,
    restore_earlier_calls,
)
from proxymock.sandbox.snapshot.places import Place
from proxymock.sandbox.snapshot.reader import read_state
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.references import check_references, put_tags
from proxymock.sandbox.snapshot.restore import (
    check_settings,
    requests_of,
    restore_region,
    restore_sessions,
)
from proxymock.sandbox.snapshot.schema import an
from proxymock.sandbox.snapshot.writer import Writer
from proxymock.sandbox.views import Interaction
from proxymock.state.store import Account, Store

FORMAT_VERSION = 2
_EARLIER = (1,)  # which can still be loaded
_MEMBERS = ("FormatVersion", "ClockOffset", "Regions", "Account", "Interactions")
_DOCUMENT: Any = None  # the place of what stands at the top of a document


def export(simulation: Simulation) -> dict[str, Any]:
    """Return the state of an account as a document, ready for JSON."""
    writer = Writer()
    regions = {
        region: _region(store, writer)
        for region, store in sorted(simulation.account.stores.items())
    }
    document = {
        "ClockOffset": simulation.clock.offset.total_seconds(),
        # A region that somebody has only looked at has no state.
        "Regions": {region: state for region, state in regions.items() if state},
        "Account": writer.state(simulation.account),
        "Interactions": [
            {**to_json(text), "Sequence": rank}
            for rank, text in simulation.network.texts.items()
        ],
    }
    return {
        "FormatVersion": FORMAT_VERSION,
        **{name: value for name, value in document.items() if value},
    }


def _region(store: Store, writer: Writer) -> dict[str, Any]:
    state = writer.state(store)
    requests = requests_of(store, writer)
    return {**state, "ClientRequests": requests} if requests else state


def load(simulation: Simulation, document: Mapping[str, Any]) -> None:
    """Replace the state of the account by that of a *document*.

    Raises SandboxError, which says where the document is wrong; then nothing has
    changed.
    """
    for name in document:
        if name not in _MEMBERS:
            raise SandboxError(f"A state has no member {name}")
    version = document.get("FormatVersion")
    if type(version) is not int or version not in (*_EARLIER, FORMAT_VERSION):
        raise SandboxError(f"FormatVersion must be {FORMAT_VERSION}, not {version!r}")
    clock = Clock(simulation.clock.real_now)
    clock.offset = _offset(document.get("ClockOffset", 0))
    account = simulation.account
    # Everything is read into a second account, so that an error changes nothing.
    fresh = Account(
        account.account_id,
        clock.now,
        account.random,
        account.options,
        account.transition,
    )
    try:
        texts = _read(fresh, document, simulation.has_region)
    except RecursionError:
        raise SandboxError("The state is nested too deeply") from None
    except OverflowError:
        raise SandboxError("The state has an instant that is too far away") from None
    account.adopt(fresh)
    simulation.clock.offset = clock.offset
    simulation.network.texts = texts


def _texts(
    reading: Reading, document: Mapping[str, Any]
) -> Iterator[tuple[int, Interaction]]:
    """Yield the texts of a document, and the calls of an earlier one, by their rank."""
    above = Place(None, "Interactions")
    for index, given in enumerate(_member(document, "Interactions", list)):
        at, members = Place(above, index), dict(an(dict, given, above, index))
        rank = members.pop("Sequence", None)
        if rank is None:
            rank = reading.next_sequence()
        text = from_json(Interaction, members, str(at))
        reading.rank(text, rank, at)
        yield rank, text


def _member(document: Mapping[str, Any], name: str, kind: type) -> Any:
    return an(kind, document.get(name, kind()), _DOCUMENT, name)


def _offset(seconds: Any) -> timedelta:
    an(float, seconds, _DOCUMENT, "ClockOffset")
    try:
        offset = timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        offset = timedelta.min
    if offset < timedelta():
        raise SandboxError(f"ClockOffset must be seconds, none or more, not {seconds}")
    return offset


def _read(
    account: Account, document: Mapping[str, Any], has_region: Callable[[str], bool]
) -> dict[int, Interaction]:
    """Read a document into a fresh *account*; return its texts by their ranks."""
    regions = _member(document, "Regions", dict)
    reading = Reading(document, account.store(spec.regions()[0]))
    above = Place(None, "Regions")
    for region, given in regions.items():
        if not has_region(region):
            at = Place(above, region)
            raise SandboxError(f"{at}: {spec.no_endpoint(region)}")
        reading.store = account.store(region)
        _read_region(
            reading, dict(an(dict, given, above, region)), Place(above, region)
        )
    own = _member(document, "Account", dict)
    read_state(reading, account, own, Place(None, "Account"))
    restore_calls(account, has_region)
    # In the order of their ranks, which a person need not have kept.
    texts = dict(sorted(_texts(reading, document)))
    # Last, since what it makes ranks behind everything that has been read.
    restore_sessions(account, reading)
    check_references(account, reading)
    return texts


def _read_region(reading: Reading, state: dict[str, Any], at: Place) -> None:
    requests = state.pop("ClientRequests", [])
    check_settings(state, at)
    # These refer to things of the region, so they wait until those have been read.
    tags = state.pop("Tags", {})
    earlier = state.pop(EARLIER_CALLS, [])
    read_state(reading, reading.store, state, at)
    restore_region(reading, requests, at)
    put_tags(reading, tags, at)
    restore_earlier_calls(reading, earlier, at)
