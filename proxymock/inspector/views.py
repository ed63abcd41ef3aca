"""The views: what each shows, as plain values for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from proxymock.api import spec
from proxymock.inspector import credentials
from proxymock.inspector.drawings import ladder, lanes, life_line, resource_map
from proxymock.inspector.visit import Model, View, Visit
from proxymock.sandbox import SandboxError
from proxymock.sandbox.call_commands import one_call
from proxymock.sandbox.commands import faults, settings
from proxymock.sandbox.function_commands import functions
from proxymock.sandbox.json_values import api_name
from proxymock.sandbox.reads.conversations import conversation
from proxymock.sandbox.reads.interactions import log
from proxymock.sandbox.reads.number_choice import choice
from proxymock.sandbox.reads.operations import operations
from proxymock.sandbox.reads.overview import overview
from proxymock.sandbox.reads.people import person
from proxymock.sandbox.reads.pools import pools
from proxymock.sandbox.reads.requests import RequestView, requests
from proxymock.sandbox.reads.resources import COLUMNS, Resources, resources
from proxymock.sandbox.reads.sessions import session, sessions
from proxymock.sandbox.surroundings_commands import people as habits
from proxymock.sandbox.views import CallDetails
from proxymock.state.options import Options
from proxymock.telephony.invocations import FAILURES
from proxymock.telephony.people import HABITS

# What the choice of a number takes besides the list of numbers.
_OF_CHOICE = ("VoiceConnectorId", "ParticipantPhoneNumbers")
# A view has less than 150 rows; so those with several lists show less of each.
_PEOPLE, _POOLS, _CONTROLS = 25, 20, 40
_OFFERED = 100  # connectors, as many as one read returns


def _now(visit: Visit) -> Model:
    return {"overview": visit.listed(overview)}


def _sessions(visit: Visit) -> Model:
    page = visit.listed(sessions)
    opened = visit.opened(session, "ProxySessionId")
    return {
        "page": page,
        "lanes": lanes(page.sessions, page.total, _which(visit)),
        "opened": opened,
        "life_line": opened and life_line(opened, visit.simulation.clock.now()),
    }


def _person(visit: Visit) -> Model:
    found = visit.listed(person, MaxResults=_PEOPLE)
    return {
        "person": found,
        "counterparts": sorted({each.counterpart for each in found.reaches}),
    }


def _calls(visit: Visit) -> Model:
    opened = visit.opened(one_call, "Id")
    return {
        "page": visit.listed(log, "Ladder"),
        "opened": opened,
        **({} if opened is None else _call(visit, opened)),
    }


def _call(visit: Visit, opened: CallDetails) -> Model:
    states = {leg.tag: leg.status for leg in opened.legs}
    whole = visit.read(conversation, Id=opened.id)
    wants_whole = visit.address.members.get("Ladder") == "conversation"
    is_whole = wants_whole and whole.total > 1
    return {
        "conversation": whole,
        "is_whole": is_whole,
        "ladder": ladder(whole if is_whole else opened),
        "ringing": [tag for tag, status in states.items() if status == "Ringing"],
        "connected": "Connected" in states.values(),
        # Nobody dials for an application that calls.
        "again": opened.legs[0].direction == "Inbound",
    }


def _numbers(visit: Visit) -> Model:
    region = visit.address.region
    offered = visit.read(
        resources, Kind="VoiceConnector", Region=region, MaxResults=_OFFERED
    )
    return {
        **_choice(visit),
        "page": visit.listed(pools, *_OF_CHOICE, "InventoryToken"),
        "most_pools": _POOLS,
        "inventory": _inventory(visit),
        "connectors": [n for n in offered.nodes if n.kind == "VoiceConnector"],
        "all_connectors": offered.total,
    }


def _choice(visit: Visit) -> Model:
    """Return the number that a pair would get, or why the question is none."""
    asked = {name: visit.address.members.get(name, "") for name in _OF_CHOICE}
    chosen, refusal = None, None
    if all(asked.values()):
        try:
            chosen = visit.read(choice, **choice.from_query(asked))
        except SandboxError as error:  # Said beside the form that it came from.
            refusal = str(error)
    return {"choice": chosen, "refusal": refusal}


def _inventory(visit: Visit) -> Resources:
    members = visit.address.members
    return visit.read(
        resources,
        Kind="PhoneNumber",
        Region=visit.address.region,
        Filter=members.get("Filter"),
        NextToken=members.get("InventoryToken"),
    )


def _resources(visit: Visit) -> Model:
    page = visit.listed(resources)
    kinds = [(kind, words(kind)) for kind in COLUMNS[:-2]]
    picture = resource_map(page, _which(visit))
    return {"page": page, "map": picture, "kinds": kinds}


def _which(visit: Visit) -> str:
    """Return which things of all are on the page of a list."""
    return "older ones" if "NextToken" in visit.address.members else "the newest"


def words(kind: str) -> str:
    """Return the name of a kind in words: ``SIP media application``."""
    text = spec.snake_case(kind).replace("_", " ").capitalize()
    return text.replace("Sip", "SIP")


def _requests(visit: Visit) -> Model:
    model: Model = {"page": visit.listed(requests), "opened": None}
    if visit.address.open is not None:
        model["opened"] = opened = _request(visit, visit.address.open)
        model["shell"] = credentials.for_shell(visit)
        model["python"] = credentials.for_python(visit, opened.region)
    return model


def _request(visit: Visit, id: str) -> RequestView:
    """Return a request of the journal, which pages by their ids."""
    if id.isascii() and id.isdecimal():
        behind = str(int(id[:17]) + 1)
        for found in visit.read(requests, NextToken=behind, MaxResults=1).requests:
            if found.id == id:
                return found
    raise SandboxError(f"The journal has no request '{id}', or has it no more")


def _controls(visit: Visit) -> Model:
    found = visit.read(operations).operations
    errors = sorted({error for each in found for error in each.errors})
    options = visit.listed(settings)
    return {
        "most": _CONTROLS,
        "faults": visit.read(faults).faults,
        "errors": errors,
        # Each with the places of its errors, since the page has each name once.
        "operations": [
            (each.operation, [errors.index(error) for error in each.errors])
            for each in found
        ],
        "options": options,
        "numbers": _spelled(options),
        "choices": _choices(),
        "functions": visit.read(functions).functions,
        "failures": FAILURES,
        "people": visit.read(habits).people,
        "habits": HABITS,
    }


def _spelled(options: Options) -> str:
    """Return the source of proxy numbers as the form takes it."""
    numbers = options.proxy_numbers
    return " ".join(numbers) if isinstance(numbers, tuple) else numbers or ""


def _choices() -> list[tuple[str, str, tuple[object, ...]]]:
    """Return the settings that are one of a few values, with their API's names."""
    return [
        (api_name(each.name), each.name, each.metadata["choices"])
        for each in fields(Options)
        if "choices" in each.metadata
    ]


def _state(visit: Visit) -> Model:
    return {"counts": visit.listed(overview).counts}


VIEWS: Mapping[str, View] = {
    "Now": _now,
    "Sessions": _sessions,
    "Calls": _calls,
    "Numbers": _numbers,
    "Resources": _resources,
    "Requests": _requests,
    "Controls": _controls,
    "State": _state,
    "Person": _person,
}
# Those that can show one region alone; the phone network knows no regions.
REGIONAL = ("Sessions", "Numbers", "Resources", "Requests")
# Every number on the page leads to its person.
NAVIGATION = [name for name in VIEWS if name != "Person"]
