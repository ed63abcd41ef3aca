from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from proxymock.service.progress import DEFAULT_TRANSITION, advance
from proxymock.state.options import OptionsError
from proxymock.state.progress import PHONE_NUMBER_ORDER, Progress
from proxymock.state.store import Store

if TYPE_CHECKING:
    from service.conftest import FakeAccount


@pytest.fixture
def progress(store: Store) -> Progress:
    """A thing that has two steps to go."""
    return Progress(
        model=PHONE_NUMBER_ORDER,
        steps=("Processing", "Submitted", "Successful"),
        since=store.now(),
    )


def test_begins_at_the_first_step(progress: Progress) -> None:
    """The status is the first step until something advances it."""
    assert progress.status == "Processing"


def test_immediate(progress: Progress, store: Store) -> None:
    """With an immediate transition the last step is reached at once."""
    assert advance(store, progress)

    assert progress.status == "Successful"
    assert not advance(store, progress, read=True)


def test_by_default_a_read_is_a_step(
    progress: Progress, store: Store, fake_account: FakeAccount
) -> None:
    """By default every read moves on by one, up to the last step."""
    fake_account.transition = DEFAULT_TRANSITION
    seen = []

    for _ in range(3):
        changed = advance(store, progress, read=True)
        seen.append((progress.status, changed))

    assert seen == [("Submitted", True), ("Successful", True), ("Successful", False)]


def test_manual(progress: Progress, store: Store, fake_account: FakeAccount) -> None:
    """With a manual transition it takes a number of reads to move on."""
    fake_account.transition = {"progression": "manual", "times": 2}
    seen = []

    for _ in range(5):
        advance(store, progress, read=True)
        seen.append(progress.status)

    assert seen == ["Processing", "Submitted", "Submitted", "Successful", "Successful"]


def test_only_reads_count(
    progress: Progress, store: Store, fake_account: FakeAccount
) -> None:
    """With a manual transition nothing but a read moves on."""
    fake_account.transition = {"progression": "manual", "times": 1}

    assert not advance(store, progress)
    assert progress.status == "Processing"


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (9, "Processing"),
        (10, "Submitted"),
        (19, "Submitted"),
        (20, "Successful"),
        (1000, "Successful"),
    ],
)
def test_time(
    progress: Progress,
    store: Store,
    fake_account: FakeAccount,
    seconds: float,
    status: str,
) -> None:
    """With a transition by time each step takes so many seconds."""
    fake_account.transition = {"progression": "time", "seconds": 10}
    fake_account.pass_time(seconds=seconds)

    advance(store, progress)

    assert progress.status == status


def test_time_goes_on_from_the_last_step(
    progress: Progress, store: Store, fake_account: FakeAccount
) -> None:
    """Looking late at one step does not put off the next."""
    fake_account.transition = {"progression": "time", "seconds": 10}
    fake_account.pass_time(seconds=15)
    advance(store, progress, read=True)

    fake_account.pass_time(seconds=5)
    advance(store, progress, read=True)

    assert progress.status == "Successful"


@pytest.mark.parametrize("progression", ["manual", "time"])
def test_length_may_be_left_out(
    progress: Progress, store: Store, fake_account: FakeAccount, progression: str
) -> None:
    """A transition without its length takes one read, or no time."""
    fake_account.transition = {"progression": progression}

    assert advance(store, progress, read=True)


def test_time_that_never_comes(
    progress: Progress, store: Store, fake_account: FakeAccount
) -> None:
    """A step may take longer than dates can tell."""
    fake_account.transition = {"progression": "time", "seconds": 1e300}

    assert not advance(store, progress, read=True)


@pytest.mark.parametrize(
    ("transition", "message"),
    [
        (
            {"progression": "magic"},
            "The transition of chimesdkvoice::phone_number_order must have the "
            "progression 'immediate' or 'manual' or 'time', "
            "not {'progression': 'magic'}",
        ),
        (
            ["immediate"],
            "The transition of chimesdkvoice::phone_number_order must have the "
            "progression 'immediate' or 'manual' or 'time', not ['immediate']",
        ),
        (
            {"progression": "manual", "times": "two"},
            "The times in the transition of chimesdkvoice::phone_number_order must be "
            "a number, none or more, not 'two'",
        ),
        (
            {"progression": "time", "seconds": -1},
            "The seconds in the transition of chimesdkvoice::phone_number_order must "
            "be a number, none or more, not -1",
        ),
    ],
)
def test_wrong_transition(
    progress: Progress,
    store: Store,
    fake_account: FakeAccount,
    transition: Any,
    message: str,
) -> None:
    """A transition that nothing can go by is refused, and nothing has moved."""
    fake_account.transition = transition

    with pytest.raises(OptionsError) as error:
        advance(store, progress, read=True)

    assert str(error.value) == message
    assert progress.status == "Processing"
