"""What a voice connector remembers of deleted proxy sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proxymock.api.rendering import timestamp
from proxymock.sandbox.json_values import instant, phone_number
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.schema import a_rank, an
from proxymock.state.ended_sessions import EndedSession
from proxymock.state.proxy_sessions import ConnectorSessions
from proxymock.state.sticky_numbers import StickyNumbers

Members = dict[str, Any]
MEMORY = ("StickyNumbers", "DeletedProxySessions")


def memory_of(sessions: ConnectorSessions) -> Members:
    """Return what a connector remembers beyond the *sessions* that it still has."""
    # What loading the sessions will note anyhow need not be written.
    alone = StickyNumbers()
    for session in sessions:
        alone.note(session.participant_phone_numbers, session.proxy_phone_number)
    sticky = [
        {"ParticipantPhoneNumbers": list(pair), "ProxyPhoneNumbers": list(numbers)}
        for pair, numbers in sessions.sticky_numbers
        if tuple(alone.of(pair)) != numbers
    ]
    deleted = [
        {
            "ProxySessionId": ended.proxy_session_id,
            "ParticipantPhoneNumbers": list(ended.participant_phone_numbers),
            "ProxyPhoneNumber": number,
            "EndedTimestamp": timestamp(ended.at),
            "Sequence": ended.sequence,
        }
        for number, ended in sessions.ended
        if ended.proxy_session_id not in sessions
    ]
    memory = {"StickyNumbers": sticky, "DeletedProxySessions": deleted}
    return {name: entries for name, entries in memory.items() if entries}


def recall(sessions: ConnectorSessions, memory: Members, at: Place) -> None:
    """Restore what ``memory_of`` returned. Raises SandboxError."""
    for entry, here in _entries(memory, "StickyNumbers", at):
        pair = _pair(entry, here)
        sessions.sticky_numbers.replace(
            pair, _numbers(entry, "ProxyPhoneNumbers", here)
        )
    for entry, here in _entries(memory, "DeletedProxySessions", at):
        id, number, ended = (
            an(str, entry.get(name), here, name)
            for name in ("ProxySessionId", "ProxyPhoneNumber", "EndedTimestamp")
        )
        sequence = a_rank(entry.get("Sequence", 0), here)
        at_last = instant(ended, Place(here, "EndedTimestamp"))
        number = phone_number(number, Place(here, "ProxyPhoneNumber"))
        deleted = EndedSession(at_last, sequence, id, _pair(entry, here))
        sessions.ended.add(number, deleted)


def _entries(memory: Members, name: str, at: Place) -> Iterator[tuple[Members, Place]]:
    here = Place(at, name)
    for index, entry in enumerate(an(list, memory.get(name, []), at, name)):
        yield an(dict, entry, here, index), Place(here, index)


def _pair(entry: Members, at: Place) -> tuple[str, str]:
    numbers = _numbers(entry, "ParticipantPhoneNumbers", at)
    if len(numbers) != 2:
        raise wrong(at, "ParticipantPhoneNumbers", "must have 2 items")
    # A pair is the same whoever is written first.
    first, second = sorted(numbers)
    return first, second


def _numbers(entry: Members, name: str, at: Place) -> tuple[str, ...]:
    here = Place(at, name)
    return tuple(
        phone_number(an(str, number, here, index), Place(here, index))
        for index, number in enumerate(an(list, entry.get(name), at, name))
    )
