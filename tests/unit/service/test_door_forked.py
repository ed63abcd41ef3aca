"""The door to an account whose process is forked."""

from __future__ import annotations

import os
import subprocess
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kit.oracles.doors import is_free
from proxymock.service import door as module
from proxymock.service.door import Door

if TYPE_CHECKING:
    from proxymock.state.store import Account


FORK = """
import os, signal
from datetime import datetime, timezone
from random import Random
from threading import Event, Thread
from proxymock.service.door import Door
from proxymock.state.options import Options
from proxymock.state.store import Account

account = Account(
    "123456789012", lambda: datetime.now(timezone.utc), Random(), Options, dict
)
door, inside, forking = Door(account), Event(), Event()

def busy():
    with door:
        inside.set()
        forking.wait()

Thread(target=busy).start()
inside.wait()
os.register_at_fork(before=forking.set)  # the last one registered comes first
child = os.fork()
if not child:
    signal.alarm(30)  # or it would hang for good
    with door:
        os._exit(0)
with door:
    print(os.waitpid(child, 0)[1])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_child_of_a_fork_comes_in() -> None:
    """A process that is forked while another thread is in does not wait for it."""
    command = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORK]

    done = subprocess.run(command, check=True, capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("0\n", "")


def test_child_keeps_what_its_thread_has(account: Account) -> None:
    """A thread that forks while it is in is in, in the child, and can leave."""
    door = Door(account)

    with door:
        module._before_fork()
        module._after_fork_in_child()
        inside = is_free(door)

    assert (inside, is_free(door)) == (False, True)


def test_parent_goes_on_after_a_fork(account: Account) -> None:
    """Nobody comes in while a process is forked, and everybody does afterwards."""
    door = Door(account)

    module._before_fork()
    try:
        meanwhile = is_free(door)
    finally:  # or all tests after this would wait at their doors
        module._after_fork_in_parent()

    assert (meanwhile, is_free(door)) == (False, True)


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
