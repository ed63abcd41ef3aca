"""Who could be reached behind which number once: what a call finds after the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

Pair = tuple[str, str]  # two participants, as their numbers ascend


class EndedSession(NamedTuple):
    """What is left of a proxy session, even after it has been deleted.

    Of sessions that ended at one instant, that which was made last is the last one.
    """

    at: datetime
    sequence: int
    proxy_session_id: str
    participant_phone_numbers: Pair


class EndedSessions:
    """The last ended session of each pair of a connector behind each number it had.

    It grows with distinct pairs, not with sessions.
    """

    def __init__(self) -> None:
        self._by_number: dict[str, dict[str, EndedSession]] = {}

    def __iter__(self) -> Iterator[tuple[str, EndedSession]]:
        """Yield each session once, with its proxy number, in the order of time."""
        distinct = {
            (number, ended): None
            for number, by_participant in self._by_number.items()
            for ended in by_participant.values()
        }
        return iter(sorted(distinct, key=lambda entry: entry[1]))

    def add(self, proxy_number: str, ended: EndedSession) -> None:
        """Remember a session in place of those of its people that ended before it."""
        by_participant = self._by_number.get(proxy_number)
        if by_participant is None:
            by_participant = self._by_number[proxy_number] = {}
        for participant in ended.participant_phone_numbers:
            last = by_participant.get(participant)
            if last is None or last < ended:
                by_participant[participant] = ended

    def find(self, participant: str, proxy_number: str) -> EndedSession | None:
        """Return the session of *participant* behind a number that ended last."""
        return self._by_number.get(proxy_number, {}).get(participant)
