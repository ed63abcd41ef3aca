"""The accounts that there are: their numbers and counts, and nothing else of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from proxymock.sandbox.reads.overview import Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountView:
    """An account, by its number: its regions, its time, and how much there is in it."""

    account_id: str
    regions: tuple[str, ...]
    now: datetime
    counts: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounts:
    """A page of accounts, the newest first; *total* is how many there are."""

    accounts: tuple[AccountView, ...]
    total: int
    next_token: str | None
