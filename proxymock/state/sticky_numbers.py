"""The proxy numbers that pairs of people have had."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from proxymock.state.ended_sessions import Pair


class StickyNumbers:
    """The proxy numbers that each pair has had at a connector, the newest last.

    The memory grows with distinct pairs and their distinct numbers, not with sessions.
    """

    def __init__(self) -> None:
        # Usually it is one number, and a dictionary for each pair would need too much
        # memory. The dictionaries serve as ordered sets.
        self._numbers: dict[Pair, str | dict[str, None]] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[tuple[Pair, tuple[str, ...]]]:
        """Yield each pair with its numbers."""
        return ((pair, tuple(self.of(pair))) for pair in self._numbers)

    def of(self, pair: Pair) -> Collection[str]:
        """Return the numbers of a pair; ``in`` takes constant time."""
        numbers = self._numbers.get(pair, ())
        return (numbers,) if isinstance(numbers, str) else numbers

    def last(self, pair: Pair) -> str | None:
        """Return the newest number of a pair, if any."""
        numbers = self._numbers.get(pair)
        if isinstance(numbers, dict):
            return next(reversed(numbers))
        return numbers

    def note(self, pair: Pair, number: str) -> None:
        """Remember a number as the newest one of a pair."""
        earlier = self._numbers.get(pair, number)
        if earlier == number:
            self._numbers[pair] = number
        elif isinstance(earlier, str):
            self._numbers[pair] = {earlier: None, number: None}
        else:
            earlier.pop(number, None)
            earlier[number] = None

    def replace(self, pair: Pair, numbers: Collection[str]) -> None:
        """Remember exactly these numbers for a pair."""
        self._numbers.pop(pair, None)
        for number in numbers:
            self.note(pair, number)
