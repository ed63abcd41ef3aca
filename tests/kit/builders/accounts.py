"""An account without moto: a clock that the test turns, ids from a fixed seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

from proxymock.state.options import Options
from proxymock.state.store import Account


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
