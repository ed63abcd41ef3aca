"""The journal of requests, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from proxymock.api.errors import BadRequestException
from proxymock.api.exchange import parsed, query_members
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.faults import check_operation
from proxymock.sandbox.journal import LARGEST_BODY, Entry
from proxymock.sandbox.reads.filters import part_of_text
from proxymock.sandbox.reads.pages import MaxResults, page
from proxymock.sandbox.reads.secrets import shown
from proxymock.sandbox.simulation import Simulation

_OUTCOMES: Mapping[str, Callable[[Entry], bool]] = {
    "succeeded": lambda entry: entry.error is None,
    "failed": lambda entry: entry.error is not None,
    "injected": lambda entry: entry.fault_id is not None,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RequestView:
    """A request to the service and what became of it.

    *ended* tells that AWS has ended the operation. *error* is the name of the error,
    None of a request that did what it asked for, and *fault_id* the injected fault that
    it comes from. *input* has the members as they were sent, with ``***`` for what the
    API marks as sensitive text, such as passwords, or does not know. It is None if the
    body, of *body_size* bytes, is no JSON or larger than 8 KiB. *message* is None if it
    could repeat what is not shown.
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


@COMMANDS.command("GET", "requests")
def requests(
    simulation: Simulation,
    *,
    operation: str | None = None,
    region: str | None = None,
    outcome: Literal["succeeded", "failed", "injected"] | None = None,
    ended: bool | None = None,
    filter: str | None = None,
    max_results: MaxResults = None,
    next_token: str | None = None,
) -> Requests:
    """Return a page of the newest requests, those of all regions.

    Args:
        simulation: the account.
        operation: the name of an operation.
        region: their region.
        outcome: ``succeeded``, ``failed``, or ``injected`` of failures by a fault.
        ended: whether AWS has ended their operations.
        filter: a part of the name of their operation, in any case.
        max_results: the size of the page.
        next_token: where the page begins.

    Raises SandboxError.
    """
    if operation is not None:
        check_operation(operation)
    part = part_of_text(filter)

    def fits(entry: Entry) -> bool:
        return (
            operation in (None, entry.operation.name)
            and region in (None, entry.region)
            and (outcome is None or _OUTCOMES[outcome](entry))
            and ended in (None, entry.operation.ended)
            and part in entry.operation.name.casefold()
        )

    ranked, total, token = page([simulation.journal], max_results, next_token, fits)
    return Requests(
        requests=tuple(_view(*each) for each in ranked), total=total, next_token=token
    )


def _view(rank: int, entry: Entry) -> RequestView:
    withheld: list[str] = []
    input = shown(entry.operation.input, _input(entry), withheld)
    # The message may repeat what is withheld.
    is_told = entry.error and not withheld and entry.body is not None
    return RequestView(
        id=str(rank),
        at=entry.at,
        region=entry.region,
        operation=entry.operation.name,
        ended=entry.operation.ended,
        status=entry.status,
        error=entry.error,
        message=json.loads(entry.answer)["Message"] if is_told else None,
        fault_id=entry.fault_id,
        input=input,
        body_size=entry.body_size,
    )


def _input(entry: Entry) -> dict[str, Any] | None:
    """Return the members that were sent, valid or not, None if they are not known."""
    if entry.body is None:
        return None
    try:
        body = parsed(entry.body, LARGEST_BODY)
    except BadRequestException:
        return None
    operation = entry.operation
    ids = zip(operation.labels, entry.labels, strict=True)
    in_query = query_members(operation, entry.query)
    given = {name: value for name, value in in_query.items() if value is not None}
    return {**body, **given, **dict(ids)}
