"""The one door to an account: all code that touches an account comes in here."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import getLogger
from threading import Lock, RLock, get_ident
from types import TracebackType
from weakref import WeakSet

from proxymock.service.phone_number_progress import follow
from proxymock.state.store import Account, Effect

_LOG = getLogger("proxymock")


class Door:
    """Lets one thread at a time into an account, and runs what is due.

    ::

        with door as account:
            account.store("us-east-1")

    On the way in it waits for the lock, runs what has fallen due, and lets calls go on
    that are ready. On the way out it unlocks, and then carries out the *effects* that
    were noted inside. An effect happens outside, such as the delivery of a recording,
    and may come in again in any thread.

    A thread that is in may come in again. The effects wait until it is out altogether.
    They are carried out one after the other, in the order in which they were noted:
    what comes of an effect itself, or of another thread meanwhile, waits for its turn.
    If an effect raises, the others are still carried out. The last error is raised in
    the end, and errors before it are logged.

    Args:
        account: the account behind the door. Each account has one door.
    """

    def __init__(self, account: Account) -> None:
        self._account = account
        self._lock = RLock()
        # Lets calls go on that are ready, before anybody else's turn.
        self.before: Callable[[], None] | None = None
        self._inside = 0  # how often the thread that is in has come in
        self._carrier: int | None = None  # the thread that carries effects out
        with _making:
            _doors.add(self)

    def __repr__(self) -> str:
        return f"<Door to {self._account!r}>"

    def __enter__(self) -> Account:
        account = self._come_in()
        # Outside of the door, since functions come back in; and not for who is in.
        while account.calls.ready and self.before and self._inside == 1:
            self._go_out()
            self.before()
            account = self._come_in()
        return account

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._go_out()

    @contextmanager
    def step(self) -> Iterator[Account]:
        """Come in as one of those whom ``before`` lets go on: for a moment only."""
        account = self._come_in()
        try:
            yield account
        finally:
            self._go_out()

    def _come_in(self) -> Account:
        self._lock.acquire()
        try:
            run_due(self._account)
        except BaseException:
            self._lock.release()
            raise
        self._inside += 1
        return self._account

    def _go_out(self) -> None:
        self._inside -= 1
        carries = not self._inside and self._account.effects and not self._carrier
        if carries:
            self._carrier = get_ident()
        self._lock.release()
        if carries:
            self._carry_out()

    def _carry_out(self) -> None:
        """Call all effects in their order, then raise the error of the last bad one.

        The log of ``proxymock`` has the errors before that.
        Nobody waits for the thread that does it: its effect may be waiting for them.
        """
        last: BaseException | None = None
        while (effect := self._next_effect()) is not None:
            try:
                effect()
            except BaseException as error:
                if last is not None:
                    _LOG.error("An effect failed, and a later one too", exc_info=last)
                last = error
        if last is not None:
            raise last

    def _next_effect(self) -> Effect | None:
        with self._lock:
            if self._account.effects:
                return self._account.effects.popleft()
            self._carrier = None
            return None

    def shut(self) -> None:
        """Let only this thread in from now on, and carry out no more effects."""
        self._lock.acquire()
        self._inside += 1


def run_due(account: Account) -> None:
    """Run what has fallen due in an account, for good. AWS: SB-13."""
    account.deadlines.run_due(account.now())
    for store in account.stores.values():
        if store.phone_number_orders.in_progress:
            for order in tuple(store.phone_number_orders.in_progress.values()):
                follow(store, order)


# If a process were forked while another thread is in, the child would wait forever for
# a thread that it does not have. So a fork waits until no other thread is in any door.
_doors: WeakSet[Door] = WeakSet()
_making = Lock()


def _before_fork() -> None:
    _making.acquire()
    for door in _doors:
        door._lock.acquire()


def _after_fork_in_parent() -> None:
    for door in _doors:
        door._lock.release()
    _making.release()


def _after_fork_in_child() -> None:
    global _making
    for door in _doors:
        door._lock = RLock()
        for _ in range(door._inside):  # by the thread that has forked
            door._lock.acquire()
        if door._carrier != get_ident():
            door._carrier = None  # a thread that the child does not have
    _making = Lock()


if hasattr(os, "register_at_fork"):  # pragma: no branch
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork_in_parent,
        after_in_child=_after_fork_in_child,
    )
