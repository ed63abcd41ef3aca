"""What must hold between the things of a state, and what follows from them.

The things have been read one by one; here they take their places: who is reached behind
which number, what falls due, what belongs to what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from proxymock.api import spec
from proxymock.api.errors import VoiceError
from proxymock.api.validation import violations
from proxymock.sandbox import SandboxError
from proxymock.sandbox.completion import CAPABILITIES, Members
from proxymock.sandbox.decoding import Decoder, an
from proxymock.sandbox.spelling import e164_of
from proxymock.sandbox.wire import instant
from proxymock.service.proxy_sessions import create_proxy_session
from proxymock.state.ended_sessions import EndedSession
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account, Store
from proxymock.state.tables import Table
from proxymock.state.voice_connectors import VoiceConnector


def link(account: Account, decoder: Decoder) -> None:
    """Let everything that has been read take its place, or say what is in the way."""
    for store, session in _sessions(account, decoder):
        at = decoder.things[session.sequence][1]
        _check_session(store, session, at)
        decoder.enter(store.proxy_sessions.enter, session, at)
    for store, connector, aside, at in decoder.aside:
        _recall(connector, aside, at)
        for index, wanted in enumerate(aside.get("ProxySessions", ())):
            here = f"{at}.ProxySessions without a number [{index}]"
            _create(store, decoder, wanted, here)
    _check_references(account, decoder)


def _sessions(account: Account, decoder: Decoder) -> list[tuple[Store, ProxySession]]:
    """Return all sessions, as they were made."""
    found = [
        (store, thing)
        for store in account.stores.values()
        for connector in store.voice_connectors
        for thing in decoder.inside[connector.sequence]
        if isinstance(thing, ProxySession)
    ]
    return sorted(found, key=lambda each: each[1].sequence)


def _check_session(store: Store, session: ProxySession, at: str) -> None:
    """Refuse a session that cannot be. AWS: PS-05."""
    numbers = session.participant_phone_numbers
    if numbers[0] == numbers[1]:
        raise SandboxError(f"{at}.ParticipantPhoneNumbers must be two different ones")
    if (session.ended_timestamp is None) != session.is_live:
        raise SandboxError(f"{at} must have an EndedTimestamp if, and only if, Closed")
    if session.is_live and store.account.numbering.is_blocked(
        session.proxy_phone_number, numbers
    ):
        raise SandboxError(
            f"{at}.ProxyPhoneNumber must not be {session.proxy_phone_number}: "
            "behind it a participant reaches somebody else already"
        )


def _recall(connector: VoiceConnector, aside: Members, at: str) -> None:
    """Restore the memory of deleted sessions."""
    sessions = connector.proxy_sessions
    for entry, here in _entries(aside, "StickyNumbers", at):
        pair = _pair(entry, here)
        numbers = _numbers(entry, "ProxyPhoneNumbers", here)
        sessions.sticky_numbers.replace(pair, numbers)
    for entry, here in _entries(aside, "DeletedProxySessions", at):
        id, number, ended = (
            an(str, entry.get(name), f"{here}.{name}")
            for name in ("ProxySessionId", "ProxyPhoneNumber", "EndedTimestamp")
        )
        sequence = an(int, entry.get("Sequence", 0), f"{here}.Sequence")
        pair = _pair(entry, here)
        deleted = EndedSession(instant(ended, here), sequence, id, pair)
        sessions.ended.add(e164_of(number), deleted)


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
        e164_of(an(str, number, f"{here}[{index}]"))
        for index, number in enumerate(an(list, entry.get(name), here))
    )


def _create(store: Store, decoder: Decoder, wanted: Members, at: str) -> None:
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
        store.proxy_sessions.leave(session)
        session.proxy_session_id = an(str, id, f"{at}.ProxySessionId")
        decoder.enter(store.proxy_sessions.enter, session, at)


def _check_references(account: Account, decoder: Decoder) -> None:
    known = {
        (region, f"{table.kind}Id"): set(map(table.key, table))
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


def put_tags(decoder: Decoder, tags: Any, at: str) -> None:
    """Give the things of a region their tags, and refuse tags of what has none."""
    at = f"{at}.Tags"
    for arn, given in decoder.value(tags, dict[str, Any], at).items():
        if arn not in decoder.store.tags:
            raise SandboxError(f"{at} has {arn}, which is not there")
        for key, value in an(dict, given, f"{at}.{arn}").items():
            an(str, value, f"{at}.{arn}.{key}")
        decoder.store.tags[arn].update(given)
