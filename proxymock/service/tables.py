"""Things by their id, by what they share, and in the order of their creation."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from typing import Generic, Protocol, TypeVar

from sortedcontainers import SortedKeyList

from proxymock.api.errors import BadRequestException, NotFoundException


class Sequenced(Protocol):
    """A thing that knows when it was made, relative to all others of its account."""

    @property
    def sequence(self) -> int:
        """The rank in the order of creation."""
        ...


Thing = TypeVar("Thing", bound=Sequenced)


class Ordered(Generic[Thing]):
    """Things in the order of their creation; a view that can start anywhere.

    AWS: API-10.
    """

    page_size = None

    def __init__(self) -> None:
        self._things = SortedKeyList(key=attrgetter("sequence"))

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._things)

    def __reversed__(self) -> Iterator[Thing]:
        newest_first: Iterator[Thing] = reversed(self._things)
        return newest_first

    def __len__(self) -> int:
        return len(self._things)

    def after(self, position: int) -> Iterator[tuple[int, Thing]]:
        """Yield the things that were made after the one at *position*."""
        later = self._things.irange_key(position, None, inclusive=(False, True))
        return ((thing.sequence, thing) for thing in later)

    def add(self, thing: Thing) -> None:
        """Put *thing* where its sequence says."""
        self._things.add(thing)

    def remove(self, thing: Thing) -> None:
        """Take *thing* out."""
        self._things.remove(thing)


class Table(Generic[Thing]):
    """Things by their id, and in the order of their creation.

    Args:
        kind: what NotFoundException calls one of them.
    """

    page_size = None

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._by_id: dict[str, Thing] = {}
        self._ordered: Ordered[Thing] = Ordered()
        self.after = self._ordered.after

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self.kind}>"

    def __getitem__(self, id: str) -> Thing:
        try:
            return self._by_id[id]
        except KeyError:
            raise NotFoundException.of(self.kind, id) from None

    def __contains__(self, id: str) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._ordered)

    def __reversed__(self) -> Iterator[Thing]:
        return reversed(self._ordered)

    def __len__(self) -> int:
        return len(self._by_id)

    def referred(self, member: str, id: str) -> Thing:
        """Return the thing that an input *member* refers to. AWS: SM-13.

        Raises BadRequestException; for operations without NotFoundException.
        """
        if id not in self._by_id:
            raise self.unknown(member, id)
        return self._by_id[id]

    def unknown(self, member: str, value: str) -> BadRequestException:
        """Return the error that the *value* of a *member* refers to nothing here."""
        return BadRequestException(
            f"{member} must refer to an existing {self.kind}, not '{value}'"
        )

    def add(self, id: str, thing: Thing) -> Thing:
        """Keep *thing* under *id* and return it."""
        self._by_id[id] = thing
        self._ordered.add(thing)
        return thing

    def pop(self, id: str) -> Thing:
        """Take the thing with this *id* out and return it."""
        thing = self[id]
        del self._by_id[id]
        self._ordered.remove(thing)
        return thing


Key = tuple[str, Hashable]  # what is asked for and its value


class Indexed(Table[Thing]):
    """A table that also finds its things by their keys.

    The keys of a thing in the table change only within ``changing(thing)``.
    """

    def __init__(self, kind: str, keys: Callable[[Thing], Iterable[Key]]) -> None:
        super().__init__(kind)
        self._keys = keys
        self._groups: dict[Key, Ordered[Thing]] = {}

    def having(self, key: Key) -> Ordered[Thing]:
        """Return the things that have *key*, in the order of their creation."""
        return self._groups.get(key) or Ordered()

    def add(self, id: str, thing: Thing) -> Thing:
        """Keep *thing* under *id* and return it."""
        self._enter(thing)
        return super().add(id, thing)

    def pop(self, id: str) -> Thing:
        """Take the thing with this *id* out and return it."""
        self._leave(self[id])
        return super().pop(id)

    @contextmanager
    def changing(self, thing: Thing) -> Iterator[None]:
        """Let the keys of *thing* change meanwhile."""
        self._leave(thing)
        try:
            yield
        finally:
            self._enter(thing)

    def _enter(self, thing: Thing) -> None:
        for key in self._keys(thing):
            self._groups.setdefault(key, Ordered()).add(thing)

    def _leave(self, thing: Thing) -> None:
        for key in self._keys(thing):
            self._groups[key].remove(thing)
            if not self._groups[key]:
                del self._groups[key]
