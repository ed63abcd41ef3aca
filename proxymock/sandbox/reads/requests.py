"""The journal of requests, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """A request to the service and what became of it.

    *error* is the name of the error, None of a request that did what it asked for, and
    *fault_id* the injected fault that it comes from. *input* has the members of the
    request as it was sent, without passwords, None if it was no JSON or too large;
    *body_size* is in bytes. *ended* tells that AWS has ended the operation.
    """

    id: str
    at: datetime
    region: str
    operation: str
    ended: bool
    status: int
    error: str | None
    message: str | None
    fault_id: str | None
    input: dict[str, Any] | None
    body_size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """A page of the journal, the newest first; *total* is how many fit the filters."""

    requests: tuple[RequestView, ...]
    total: int
    next_token: str | None
