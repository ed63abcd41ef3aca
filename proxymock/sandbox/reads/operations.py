"""The operations of the service: their errors, and which of them AWS has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from proxymock.api import spec
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.simulation import Simulation


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationView:
    """An operation: its route, and the errors that it declares and a fault may raise.

    *ended* tells that AWS has ended it, *ended_on* when, as in ``2026-04-07``, which
    AWS did not publish of all of them. *called* tells whether the account has called it
    since the last reset.
    """

    operation: str
    method: str
    path: str
    errors: tuple[str, ...]
    ended: bool
    ended_on: str | None
    called: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Operations:
    """Operations in the order of their names; *total* is how many fit the filters."""

    operations: tuple[OperationView, ...]
    total: int


@COMMANDS.command("GET", "operations")
def operations(
    simulation: Simulation,
    *,
    ended: bool | None = None,
    called: bool | None = None,
) -> Operations:
    """Return the operations of the service, or those that fit.

    Args:
        simulation: the account.
        ended: whether AWS has ended them.
        called: whether the account has called them.
    """
    # Kept apart from the requests, of which only the newest are kept.
    seen = simulation.journal.called
    found = tuple(
        view
        for name in spec.operation_names()
        if ended in (None, (view := _view(name, name in seen)).ended)
        and called in (None, view.called)
    )
    return Operations(operations=found, total=len(found))


def dated(names: Iterable[str]) -> str:
    """Return the names of operations that AWS has ended, with the days if known."""
    days = {name: spec.operation(name).ended_on for name in sorted(names)}
    return ", ".join(f"{name} ({day})" if day else name for name, day in days.items())


def _view(name: str, called: bool) -> OperationView:
    operation = spec.operation(name)
    return OperationView(
        operation=name,
        method=operation.method,
        path=operation.uri,
        errors=tuple(sorted(operation.errors)),
        ended=operation.ended,
        ended_on=operation.ended_on,
        called=called,
    )
