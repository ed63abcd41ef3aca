"""Effects in a process that is forked while some are carried out."""

from __future__ import annotations

from threading import get_ident

from proxymock.service import door as module
from proxymock.service.door import Door
from proxymock.state.store import Account


def fork() -> None:
    """Go on as the child of a fork does."""
    module._before_fork()
    module._after_fork_in_child()


def test_of_a_thread_that_the_child_lacks(account: Account) -> None:
    """The child does not leave its effects to a thread that it does not have."""
    door, done = Door(account), []
    door._carrier = get_ident() + 1

    fork()
    with door:
        account.effects.append(lambda: done.append("effect"))

    assert done == ["effect"]


def test_of_the_thread_that_forks(account: Account) -> None:
    """A thread that forks within an effect carries out what comes of it, in order."""
    door, done = Door(account), []

    def forks() -> None:
        fork()
        with door:
            account.effects.append(lambda: done.append("third"))
        done.append("first")

    with door:
        account.effects += [forks, lambda: done.append("second")]

    assert done == ["first", "second", "third"]
