"""Who could be reached behind which number once: what a call finds after the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from proxymock.service.numbering import Pair

if TYPE_CHECKING:
    from proxymock.service.proxy_sessions import ProxySession


class Ending(NamedTuple):
    """The end of a proxy session, which outlives the session itself.

    Of endings at one instant that of the session made last is the last one.
    """

    at: datetime
    sequence: int
    proxy_session_id: str
    participant_phone_numbers: Pair


class Endings:
    """The last ending of each pair of a connector behind each number it had.

    It grows with distinct pairs, not with sessions.
    """

    def __init__(self) -> None:
        self._behind: dict[str, dict[str, Ending]] = {}

    def __iter__(self) -> Iterator[tuple[str, Ending]]:
        """Yield each ending once, with its proxy number, in the order of time."""
        distinct = {
            (number, ending): None
            for number, endings in self._behind.items()
            for ending in endings.values()
        }
        return iter(sorted(distinct, key=lambda entry: entry[1]))

    def add(self, proxy_number: str, ending: Ending) -> None:
        """Remember an ending in place of the pair's earlier one."""
        endings = self._behind.setdefault(proxy_number, {})
        for participant in ending.participant_phone_numbers:
            endings[participant] = ending

    def note(self, session: ProxySession) -> None:
        """Remember the ending of a session that is Closed."""
        assert session.ended_timestamp is not None
        ending = Ending(
            at=session.ended_timestamp,
            sequence=session.sequence,
            proxy_session_id=session.proxy_session_id,
            participant_phone_numbers=session.participant_phone_numbers,
        )
        self.add(session.proxy_phone_number, ending)

    def find(self, participant: str, proxy_number: str) -> Ending | None:
        """Return how the last session of *participant* behind a number ended."""
        return self._behind.get(proxy_number, {}).get(participant)
