"""The effects of an account whose process is forked."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from proxymock.service import door as module
from proxymock.service.door import Door

if TYPE_CHECKING:
    from proxymock.state.store import Account


def test_child_carries_its_own_effects(account: Account) -> None:
    """In the child nobody waits for the thread that carries effects in the parent."""
    door, done = Door(account), []

    def forks() -> None:
        module._before_fork()
        module._after_fork_in_child()
        with door:
            account.effects.append(lambda: done.append("in the child"))

    def is_carried() -> None:
        thread = Thread(target=forks)
        thread.start()
        thread.join()
        done.append("in the parent")

    with door:
        account.effects.append(is_carried)

    assert done == ["in the child", "in the parent"]
