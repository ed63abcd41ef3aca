"""What a voice connector remembers of proxy sessions that were deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proxymock.api.rendering import timestamp
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.schema import an
from proxymock.sandbox.wire import instant, phone_number
from proxymock.service.endings import Ending
from proxymock.service.proxy_sessions import ProxySessions

Members = dict[str, Any]
MEMORY = ("StickyNumbers", "DeletedProxySessions")


def memory_of(sessions: ProxySessions) -> Members:
    """Return what does not follow from the *sessions* that are there."""
    alone: dict[tuple[str, str], dict[str, None]] = {}
    for session in sessions:
        numbers = alone.setdefault(session.participant_phone_numbers, {})
        numbers.pop(session.proxy_phone_number, None)  # the last one stands last
        numbers[session.proxy_phone_number] = None
    sticky = [
        {"ParticipantPhoneNumbers": list(pair), "ProxyPhoneNumbers": list(numbers)}
        for pair, numbers in sessions.numbers_of.items()
        if list(alone.get(pair, ())) != list(numbers)
    ]
    ended = [
        {
            "ProxySessionId": ending.proxy_session_id,
            "ParticipantPhoneNumbers": list(ending.participant_phone_numbers),
            "ProxyPhoneNumber": number,
            "EndedTimestamp": timestamp(ending.at),
            "Sequence": ending.sequence,
        }
        for number, ending in sessions.endings
        if ending.proxy_session_id not in sessions
    ]
    memory = {"StickyNumbers": sticky, "DeletedProxySessions": ended}
    return {name: entries for name, entries in memory.items() if entries}


def recall(sessions: ProxySessions, memory: Members, at: Place) -> None:
    """Let the *sessions* of a connector remember what ``memory_of`` returned."""
    for entry, here in _entries(memory, "StickyNumbers", at):
        pair = _pair(entry, here)
        sessions.numbers_of[pair] = _numbers(entry, "ProxyPhoneNumbers", here)
    for entry, here in _entries(memory, "DeletedProxySessions", at):
        id, number, ended = (
            an(str, entry.get(name), here, name)
            for name in ("ProxySessionId", "ProxyPhoneNumber", "EndedTimestamp")
        )
        sequence = an(int, entry.get("Sequence", 0), here, "Sequence")
        ending = Ending(
            instant(ended, Place(here, "EndedTimestamp")),
            sequence,
            id,
            _pair(entry, here),
        )
        number = phone_number(number, Place(here, "ProxyPhoneNumber"))
        sessions.endings.add(number, ending)


def _entries(memory: Members, name: str, at: Place) -> Iterator[tuple[Members, Place]]:
    here = Place(at, name)
    for index, entry in enumerate(an(list, memory.get(name, []), at, name)):
        yield an(dict, entry, here, index), Place(here, index)


def _pair(entry: Members, at: Place) -> tuple[str, str]:
    numbers = _numbers(entry, "ParticipantPhoneNumbers", at)
    if len(numbers) != 2:
        raise wrong(at, "ParticipantPhoneNumbers", "must have 2 items")
    first, second = sorted(numbers)
    return first, second


def _numbers(entry: Members, name: str, at: Place) -> tuple[str, ...]:
    here = Place(at, name)
    return tuple(
        phone_number(an(str, number, here, index), Place(here, index))
        for index, number in enumerate(an(list, entry.get(name), at, name))
    )
