"""The sessions that have ended, which calls to their numbers still find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Protocol

Pair = tuple[str, str]  # two participants, as their numbers ascend


class Session(Protocol):
    """The attributes of a proxy session that are used here."""

    sequence: int
    proxy_session_id: str
    participant_phone_numbers: Pair
    proxy_phone_number: str
    ended_timestamp: datetime | None


class EndedSession(NamedTuple):
    """What a connector remembers of a proxy session, even after it is deleted.

    Ended sessions are ordered by their end. If two ended at one instant, the newer one
    comes later.
    """

    at: datetime
    sequence: int
    proxy_session_id: str
    participant_phone_numbers: Pair


class EndedSessions:
    """The last ended session of each participant behind each number of a connector.

    The memory grows with distinct pairs, not with sessions.
    """

    def __init__(self) -> None:
        # The session itself until it is deleted: making an EndedSession for each would
        # take too long when many sessions end at once.
        self._by_number: dict[str, dict[str, Session | EndedSession]] = {}

    def __iter__(self) -> Iterator[tuple[str, EndedSession]]:
        """Yield each session once with its proxy number, in the order of their ends."""
        distinct = {
            (number, _rest_of(ended)): None
            for number, by_participant in self._by_number.items()
            for ended in by_participant.values()
        }
        return iter(sorted(distinct, key=lambda entry: entry[1]))

    def update(self, sessions: Iterable[Session]) -> None:
        """Remember sessions that have their EndedTimestamp."""
        for session in sessions:
            by_participant = self._behind(session.proxy_phone_number)
            for participant in session.participant_phone_numbers:
                if by_participant.setdefault(participant, session) is not session:
                    _replace(by_participant, participant, session)

    def add(self, number: str, ended: EndedSession) -> None:
        """Remember a session that has been deleted."""
        for participant in ended.participant_phone_numbers:
            _replace(self._behind(number), participant, ended)

    def _behind(self, number: str) -> dict[str, Session | EndedSession]:
        by_participant = self._by_number.get(number)
        if by_participant is None:
            by_participant = self._by_number[number] = {}
        return by_participant

    def reduce(self, session: Session) -> None:
        """Replace a session that is being deleted by its EndedSession."""
        by_participant = self._by_number[session.proxy_phone_number]
        rest = _rest_of(session)
        for participant in session.participant_phone_numbers:
            if by_participant[participant] is session:
                by_participant[participant] = rest

    def numbers_of(self, participant: str) -> Iterator[str]:
        """Yield the numbers behind which *participant* has had a session."""
        for number, by_participant in self._by_number.items():
            if participant in by_participant:
                yield number

    def find(self, participant: str, proxy_number: str) -> EndedSession | None:
        """Return the session of *participant* behind a number that ended last."""
        ended = self._by_number.get(proxy_number, {}).get(participant)
        return None if ended is None else _rest_of(ended)


def _replace(
    last: dict[str, Session | EndedSession],
    participant: str,
    ended: Session | EndedSession,
) -> None:
    """Keep *ended* as the last session of a participant, unless another ended later."""
    other = last.setdefault(participant, ended)
    if _rest_of(other) < _rest_of(ended):
        last[participant] = ended


def _rest_of(ended: Session | EndedSession) -> EndedSession:
    if isinstance(ended, EndedSession):
        return ended
    assert ended.ended_timestamp is not None
    return EndedSession(
        ended.ended_timestamp,
        ended.sequence,
        ended.proxy_session_id,
        ended.participant_phone_numbers,
    )
