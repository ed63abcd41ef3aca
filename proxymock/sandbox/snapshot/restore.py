"""The second step of a load: what follows from the things of a state.

The things of a region have been read one by one. Here they take their places: among
the deadlines, the tasks in progress and the sessions behind each number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.connector_settings import put_settings
from proxymock.sandbox.snapshot.defaults import CAPABILITIES, Members
from proxymock.sandbox.snapshot.memory import recall
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.reader import read_as
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import an, check_block, take_block
from proxymock.sandbox.snapshot.writer import Writer, write
from proxymock.service.proxy_sessions import create_proxy_session
from proxymock.state.analysis_tasks import ACTIVE, AnalysisTask
from proxymock.state.phone_numbers import OUTCOMES, PhoneNumberOrder
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import VoiceConnector

# The shapes of the API that a region's settings have.
_SETTINGS = {
    "GlobalSettings": "VoiceConnectorSettings",
    "PhoneNumberSettings": "GetPhoneNumberSettingsResponse",
}


def check_settings(state: Mapping[str, Any], at: Place) -> None:
    """Refuse settings that the API would not answer."""
    for name in _SETTINGS.keys() & state.keys():
        check_block(spec.shape(_SETTINGS[name]), state[name], at, name)


def restore_region(reading: Reading, requests: Any, at: Place) -> None:
    """Check the things of a region against each other, and let the inner ones enter."""
    store = reading.store
    for order in store.phone_number_orders.in_progress.values():
        _order(store, order, reading.things[order.sequence][1])
    _profiles(reading, at)
    for connector in store.voice_connectors:
        put_settings(store, connector, reading.things[connector.sequence][1])
        for thing in reading.inside[connector.sequence]:
            if isinstance(thing, AnalysisTask):
                _task(reading, connector, thing, reading.things[thing.sequence][1])
    _requests(reading, requests, at)


def _order(store: Store, order: PhoneNumberOrder, at: Place) -> None:
    """Refuse an order in progress unless all its numbers await it."""
    for number, outcome in order.outcomes.items():
        if number not in store.phone_numbers or outcome not in OUTCOMES:
            raise wrong(at, "Outcomes", f"must not have {number}: {outcome}")


def _profiles(reading: Reading, at: Place) -> None:
    """Refuse a domain that lists other profiles than its own; it need not list any."""
    for domain in reading.store.voice_profile_domains:
        listed = {*reading.inside[domain.sequence]}
        if listed and listed != {*domain.voice_profiles}:
            raise wrong(at, "VoiceProfiles", "must be those of the domains")


def _task(
    reading: Reading, connector: VoiceConnector, task: AnalysisTask, at: Place
) -> None:
    """Let a task enter, unless it contradicts its connector or another task."""
    tasks, own_id = reading.store.analysis_tasks, connector.voice_connector_id
    call, details = task.call_details, Place(at, "CallDetails")
    if call.get("VoiceConnectorId") != own_id:
        raise wrong(details, "VoiceConnectorId", f"must be '{own_id}'")
    an(str, call.get("TransactionId"), details, "TransactionId")
    if "IsCaller" in call or hasattr(task, "voice_profile_domain_id"):
        an(bool, call.get("IsCaller"), details, "IsCaller")
    if task.status in ACTIVE:
        if task.progress.is_final:
            raise wrong(at, "Status", f"must not be {task.status} in the end")
        if task.key in tasks.active:
            raise SandboxError(f"{at} is a second active task of its call")
    reading.enter(tasks.enter, task, at)


def requests_of(store: Store, writer: Writer) -> list[Members]:
    """Return the requests that had a token, each with the thing that it made."""
    return [
        {"Made": write(writer, made, Any), "Members": write(writer, members, Any)}
        for members, made in store.client_requests
    ]


def _requests(reading: Reading, entries: Any, above: Place) -> None:
    """Restore what ``requests_of`` returned."""
    store = reading.store
    made_here = {*store.analysis_tasks, *store.voice_profile_domains}
    requests = Place(above, "ClientRequests")
    read = read_as(dict[str, Any])
    for index, entry in enumerate(an(list, entries, above, "ClientRequests")):
        at = Place(requests, index)
        if an(dict, entry, requests, index).keys() != {"Made", "Members"}:
            raise SandboxError(f"{at} must have the members Made, Members")
        there = Place(at, "Made")
        made = reading.referred(
            an(dict, entry["Made"], at, "Made").get("$ref"), Any, there
        )
        if made not in made_here or made.client_request_token is None:
            raise SandboxError(f"{there} must refer to what has a token, and once")
        made_here.remove(made)
        if store.client_requests.has(made):
            raise SandboxError(f"{there} must have a ClientRequestToken of its own")
        members = read(reading, entry["Members"], at, "Members")
        store.client_requests.add(made, members)


def restore_sessions(account: Account, reading: Reading) -> None:
    """Put every session where it belongs, and make those without a number."""
    for store, session in _sessions(account, reading):
        at = reading.things[session.sequence][1]
        _check_session(store, session, at)
        reading.enter(store.proxy_sessions.enter, session, at)
    for _, connector, aside, at in reading.aside:
        recall(connector.proxy_sessions, aside, at)
    # Only then may new sessions be made, which must rank behind all the others.
    account.continue_after(_last_sequence(account, reading))
    for store, _, aside, at in reading.aside:
        for index, wanted in enumerate(aside.get("ProxySessions", ())):
            here = Place(Place(at, "ProxySessions without a number "), index)
            _create(store, reading, wanted, here)


def _sessions(account: Account, reading: Reading) -> list[tuple[Store, ProxySession]]:
    """Return all sessions, as they were made."""
    found = [
        (store, thing)
        for store in account.stores.values()
        for connector in store.voice_connectors
        for thing in reading.inside[connector.sequence]
        if isinstance(thing, ProxySession)
    ]
    # Across regions: the order decides who of a pair's sessions is the newest.
    return sorted(found, key=lambda each: each[1].sequence)


def _last_sequence(account: Account, reading: Reading) -> int:
    """Return the highest sequence of all things, those that were deleted included."""
    deleted = [
        ended.sequence
        for store in account.stores.values()
        for connector in store.voice_connectors
        for _, ended in connector.proxy_sessions.ended
    ]
    return max([reading.last_sequence, *deleted])


def _check_session(store: Store, session: ProxySession, at: Place) -> None:
    """Refuse a session that cannot be. AWS: PS-05."""
    numbers = session.participant_phone_numbers
    if numbers[0] == numbers[1]:
        raise wrong(at, "ParticipantPhoneNumbers", "must be two different ones")
    if (session.ended_timestamp is None) != session.is_live:
        raise SandboxError(f"{at} must have an EndedTimestamp if, and only if, Closed")
    if session.is_live and store.account.numbering.is_blocked(
        session.proxy_phone_number, numbers
    ):
        raise wrong(
            at,
            "ProxyPhoneNumber",
            f"must not be {session.proxy_phone_number}: "
            "behind it a participant reaches somebody else already",
        )


def _create(store: Store, reading: Reading, wanted: Members, at: Place) -> None:
    """Make a session that was written without a number. AWS: SB-09."""
    operation = spec.operation("CreateProxySession")
    id = wanted.pop("ProxySessionId", None)
    wanted = {"Capabilities": [*CAPABILITIES], **wanted}
    unknown = sorted(wanted.keys() - operation.arguments.keys())
    if unknown:
        raise SandboxError(f"{at} needs a ProxyPhoneNumber to have {unknown[0]}")
    taken = take_block(operation.input, wanted, at, "")
    arguments = {operation.arguments[name]: value for name, value in taken.items()}
    try:
        session = create_proxy_session(store, **arguments)
    except VoiceError as error:
        raise SandboxError(f"{at}: {error.message}") from None
    # The operation has drawn an id; the one that a person has written replaces it.
    if id is not None:
        store.proxy_sessions.leave(session)
        session.proxy_session_id = an(str, id, at, "ProxySessionId")
        reading.enter(store.proxy_sessions.enter, session, at)
