"""What must hold between the things of a state, and what follows from them.

The things have been read one by one; here they take their places: who is reached behind
which number, what falls due, what belongs to what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError
from proxymock.sandbox.completion import CAPABILITIES, Members
from proxymock.sandbox.decoding import Decoder, an
from proxymock.sandbox.kinds import key_of
from proxymock.sandbox.wire import instant, phone_number
from proxymock.service.endings import Ending
from proxymock.service.proxy_sessions import ProxySession, close, create_proxy_session
from proxymock.service.store import Account, Store
from proxymock.service.tables import Table
from proxymock.service.tags import is_taggable
from proxymock.service.voice_connectors import VoiceConnector


def link(account: Account, decoder: Decoder) -> None:
    """Let everything that has been read take its place, or say what is in the way."""
    sessions = [
        (thing, at)
        for thing, at in decoder.things.values()
        if isinstance(thing, ProxySession)
    ]
    stores = {
        connector.voice_connector_id: store
        for store in account.stores.values()
        for connector in store.voice_connectors
    }
    for session, at in sorted(sessions, key=lambda found: found[0].sequence):
        _place(stores[session.voice_connector_id], session, at)
    in_order = sorted(
        sessions, key=lambda found: (_end_of(found[0]), found[0].sequence)
    )
    for session, _ in in_order:
        if session.ended_timestamp is not None:
            store = stores[session.voice_connector_id]
            connector = store.voice_connectors[session.voice_connector_id]
            connector.proxy_sessions.endings.note(session)
    for connector, aside, at in decoder.aside:
        _recall(connector, aside, at)
        for index, wanted in enumerate(aside.get("ProxySessions", ())):
            here = f"{at}.ProxySessions without a number [{index}]"
            _create(stores[connector.voice_connector_id], wanted, here)
    _check_references(account, decoder)


def _end_of(session: ProxySession) -> datetime:
    return session.ended_timestamp or session.expires_at


def _place(store: Store, session: ProxySession, at: str) -> None:
    """Put a session behind its number, if nothing forbids it. AWS: PS-05."""
    numbers = session.participant_phone_numbers
    if numbers[0] == numbers[1]:
        raise SandboxError(f"{at}.ParticipantPhoneNumbers must be two different ones")
    if (session.ended_timestamp is None) != session.is_live:
        raise SandboxError(f"{at} must have an EndedTimestamp if, and only if, Closed")
    if not session.is_live:
        return
    numbering = store.account.numbering
    if numbering.is_blocked(session.proxy_phone_number, numbers):
        raise SandboxError(
            f"{at}.ProxyPhoneNumber must not be {session.proxy_phone_number}: "
            "behind it a participant reaches somebody else already"
        )
    numbering.occupy(session)
    store.deadlines.add(session.expires_at, session, close)


def _recall(connector: VoiceConnector, aside: Members, at: str) -> None:
    """Restore the memory of deleted sessions."""
    sessions = connector.proxy_sessions
    for entry, here in _entries(aside, "StickyNumbers", at):
        pair = _pair(entry, here)
        sessions.numbers_of[pair] = _numbers(entry, "ProxyPhoneNumbers", here)
    for entry, here in _entries(aside, "DeletedProxySessions", at):
        id, number, ended = (
            an(str, entry.get(name), f"{here}.{name}")
            for name in ("ProxySessionId", "ProxyPhoneNumber", "EndedTimestamp")
        )
        sequence = an(int, entry.get("Sequence", 0), f"{here}.Sequence")
        ending = Ending(instant(ended, here), sequence, id, _pair(entry, here))
        number = phone_number(number, f"{here}.ProxyPhoneNumber")
        sessions.endings.add(number, ending)


def _entries(members: Members, name: str, at: str) -> Iterator[tuple[Members, str]]:
    for index, entry in enumerate(an(list, members.get(name, []), f"{at}.{name}")):
        here = f"{at}.{name}[{index}]"
        yield an(dict, entry, here), here


def _pair(entry: Members, at: str) -> tuple[str, str]:
    numbers = _numbers(entry, "ParticipantPhoneNumbers", at)
    if len(numbers) != 2:
        raise SandboxError(f"{at}.ParticipantPhoneNumbers must have 2 items")
    first, second = sorted(numbers)
    return first, second


def _numbers(entry: Members, name: str, at: str) -> tuple[str, ...]:
    here = f"{at}.{name}"
    return tuple(
        phone_number(an(str, number, f"{here}[{index}]"), f"{here}[{index}]")
        for index, number in enumerate(an(list, entry.get(name), here))
    )


def _create(store: Store, wanted: Members, at: str) -> None:
    """Make a session that was written without a number. AWS: SB-09."""
    operation = spec.operation("CreateProxySession")
    id = wanted.pop("ProxySessionId", None)
    wanted = {"Capabilities": CAPABILITIES, **wanted}
    unknown = sorted(wanted.keys() - operation.arguments.keys())
    if unknown:
        raise SandboxError(f"{at} needs a ProxyPhoneNumber to have {unknown[0]}")
    for violation in violations(operation.input, wanted, at):
        raise SandboxError(str(violation))
    arguments = {operation.arguments[name]: value for name, value in wanted.items()}
    try:
        session = create_proxy_session(store, **arguments)
    except VoiceError as error:
        raise SandboxError(f"{at}: {error.message}") from None
    if id is not None:
        sessions = store.voice_connectors[session.voice_connector_id].proxy_sessions
        if an(str, id, f"{at}.ProxySessionId") in sessions:
            raise SandboxError(f"{at} is a second ProxySession '{id}'")
        sessions.pop(session.proxy_session_id)
        session.proxy_session_id = id
        sessions.add(id, session)


def _check_references(account: Account, decoder: Decoder) -> None:
    known = {
        (region, f"{table.kind}Id"): set(map(key_of, table))
        for region, store in account.stores.items()
        for table in vars(store).values()
        if isinstance(table, Table)
    }
    for thing, at in decoder.things.values():
        region = at.split(".")[1]
        for name, id in _references(vars_of(thing)):
            if id not in known.get((region, name), {id}):
                raise SandboxError(
                    f"{at} refers to {name} '{id}', which is not in its region"
                )


def vars_of(thing: Any) -> list[Any]:
    """Return the values of the fields of a dataclass."""
    return [getattr(thing, field.name) for field in fields(thing)]


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


def check_tags(store: Store, decoder: Decoder, at: str) -> None:
    """Give every taggable thing its tags, and refuse tags of what is not there."""
    arns = {
        getattr(thing, field.name)
        for thing, there in decoder.things.values()
        if there.startswith(at)
        for field in fields(thing)
        if field.name.endswith("_arn")
    }
    for arn, tags in store.tags.items():
        if arn not in arns:
            raise SandboxError(f"{at}.Tags has {arn}, which is not there")
        for key, value in an(dict, tags, f"{at}.Tags.{arn}").items():
            an(str, value, f"{at}.Tags.{arn}.{key}")
    for arn in arns:
        if is_taggable(arn):
            store.tags.setdefault(arn, {})
