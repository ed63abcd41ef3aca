"""The operations of the service: their errors, and which of them AWS has ended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationView:
    """An operation: the errors that it declares, by which a fault may strike.

    *called* tells whether the account has called it since the last reset. *ended* is
    the day, as in ``2026-04-07``, or the words, since when AWS has it no more, None of
    one that is alive.
    """

    operation: str
    method: str
    path: str
    errors: tuple[str, ...]
    called: bool
    ended: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Operations:
    """Operations in the order of their names; *total* is how many fit the filters."""

    operations: tuple[OperationView, ...]
    total: int
    next_token: str | None
