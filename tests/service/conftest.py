"""An account without moto: a clock that the test turns, ids from a fixed seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

from proxymock.state.options import Options
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Account, Store


@dataclass
class FakeAccount:
    """What an account takes from outside, as the test wants it."""

    time: datetime = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
    options: Options = field(default_factory=Options)
    transition: Mapping[str, Any] | None = None

    def account(self) -> Account:
        """Return an account with this around it."""
        return Account(
            "123456789012",
            lambda: self.time,
            Random(7),
            lambda: self.options,
            lambda model: self.transition or {"progression": "immediate"},
        )

    def pass_time(self, **length: float) -> None:
        """Turn the clock."""
        self.time += timedelta(**length)


@pytest.fixture
def fake_account() -> FakeAccount:
    """What surrounds an account at noon, with the default options."""
    return FakeAccount()


@pytest.fixture
def account(fake_account: FakeAccount) -> Account:
    """An account in these surroundings."""
    return fake_account.account()


@pytest.fixture
def store(account: Account) -> Store:
    """The account's store in us-east-1."""
    return account.store("us-east-1")


@pytest.fixture
def number(store: Store) -> PhoneNumber:
    """A phone number of the account that is associated with nothing."""
    e164 = "+12065550100"
    return store.phone_numbers.enter(
        PhoneNumber(
            phone_number_id=e164,
            phone_number_arn=store.arn("phone-number", e164),
            e164_phone_number=e164,
            country="US",
            type="Local",
            product_type="VoiceConnector",
            status="Unassigned",
            capabilities={},
            created_timestamp=store.now(),
            updated_timestamp=store.now(),
            order_id=None,
            sequence=store.account.next_sequence(),
        ),
    )
