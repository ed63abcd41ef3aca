"""How proxy sessions of a region begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from proxymock.state.deadlines import Deadlines, Due
from proxymock.state.numbering import Numbering
from proxymock.state.proxy_sessions import ConnectorSessions, ProxySession
from proxymock.state.tables import AlreadyThere
from proxymock.state.voice_connectors import VoiceConnectors


class ProxySessions:
    """The proxy sessions of a region, which enter and leave here.

    Args:
        connectors: the voice connectors of the region.
        numbering: the live sessions behind each number of the account.
        deadlines: the deadlines of the account.
    """

    def __init__(
        self,
        connectors: VoiceConnectors,
        numbering: Numbering,
        deadlines: Deadlines,
    ) -> None:
        self._connectors = connectors
        self._numbering = numbering
        self._deadlines = deadlines
        # Across the connectors of the region, each of which knows its own alone.
        self._ids: set[str] = set()
        self._on_due = self._expire

    def __contains__(self, id: object) -> bool:
        return id in self._ids

    def enter(self, session: ProxySession) -> ProxySession:
        """Keep a session, a live one behind its number, and return it.

        Raises AlreadyThere, and then nothing has changed.
        """
        if session.proxy_session_id in self._ids:
            raise AlreadyThere(f"ProxySession '{session.proxy_session_id}'")
        sessions = self._sessions_beside(session)
        sessions.enter(session)
        self._ids.add(session.proxy_session_id)
        if session.is_live:
            self._numbering.assign(session)
            self._deadlines.add(session.expires_at, session, self._on_due)
        else:
            sessions.ended.update([session])
        return session

    def leave(self, session: ProxySession) -> None:
        """Remove a session. Its connector remembers its number, and its end if any."""
        self._sessions_beside(session).leave(session)
        self._ids.remove(session.proxy_session_id)
        if session.is_live:
            self._numbering.release([session])
            self._deadlines.remove(session.expires_at, session, self._on_due)

    def prolong(self, session: ProxySession, minutes: int) -> None:
        """Give a live session another length, which counts from its creation."""
        self._deadlines.remove(session.expires_at, session, self._on_due)
        session.expiry_minutes = minutes
        self._deadlines.add(session.expires_at, session, self._on_due)

    def close(self, session: ProxySession, at: datetime) -> None:
        """Close a live session *at* an instant, UTC, before it expires."""
        expires_at = session.expires_at
        self._deadlines.remove(expires_at, session, self._on_due)
        # Deleting is expiring early: one way to end, so that both leave the same.
        self._expire([(at, session.sequence, session, self._on_due)])

    def _expire(self, due: Sequence[Due]) -> None:
        """Close the sessions that have fallen due."""
        # Together, since a million may fall due at once.
        by_connector: dict[str, list[ProxySession]] = defaultdict(list)
        for when, _, session, _ in due:
            session.ended_timestamp = session.updated_timestamp = when
            by_connector[session.voice_connector_id].append(session)
        for id, sessions in by_connector.items():
            self._connectors[id].proxy_sessions.close(sessions)
            self._numbering.release(sessions)

    def _sessions_beside(self, session: ProxySession) -> ConnectorSessions:
        return self._connectors[session.voice_connector_id].proxy_sessions
