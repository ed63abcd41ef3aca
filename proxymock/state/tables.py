"""Things by their id, by what they share, and in the order of their creation."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
)
from contextlib import contextmanager
from operator import attrgetter
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from sortedcontainers import SortedKeyList

from proxymock.api.errors import BadRequestException, NotFoundException
from proxymock.state.tags import Tags


class Sequenced(Protocol):
    """A thing with its rank in the order of creation, unique in its account."""

    @property
    def sequence(self) -> int:
        """The rank in the order of creation."""
        ...


Thing = TypeVar("Thing", bound=Sequenced)

_FEW = 8
_NO_TAGS: Mapping[str, str] = MappingProxyType({})


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
        """Yield the things made after the one at *position*, each with its own."""
        later = self._things.irange_key(position, None, inclusive=(False, True))
        return ((thing.sequence, thing) for thing in later)

    def before(self, position: int | None) -> Iterator[tuple[int, Thing]]:
        """Yield the things made before the one at *position*, or all, newest first."""
        earlier = self._things.irange_key(
            None, position, inclusive=(True, False), reverse=True
        )
        return ((thing.sequence, thing) for thing in earlier)

    def add(self, thing: Thing) -> None:
        """Put *thing* where its sequence says."""
        self._things.add(thing)

    def remove(self, thing: Thing) -> None:
        """Take *thing* out."""
        self._things.remove(thing)

    def update(self, things: Collection[Thing]) -> None:
        """Put many *things* where their sequences say."""
        if self._are_few(things):
            for thing in things:
                self._things.add(thing)
        else:
            self._things.update(things)

    def difference_update(self, things: Collection[Thing]) -> None:
        """Take many *things* out."""
        if self._are_few(things):
            for thing in things:
                self._things.remove(thing)
            return
        gone = {thing.sequence for thing in things}
        left = [thing for thing in self._things if thing.sequence not in gone]
        self._things.clear()
        self._things.update(left)

    def _are_few(self, things: Collection[Thing]) -> bool:
        # A removal searches the list. For many things, rebuilding it is faster.
        return len(things) < _FEW + len(self._things) // _FEW


class AlreadyThere(ValueError):
    """A table has another thing with this id. The message is the kind and the id."""


class Table(Generic[Thing]):
    """Things by their id, and in the order of their creation.

    Args:
        kind: what NotFoundException calls one of them.
        key: the attribute of a thing that is its id.
    """

    page_size = None

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.key: Callable[[Thing], str] = attrgetter(key)
        self._by_id: dict[str, Thing] = {}
        self._ordered: Ordered[Thing] = Ordered()
        # The table is a view itself, without one call more for each page.
        self.after = self._ordered.after
        self.before = self._ordered.before

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {self.kind}>"

    def __getitem__(self, id: str) -> Thing:
        try:
            return self._by_id[id]
        except KeyError:
            raise NotFoundException.of(self.kind, id) from None

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def __iter__(self) -> Iterator[Thing]:
        return iter(self._ordered)

    def __reversed__(self) -> Iterator[Thing]:
        return reversed(self._ordered)

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, id: str) -> Thing | None:
        """Return the thing with this *id*, if there is one."""
        return self._by_id.get(id)

    def get_or_bad_request(self, member: str, id: str) -> Thing:
        """Return the thing that an input *member* refers to. AWS: SM-13.

        Raises BadRequestException. Use it in operations that do not declare
        NotFoundException.
        """
        if id not in self._by_id:
            raise self.bad_reference(member, id)
        return self._by_id[id]

    def bad_reference(self, member: str, value: str) -> BadRequestException:
        """Return the error that the *value* of a *member* refers to nothing here."""
        return BadRequestException(
            f"{member} must refer to an existing {self.kind}, not '{value}'"
        )

    def enter(self, thing: Thing) -> Thing:
        """Keep *thing* under its id and return it.

        Raises AlreadyThere, and then nothing has changed.
        """
        id = self.key(thing)
        if id in self._by_id:
            raise AlreadyThere(f"{self.kind} '{id}'")
        self._by_id[id] = thing
        self._ordered.add(thing)
        return thing

    def leave(self, thing: Thing) -> None:
        """Remove *thing*, which is in the table."""
        del self._by_id[self.key(thing)]
        self._ordered.remove(thing)


class Tagged(Table[Thing]):
    """A table of things that have tags.

    Args:
        kind: what NotFoundException calls one of them.
        key: the attribute of a thing that is its id.
        arn: the attribute that is its ARN.
        tags: the tags of each ARN, of this kind and others.
    """

    def __init__(self, kind: str, key: str, arn: str, tags: Tags) -> None:
        super().__init__(kind, key)
        self._arn: Callable[[Thing], str] = attrgetter(arn)
        self._tags = tags

    def enter(self, thing: Thing, tags: Mapping[str, str] = _NO_TAGS) -> Thing:
        """Keep *thing* with its *tags* and return it. Raises AlreadyThere."""
        super().enter(thing)
        # A copy of its own, since TagResource changes it in place.
        self._tags[self._arn(thing)] = dict(tags)
        return thing

    def leave(self, thing: Thing) -> None:
        """Remove *thing*, which is in the table, and its tags."""
        super().leave(thing)
        del self._tags[self._arn(thing)]


Key = tuple[str, Hashable]  # a name, such as that of a filter, and its value


class Indexed(Table[Thing]):
    """A table that also finds its things by their *keys*.

    The keys of a thing in the table change only within ``reindexed(thing)``.
    """

    def __init__(
        self,
        kind: str,
        key: str,
        keys: Callable[[Thing], Iterable[Key]] = attrgetter("keys"),
    ) -> None:
        super().__init__(kind, key)
        self._keys = keys
        self._groups: dict[Key, Ordered[Thing]] = {}

    def where(self, key: Key) -> Ordered[Thing]:
        """Return the things that have *key*, in the order of their creation."""
        # Empty groups are not kept, or each key ever used would need memory.
        return self._groups.get(key) or Ordered()

    def enter(self, thing: Thing) -> Thing:
        """Keep *thing* under its id and return it. Raises AlreadyThere."""
        # Before it enters: a malformed thing of a saved state may raise here.
        keys = tuple(self._keys(thing))
        super().enter(thing)
        self._index(thing, keys)
        return thing

    def leave(self, thing: Thing) -> None:
        """Remove *thing*, which is in the table."""
        super().leave(thing)
        self._unindex(thing)

    @contextmanager
    def reindexed(self, thing: Thing) -> Iterator[None]:
        """Let the keys of *thing* change inside of a ``with`` block."""
        self._unindex(thing)
        try:
            yield
        finally:
            self._index(thing, self._keys(thing))

    def _index(self, thing: Thing, keys: Iterable[Key]) -> None:
        for key in keys:
            self._groups.setdefault(key, Ordered()).add(thing)

    def _unindex(self, thing: Thing) -> None:
        for key in self._keys(thing):
            self._groups[key].remove(thing)
            if not self._groups[key]:
                del self._groups[key]
