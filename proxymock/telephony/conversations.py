"""Calls that belong together, and the one ladder of them all.

A leg can lead to another call of the account: when an application, a masked person or
anybody else calls a number that the account answers itself. Calls are a conversation if
such legs join them. Nothing else does: AWS tells nobody for which call a function has
made another one by CreateSipMediaApplicationCall, or why a telephone system has called.

Both calls have the messages of a leg that joins them. In a conversation they are one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import chain

from proxymock.state.calls import Call, Entry, Leg
from proxymock.state.tables import Table
from proxymock.telephony.ladder import SPOKEN, function_name, party

Place = tuple[int, int]  # a call by its place in the conversation, and an entry of it
End = tuple[int, str]  # a call, and a leg of it by its CallId
# The first words of messages that both calls have of a leg that joins them.
_KINDS = {"INVITE": "INVITE", "200": "200", "tones": "key", "key": "key"}
_LEGS = ("A", "B")


@dataclass(frozen=True, slots=True)
class Ladder:
    """The names of a ladder's columns, from left to right, and its entries in order."""

    names: Mapping[str, str]
    entries: Sequence[Entry]


def joined(call: Call, calls: Table[Call]) -> list[Call]:
    """Return the calls of a conversation, those first that few legs lead to."""
    found, waiting = {call.transaction_id: call}, deque([call])
    while waiting:
        for id in waiting.popleft().partners.values():
            other = calls.get(id)
            if other is not None and id not in found:
                found[id] = other
                waiting.append(other)
    return list(found.values())


def conversation(calls: Sequence[Call]) -> Ladder:
    """Return the one ladder of calls, which have joined each other."""
    joints = _joints(calls)
    people = _People(calls, joints)
    echoes = _echoes(calls, joints)
    entries = [people.entry(*place) for place in _in_order(calls, echoes)]
    return Ladder(people.names(entries), entries)


class _People:
    """The parties of a conversation: who is at the other end of which leg.

    *joints* has for each end of a leg that joins two calls the other end.
    """

    def __init__(self, calls: Sequence[Call], joints: Mapping[End, End]) -> None:
        self._calls = calls
        self._joints = joints

    def names(self, entries: Sequence[Entry]) -> dict[str, str]:
        """Return the names of all whom a call has, or an entry, each of them once."""
        functions = {end for e in entries for end in (e.sender, e.receiver)}
        names: dict[str, str] = {}
        for number, call in enumerate(self._calls):
            names |= self._at_legs(number, call.legs[:1])
            names[_service(number)] = f"Chime SDK {number + 1}"
            if (function := _function(call)) in functions:
                names[function] = function_name(call)
            names |= self._at_legs(number, call.legs[1:])
        return names

    def entry(self, number: int, index: int) -> Entry:
        """Return an entry of a call as one of the conversation."""
        entry = self._calls[number].entries[index]
        sender = self._party(number, entry, entry.sender)
        if entry.receiver is None:
            text = f"Call {number + 1}: {entry.text}"
            return replace(entry, sender=sender, text=text)
        receiver = self._party(number, entry, entry.receiver)
        return replace(entry, sender=sender, receiver=receiver)

    def _at_legs(self, number: int, legs: Sequence[Leg]) -> dict[str, str]:
        return {
            self._at_leg(number, leg): party(leg)
            for leg in legs
            if (number, leg.call_id) not in self._joints
        }

    def _party(self, number: int, entry: Entry, side: str) -> str:
        call = self._calls[number]
        if side in _LEGS:
            return self._at_leg(number, _leg_of(call, entry, side))
        return _service(number) if side == "chime" else _function(call)

    def _at_leg(self, number: int, leg: Leg) -> str:
        joint = self._joints.get((number, leg.call_id))
        return f"party {party(leg)}" if joint is None else _service(joint[0])


def _joints(calls: Sequence[Call]) -> dict[End, End]:
    """Return the ends of the legs that join two calls, each with the other end."""
    numbers = {call.transaction_id: number for number, call in enumerate(calls)}
    ends = {
        (here, numbers[id]): (here, call_id)
        for here, call in enumerate(calls)
        for call_id, id in call.partners.items()
        if id in numbers and id != call.transaction_id
    }
    return {
        end: ends[there, here]
        for (here, there), end in ends.items()
        if (there, here) in ends
    }


def _echoes(calls: Sequence[Call], joints: Mapping[End, End]) -> dict[Place, Place]:
    """Return what has come in from another call, and where that call has sent it."""
    sent: dict[tuple[End, str], deque[Place]] = defaultdict(deque)
    come: list[tuple[tuple[End, str], Place]] = []
    for number, call in enumerate(calls):
        for index, entry in enumerate(call.entries):
            end, kind = _end_of(number, call, entry), _kind(entry.text)
            if kind is None or end is None or end not in joints:
                continue
            place = number, index
            if entry.sender == "chime":
                sent[end, kind].extend([place] * _times(entry.text))
            else:
                come.append(((joints[end], kind), place))
    echoes = {}
    for key, place in come:
        # A test may do by hand what the other call has not sent.
        if sent[key] and _at(calls, sent[key][0]) <= _at(calls, place):
            echoes[place] = sent[key].popleft()
    return echoes


def _in_order(calls: Sequence[Call], echoes: Mapping[Place, Place]) -> Iterator[Place]:
    """Yield what happened by its time, but what was sent before what came of it.

    What has come in is left out: it is what was sent.
    """
    heads = [(_at(calls, (n, 0)), n, 0) for n, call in enumerate(calls) if call.entries]
    heapify(heads)
    waiting: dict[Place, list[tuple[datetime, int, int]]] = defaultdict(list)
    done: set[Place] = set()
    while heads or waiting:
        if not heads:  # Only a state that was written by hand goes round in circles.
            heads, echoes = [*chain.from_iterable(waiting.values())], {}
            waiting.clear()
            heapify(heads)
        at, number, index = heappop(heads)
        place = number, index
        source = echoes.get(place)
        if source is not None and source not in done:
            waiting[source].append((at, number, index))
            continue
        if source is None:
            yield place
        done.add(place)
        for head in waiting.pop(place, []):
            heappush(heads, head)
        if index + 1 < len(calls[number].entries):
            following = number, index + 1
            heappush(heads, (_at(calls, following), *following))


def _at(calls: Sequence[Call], place: Place) -> datetime:
    number, index = place
    return calls[number].entries[index].at


def _end_of(number: int, call: Call, entry: Entry) -> End | None:
    """Return the leg of a message, None if it is on none."""
    for side in (entry.sender, entry.receiver):
        if side in _LEGS:
            return number, _leg_of(call, entry, side).call_id
    return None


def _leg_of(call: Call, entry: Entry, side: str) -> Leg:
    """Return the leg of a message; one that was saved earlier does not name it."""
    for leg in call.legs:
        if leg.call_id == entry.call_id:
            return leg
    return call.legs[0] if side == "A" else call.legs[-1]


def _kind(text: str) -> str | None:
    """Return what a message is to both calls, None if only one has it."""
    word = text.partition(" ")[0]
    if word.startswith(SPOKEN) or word == "180":
        return None
    return _KINDS.get(word, "end of the leg")


def _times(text: str) -> int:
    """Return as how many messages a message comes: tones as keys, one by one."""
    word, _, keys = text.partition(" ")
    return len(keys) if word == "tones" else 1


def _service(number: int) -> str:
    return f"chime {number + 1}"


def _function(call: Call) -> str:
    return f"function {call.target.function_arn if call.target else ''}"
