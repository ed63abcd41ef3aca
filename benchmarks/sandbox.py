"""The phone in process against its network alone, and its answers against JSON's own.

An entry of an answer costs about as much as the encoder and the decoder of JSON would
spend on it, or less; a call costs little more than what the network does for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import boto3

from benchmarks.calls import Call, connector, create_session
from benchmarks.interleaved import Ratio, timed
from proxymock import mock_aws, phone
from proxymock.sandbox.json_values import from_json, to_json
from proxymock.sandbox.network import Network
from proxymock.sandbox.views import Interaction, Mask

ENTRIES = 100
QUIET = "222222222222"
CALL_BAR = 3.0
ENTRY_BAR = 1.5


@contextmanager
def ratios() -> Iterator[list[Ratio]]:
    """Yield the ratios, to be measured inside."""
    with mock_aws():
        voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        create = create_session(voice, connector(voice))
        sessions = [create()["ProxySession"] for _ in range(ENTRIES)]
        people = sessions[0]["Participants"][0]
        caller, number = people["PhoneNumber"], people["ProxyPhoneNumber"]
        network = _network()

        def call() -> object:
            return phone.call(caller, number)

        def begin() -> object:
            return network.call(caller, number)

        yield [
            _ratio("phone.call, of the network", CALL_BAR, call, begin),
            *_entries("phone.masks", phone.masks, network.masks(), Mask),
            *_log(caller, number),
        ]


def _network() -> Network:
    from proxymock.plugin.models import chimesdkvoice_backends

    return chimesdkvoice_backends["123456789012"]["us-east-1"].simulation.network


def _log(caller: str, number: str) -> Iterator[Ratio]:
    """Measure the log of an account in which nothing else happens."""
    for _ in range(ENTRIES):
        phone.call(caller, number, account_id=QUIET)

    def read() -> object:
        return phone.log(account_id=QUIET)

    things = phone.log(account_id=QUIET)
    yield from _entries("phone.log", read, things, Interaction)


def _entries(
    name: str, read: Call, things: list[Interaction] | list[Mask], kind: type
) -> Iterator[Ratio]:
    """Yield what an answer of *things* costs here, and to and from a server."""
    shown_things = [to_json(thing) for thing in things]

    def through_json() -> object:
        return json.loads(json.dumps(shown_things))

    def out_of_json() -> object:
        return [from_json(kind, thing, "Entry") for thing in shown_things]

    ways: dict[str, Callable[[], object]] = {
        "": read,
        ", to JSON": lambda: [to_json(thing) for thing in things],
        ", from JSON": out_of_json,
    }
    for way, ours in ways.items():
        yield _ratio(f"{name}{way}, each", ENTRY_BAR, ours, through_json, ENTRIES)


def _ratio(name: str, bar: float, ours: Call, theirs: Call, entries: int = 1) -> Ratio:
    return Ratio(
        name=name,
        bar=bar,
        ours=lambda times: timed(ours, times) / entries,
        theirs=lambda times: timed(theirs, times) / entries,
    )
