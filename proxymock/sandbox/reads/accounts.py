"""The accounts that there are: their numbers and counts, and nothing else of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.reads.overview import Counts, counts
from proxymock.sandbox.reads.pages import MaxResults, page_size
from proxymock.sandbox.simulation import Simulation


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


# Of several accounts, so it enters one after the other and holds no two of them.
@COMMANDS.command("GET", "accounts", enters=True)
def accounts(
    simulation: Simulation,
    *,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Accounts:
    """Return a page of the accounts that anybody has used.

    Args:
        simulation: any account.
        max_results: the size of the page.
        next_token: where the page begins: behind this account.

    Raises SandboxError.
    """
    size = page_size(max_results)
    everybody = [*reversed(simulation.everybody())]
    ids = [each.account.account_id for each in everybody]
    # A reset takes accounts away, and tokens with them.
    if next_token not in (None, *ids):
        raise SandboxError("NextToken must be the token of the page before")
    begin = 0 if next_token is None else ids.index(next_token) + 1
    page = everybody[begin : begin + size]
    return Accounts(
        accounts=tuple(map(_view, page)),
        total=len(everybody),
        next_token=ids[begin + size - 1] if len(ids) > begin + size else None,
    )


def _view(simulation: Simulation) -> AccountView:
    with simulation.door as account:
        return AccountView(
            account_id=account.account_id,
            regions=tuple(sorted(account.stores)),
            now=account.now(),
            counts=counts(simulation),
        )
