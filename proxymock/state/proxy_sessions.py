"""Proxy sessions, and what their connector keeps of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from proxymock.api import spec
from proxymock.state.ended_sessions import EndedSessions, Pair
from proxymock.state.sticky_numbers import StickyNumbers
from proxymock.state.tables import Ordered, Table

# A product takes a third of the time of a new timedelta, and all sessions need it.
_MINUTE = timedelta(minutes=1)


@dataclass(kw_only=True, slots=True, eq=False)
class ProxySession:
    """Two participants who reach each other at one proxy number.

    It is Closed from the instant at which it expires or is deleted.
    """

    voice_connector_id: str
    proxy_session_id: str
    name: str | None
    status: str
    expiry_minutes: int
    capabilities: tuple[str, ...]
    created_timestamp: datetime
    updated_timestamp: datetime
    ended_timestamp: datetime | None
    participant_phone_numbers: Pair
    proxy_phone_number: str
    number_selection_behavior: str | None
    geo_match_level: str | None
    geo_match_params: Mapping[str, str] | None
    sequence: int

    @property
    def participants(self) -> tuple[Mapping[str, str], ...]:
        """Both participants as the API shows them, in the order of their numbers."""
        # Made when shown: keeping them would add half to the memory of a session.
        proxy, (first, second) = self.proxy_phone_number, self.participant_phone_numbers
        return (
            {"PhoneNumber": first, "ProxyPhoneNumber": proxy},
            {"PhoneNumber": second, "ProxyPhoneNumber": proxy},
        )

    @property
    def expires_at(self) -> datetime:
        """The instant at which it expires, UTC. AWS: PS-03."""
        return self.created_timestamp + self.expiry_minutes * _MINUTE

    @property
    def is_live(self) -> bool:
        """Whether calls and texts get through."""
        return self.status != "Closed"


class ConnectorSessions(Table[ProxySession]):
    """The sessions of one connector, and what it remembers of deleted ones."""

    def __init__(self) -> None:
        super().__init__("ProxySession", "proxy_session_id")
        self.by_status: dict[str, Ordered[ProxySession]] = {
            status: Ordered() for status in spec.shape("ProxySessionStatus").enum
        }
        self.sticky_numbers = StickyNumbers()
        self.ended = EndedSessions()

    def enter(self, session: ProxySession) -> ProxySession:
        """Keep a session, and remember its number for the pair."""
        super().enter(session)
        self.by_status[session.status].add(session)
        self.sticky_numbers.note(
            session.participant_phone_numbers, session.proxy_phone_number
        )
        return session

    def leave(self, session: ProxySession) -> None:
        """Remove a session, which is here."""
        super().leave(session)
        self.by_status[session.status].remove(session)
        # Its end still decides who gets the fallback number; the rest is let go.
        if not session.is_live:
            self.ended.reduce(session)

    def begin(self, session: ProxySession, at: datetime) -> None:
        """Make an Open session InProgress, at an instant in UTC."""
        self._move([session], "InProgress")
        session.updated_timestamp = at

    def close(self, sessions: Sequence[ProxySession]) -> None:
        """Close live sessions that have their EndedTimestamp."""
        self._move(sessions, "Closed")
        self.ended.update(sessions)

    def _move(self, sessions: Collection[ProxySession], status: str) -> None:
        # All of a status at once: a million may fall due together.
        by_status: dict[str, list[ProxySession]] = defaultdict(list)
        for session in sessions:
            by_status[session.status].append(session)
            session.status = status
        for before, moved in by_status.items():
            self.by_status[before].difference_update(moved)
        self.by_status[status].update(sessions)
