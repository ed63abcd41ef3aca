"""The pools of proxy numbers: what is free, what is in use, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolView:
    """The proxy numbers of a country.

    *source* is ``Generated``, ``Listed`` (by the setting ``proxy_numbers``) or
    ``Connector``; *voice_connector_id* is whose numbers they are then.
    """

    country: str
    source: str
    voice_connector_id: str | None
    size: int
    in_use: int
    free: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberView:
    """A proxy number in use: by how many, and for whom it is blocked.

    It is blocked for each of *blocked_for* in every pair but the one that they are in
    now; *participants* is how many they are, of whom at most sixty are listed.
    """

    proxy_phone_number: str
    country: str
    sessions: int
    participants: int
    blocked_for: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pools:
    """The pools, and a page of the numbers in use, in their own order.

    *total* is how many numbers in use there are.
    """

    pools: tuple[PoolView, ...]
    numbers: tuple[NumberView, ...]
    total: int
    next_token: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOver:
    """A number that is better but cannot be taken, and why."""

    proxy_phone_number: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """The number that a new session would get now, which nobody creates.

    *proxy_phone_number* is None if CreateProxySession would be refused; *reason* then
    says why, else why it is this number. *passed_over* are the better numbers that are
    blocked, the best first, at most twenty.
    """

    proxy_phone_number: str | None
    reason: str
    passed_over: tuple[PassedOver, ...]
