"""Who could be reached behind which number once: what a call finds after the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from proxymock.service.numbering import Pair


class Ending(NamedTuple):
    """The end of a proxy session, which outlives the session itself."""

    at: datetime
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

    def find(self, participant: str, proxy_number: str) -> Ending | None:
        """Return how the last session of *participant* behind a number ended."""
        return self._behind.get(proxy_number, {}).get(participant)
