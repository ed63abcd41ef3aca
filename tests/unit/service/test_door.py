"""The one door to an account."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from kit.oracles.doors import is_free
from proxymock.service.door import Door
from proxymock.state.options import OptionsError
from proxymock.state.phone_numbers import PhoneNumber, PhoneNumberOrder
from proxymock.state.progress import PHONE_NUMBER_ORDER, Progress
from proxymock.state.store import Account, Store

if TYPE_CHECKING:
    from kit.builders.accounts import FakeAccount


@pytest.fixture
def door(account: Account) -> Door:
    """The door to the account."""
    return Door(account)


def test_lets_in_one_thread_at_a_time(door: Door, account: Account) -> None:
    """Whoever is in has the account for itself, and leaves it to others."""
    with door as inside:
        seen = [inside is account, is_free(door)]

    assert [*seen, is_free(door)] == [True, False, True]


def test_opens_again_after_an_error(door: Door) -> None:
    """An error inside goes on outside, and does not shut the door."""
    with pytest.raises(ZeroDivisionError), door:
        raise ZeroDivisionError

    assert is_free(door)


def test_what_is_due_has_happened(
    door: Door, store: Store, number: PhoneNumber, fake_account: FakeAccount
) -> None:
    """Inside nothing is left that has fallen due, in whichever region."""
    store.phone_numbers.delete_at(number, store.now() + timedelta(days=7))
    fake_account.pass_time(days=7)

    with door as account:
        assert len(account.store("us-east-1").phone_numbers) == 0


@pytest.fixture
def order(store: Store) -> PhoneNumberOrder:
    """An order in progress, of no numbers."""
    progress = Progress(
        model=PHONE_NUMBER_ORDER, steps=("Processing", "Failed"), since=store.now()
    )
    return store.phone_number_orders.enter(
        PhoneNumberOrder(
            phone_number_order_id="order",
            product_type="VoiceConnector",
            created_timestamp=store.now(),
            updated_timestamp=store.now(),
            sequence=store.account.next_sequence(),
            outcomes={},
            progress=progress,
        )
    )


def test_orders_move_on(
    door: Door, store: Store, order: PhoneNumberOrder, fake_account: FakeAccount
) -> None:
    """An order that time has brought to its end is no longer in progress inside."""
    fake_account.transition = {"progression": "time", "seconds": 10}
    statuses: dict[datetime, str] = {}

    for _ in range(3):
        fake_account.pass_time(seconds=5)
        with door:
            statuses[fake_account.time] = order.status

    assert list(statuses.values()) == ["Processing", "Failed", "Failed"]
    assert store.phone_number_orders.in_progress == {}


def test_stays_open_if_nothing_can_fall_due(
    door: Door, order: PhoneNumberOrder, fake_account: FakeAccount
) -> None:
    """A transition that is wrong is an error on the way in, and shuts nobody out."""
    fake_account.transition = {"progression": "magic"}

    with pytest.raises(OptionsError):
        door.__enter__()

    assert is_free(door)


class TestEffects:
    """What happens outside, once nobody is in."""

    def test_are_carried_out_when_the_door_is_open(self, door: Door) -> None:
        """An effect meets a free door, so that it may come back in, in any thread."""
        free = []

        with door as account:
            account.effects.append(lambda: free.append(is_free(door)))
            before = list(free)

        assert (before, free) == ([], [True])

    def test_are_carried_out_once_and_in_their_order(self, door: Door) -> None:
        """The next who comes in meets no effects of those before."""
        done: list[int] = []

        with door as account:
            account.effects += [lambda: done.append(1), lambda: done.append(2)]
        with door as account:
            assert not account.effects

        assert done == [1, 2]

    def test_wait_for_the_outermost(self, door: Door) -> None:
        """Whoever comes in twice leaves the effects until it is out altogether."""
        done: list[str] = []

        with door:
            with door as account:
                account.effects.append(lambda: done.append("effect"))
            done.append("still in")

        assert done == ["still in", "effect"]

    def test_follow_an_error_too(self, door: Door) -> None:
        """What fell due on the way in has its effects, whatever comes after it."""
        done: list[str] = []

        def note_and_fail() -> None:
            with door as account:
                account.effects.append(lambda: done.append("effect"))
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            note_and_fail()

        assert done == ["effect"]

    def test_bad_one_loses_no_other(self, door: Door) -> None:
        """An effect that raises is heard of, and all others are carried out."""
        done: list[int] = []

        with pytest.raises(ZeroDivisionError), door as account:
            account.effects += [lambda: 1 // 0, lambda: done.append(2)]

        assert done == [2]
        assert is_free(door)

    def test_bad_ones_are_all_heard_of(
        self, door: Door, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The error of the last one is raised, and those of the others are logged."""
        bad = [lambda: int("first"), lambda: int("second"), lambda: 1 // 0]

        with pytest.raises(ZeroDivisionError), door as account:
            account.effects += bad

        said = "An effect failed, and a later one too"
        assert caplog.record_tuples == [("proxymock", logging.ERROR, said)] * 2
        assert [str(r.exc_info and r.exc_info[1]) for r in caplog.records] == [
            f"invalid literal for int() with base 10: '{text}'"
            for text in ("first", "second")
        ]

    def test_may_have_effects(self, door: Door) -> None:
        """An effect that comes in may note another."""
        done: list[str] = []

        def again() -> None:
            with door as account:
                account.effects.append(lambda: done.append("second"))

        with door as account:
            account.effects.append(again)

        assert done == ["second"]

    def test_of_an_effect_wait_for_their_turn(self, door: Door) -> None:
        """What an effect notes comes after those that were noted before."""
        done: list[str] = []

        def again() -> None:
            with door as account:
                account.effects.append(lambda: done.append("third"))
            done.append("first")

        with door as account:
            account.effects += [again, lambda: done.append("second")]

        assert done == ["first", "second", "third"]

    def test_of_another_thread_wait_for_their_turn(self, door: Door) -> None:
        """A thread leaves its effects to one that carries some out already."""
        done: list[str] = []

        def another() -> None:
            with door as account:
                account.effects.append(lambda: done.append("second"))

        def wait() -> None:
            thread = Thread(target=another)
            thread.start()
            thread.join()
            done.append("first")

        with door as account:
            account.effects.append(wait)

        assert done == ["first", "second"]


def test_shut_lets_in_this_thread_alone(door: Door) -> None:
    """Behind a shut door its thread goes on, without effects, and nobody else."""
    done: list[str] = []

    door.shut()
    with door as account:
        account.effects.append(lambda: done.append("effect"))

    assert not is_free(door)
    assert done == []


def test_shows_whose_it_is(door: Door) -> None:
    """Its representation is for people."""
    assert repr(door) == "<Door to <Account 123456789012 in no region>>"
