"""What a state need not say because it follows, and its blocks without a kind.

The things of a region have been read one by one; here they take their places: what
falls due, what goes on, who is reached behind which number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.connector_settings import put_settings
from proxymock.sandbox.snapshot.defaults import CAPABILITIES, Members
from proxymock.sandbox.snapshot.memory import recall
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.reader import read_as
from proxymock.sandbox.snapshot.reading import Reading
from proxymock.sandbox.snapshot.schema import an, check_block
from proxymock.sandbox.snapshot.writer import Writer, write
from proxymock.service.analysis_tasks import ACTIVE, AnalysisTask, forget
from proxymock.service.phone_number_orders import OUTCOMES, PhoneNumberOrder
from proxymock.service.phone_numbers import release
from proxymock.service.proxy_sessions import ProxySession, close, create_proxy_session
from proxymock.service.store import Account, Store
from proxymock.service.voice_connectors import VoiceConnector
from proxymock.service.voice_profiles import expire

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
    """Let what has been read of a region follow its way."""
    store = reading.store
    for number in store.phone_numbers:
        if number.deletion_timestamp is not None:
            store.deadlines.add(number.deletion_timestamp, number, release)
    for order in store.phone_number_orders:
        if not order.progress.is_final:
            _order(store, order, reading.things[order.sequence][1])
    _profiles(store, at)
    for profile in store.voice_profiles:
        store.deadlines.add(profile.expiration_timestamp, profile, expire)
    for connector in store.voice_connectors:
        put_settings(store, connector, reading.things[connector.sequence][1])
        for task in connector.analysis_tasks:
            _task(store, connector, task, reading.things[task.sequence][1])
    _requests(reading, requests, at)


def _order(store: Store, order: PhoneNumberOrder, at: Place) -> None:
    """Let an order go on, which its numbers await."""
    for number, outcome in order.outcomes.items():
        if number not in store.phone_numbers or outcome not in OUTCOMES:
            raise wrong(at, "Outcomes", f"must not have {number}: {outcome}")
    store.orders_in_progress.add(order)


def _profiles(store: Store, at: Place) -> None:
    of_domains = {
        (profile, domain.voice_profile_domain_id)
        for domain in store.voice_profile_domains
        for profile in domain.voice_profiles
    }
    if of_domains != {(p, p.voice_profile_domain_id) for p in store.voice_profiles}:
        raise wrong(at, "VoiceProfiles", "must be those of the domains")


def _task(
    store: Store, connector: VoiceConnector, task: AnalysisTask, at: Place
) -> None:
    """Let a task be found, and be forgotten one day."""
    call, own_id = task.call_details, connector.voice_connector_id
    details = Place(at, "CallDetails")
    if call.get("VoiceConnectorId") != own_id:
        raise wrong(details, "VoiceConnectorId", f"must be '{own_id}'")
    an(str, call.get("TransactionId"), details, "TransactionId")
    if "IsCaller" in call or hasattr(task, "voice_profile_domain_id"):
        an(bool, call.get("IsCaller"), details, "IsCaller")
    if task.task_id in store.analysis_tasks:
        raise SandboxError(f"{at} is a second task '{task.task_id}'")
    store.analysis_tasks[task.task_id] = task
    store.deadlines.add(task.forgotten_at, task, forget)
    if task.status in ACTIVE:
        if task.progress.is_final:
            raise wrong(at, "Status", f"must not be {task.status} in the end")
        if task.key in store.active_tasks:
            raise SandboxError(f"{at} is a second active task of its call")
        store.active_tasks[task.key] = task


def requests_of(store: Store, writer: Writer) -> list[Members]:
    """Return what was asked for with a token, each with what it has made."""
    return [
        {"Made": write(writer, made, Any), "Members": write(writer, members, Any)}
        for members, made in store.client_requests
    ]


def _requests(reading: Reading, entries: Any, above: Place) -> None:
    """Restore what ``requests_of`` returned."""
    store = reading.store
    made_here = {*store.analysis_tasks.values(), *store.voice_profile_domains}
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
    sessions = sorted(
        (
            (thing, at)
            for thing, at in reading.things.values()
            if isinstance(thing, ProxySession)
        ),
        key=lambda found: found[0].sequence,
    )
    homes = {
        connector.voice_connector_id: (store, connector)
        for store in account.stores.values()
        for connector in store.voice_connectors
    }
    for session, at in sessions:
        _place(homes[session.voice_connector_id][0], session, at)
    for session, _ in sorted(sessions, key=lambda found: _end_of(found[0])):
        if session.ended_timestamp is not None:
            connector = homes[session.voice_connector_id][1]
            connector.proxy_sessions.endings.note(session)
    for connector, aside, at in reading.aside:
        recall(connector.proxy_sessions, aside, at)
    account.continue_after(_last_sequence(account, reading))
    for connector, aside, at in reading.aside:
        store = homes[connector.voice_connector_id][0]
        for index, wanted in enumerate(aside.get("ProxySessions", ())):
            here = Place(Place(at, "ProxySessions without a number "), index)
            _create(store, wanted, here)


def _last_sequence(account: Account, reading: Reading) -> int:
    remembered = [
        ending.sequence
        for store in account.stores.values()
        for connector in store.voice_connectors
        for _, ending in connector.proxy_sessions.endings
    ]
    return max([reading.last_sequence, *remembered])


def _end_of(session: ProxySession) -> datetime:
    return session.ended_timestamp or session.expires_at


def _place(store: Store, session: ProxySession, at: Place) -> None:
    """Put a session behind its number, if nothing forbids it. AWS: PS-05."""
    numbers = session.participant_phone_numbers
    if numbers[0] == numbers[1]:
        raise wrong(at, "ParticipantPhoneNumbers", "must be two different ones")
    if (session.ended_timestamp is None) != session.is_live:
        raise SandboxError(f"{at} must have an EndedTimestamp if, and only if, Closed")
    if not session.is_live:
        return
    numbering = store.account.numbering
    if numbering.is_blocked(session.proxy_phone_number, numbers):
        raise wrong(
            at,
            "ProxyPhoneNumber",
            f"must not be {session.proxy_phone_number}: "
            "behind it a participant reaches somebody else already",
        )
    numbering.occupy(session)
    store.deadlines.add(session.expires_at, session, close)


def _create(store: Store, wanted: Members, at: Place) -> None:
    """Make a session that was written without a number. AWS: SB-09."""
    operation = spec.operation("CreateProxySession")
    id = wanted.pop("ProxySessionId", None)
    wanted = {"Capabilities": [*CAPABILITIES], **wanted}
    unknown = sorted(wanted.keys() - operation.arguments.keys())
    if unknown:
        raise SandboxError(f"{at} needs a ProxyPhoneNumber to have {unknown[0]}")
    for violation in violations(operation.input, wanted, str(at)):
        raise SandboxError(str(violation))
    arguments = {operation.arguments[name]: value for name, value in wanted.items()}
    try:
        session = create_proxy_session(store, **arguments)
    except VoiceError as error:
        raise SandboxError(f"{at}: {error.message}") from None
    if id is not None:
        sessions = store.voice_connectors[session.voice_connector_id].proxy_sessions
        if an(str, id, at, "ProxySessionId") in sessions:
            raise SandboxError(f"{at} is a second ProxySession '{id}'")
        sessions.pop(session.proxy_session_id)
        session.proxy_session_id = id
        sessions.add(id, session)
