"""A document while it is read: what has been read, and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from proxymock.api.errors import VoiceError
from proxymock.sandbox import SandboxError
from proxymock.sandbox.snapshot.defaults import Members
from proxymock.sandbox.snapshot.places import Place, wrong
from proxymock.sandbox.snapshot.schema import MOST_SEQUENCE, a_rank
from proxymock.state.store import Store
from proxymock.state.tables import AlreadyThere

_ARN = "arn:aws:chime:"
_OWN_ARN = re.compile(r"(arn:aws:chime:[^:]*:)\d{12}(:.*)", re.ASCII | re.DOTALL)


class Reading:
    """A document, which is read into *store*, one region after the other.

    *things* has all things read so far by their sequence, each with its place. *inside*
    has the things inside of another one, by the sequence of that one: they enter after
    it. *aside* has members of voice connectors that must wait until all is read.
    """

    def __init__(self, document: Mapping[str, Any], store: Store) -> None:
        self.things: dict[int, tuple[Any, Place]] = {}
        self.aside: list[tuple[Store, Any, Members, Place]] = []
        self.inside: dict[int, list[Any]] = {}
        self.store = store
        self._document = document
        self._next_sequence: int | None = None

    @property
    def last_sequence(self) -> int:
        """The highest sequence of all things so far, -1 if there is none."""
        return max(self.things, default=-1)

    def next_sequence(self) -> int:
        """Return a sequence that nothing in the document has."""
        # Late, since it takes a walk through all: most documents have every sequence.
        if self._next_sequence is None:
            self._next_sequence = _highest(self._document)
        self._next_sequence += 1
        return self._next_sequence

    def at_home(self, text: str) -> str:
        """Return an ARN of the service with the account that is being loaded.

        Any other text is returned unchanged.
        """
        # Most texts are no ARNs, and this takes less time than the pattern.
        if not text.startswith(_ARN):
            return text
        own = _OWN_ARN.fullmatch(text)
        return f"{own[1]}{self.store.account.account_id}{own[2]}" if own else text

    def referred(self, sequence: Any, declared: Any, at: Place) -> Any:
        """Return the thing with this *sequence* and of the type *declared*.

        Raises SandboxError if there is none before this place, or of another type.
        """
        if type(sequence) is not int or sequence not in self.things:
            raise SandboxError(f"{at} refers to {sequence!r}, which is not before it")
        thing, there = self.things[sequence]
        if declared is not Any and not isinstance(thing, declared):
            raise SandboxError(f"{at} refers to {there}, which is something else")
        return thing

    def register(
        self, thing: Any, inside: list[Any], aside: Members, at: Place
    ) -> None:
        """Note the place of a *thing*, what is *inside* of it, and what must wait."""
        self.rank(thing, thing.sequence, at)
        self.inside[thing.sequence] = inside
        if aside:
            self.aside.append((self.store, thing, aside, at))

    def rank(self, thing: Any, sequence: int, at: Place) -> None:
        """Note that a *thing* has a *sequence*, which must be its alone."""
        if a_rank(sequence, at) in self.things:
            there = self.things[sequence][1]
            raise wrong(at, "Sequence", f"must not be that of {there}")
        self.things[sequence] = thing, at

    def enter(self, enter: Callable[[Any], object], thing: Any, at: Place) -> None:
        """Call *enter* with *thing*; raise SandboxError with its place if it fails."""
        try:
            enter(thing)
        except AlreadyThere as error:
            raise SandboxError(f"{at} is a second {error}") from None
        except VoiceError as error:
            raise SandboxError(f"{at}: {error.message}") from None
        except (KeyError, TypeError) as error:  # from ``keys`` of a malformed thing
            raise SandboxError(f"{at} has no sound {error}") from None


def _highest(document: Any) -> int:
    """Return the highest Sequence anywhere in a document, -1 if there is none.

    What is too high for one is refused where a thing has it, and nobody's otherwise.
    """
    if isinstance(document, list):
        return max(map(_highest, document), default=-1)
    if not isinstance(document, dict):
        return -1
    own = document.get("Sequence")
    highest = max(map(_highest, document.values()), default=-1)
    if type(own) is not int or own > MOST_SEQUENCE:
        return highest
    return max(own, highest)
