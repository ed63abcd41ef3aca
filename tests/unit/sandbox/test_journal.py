"""The ring in which an account keeps its newest requests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from proxymock.api import spec
from proxymock.sandbox import journal
from proxymock.sandbox.journal import Entry, Journal

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def entry(operation: str = "ListSipRules", region: str = "us-east-1") -> Entry:
    """Return a request that succeeded."""
    name = spec.operation(operation)
    return Entry(NOON, region, name, 200, None, b"", None, [], {}, b"", 0)


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Begin and end with nothing noted in the process."""
    journal.forget_ended_calls()
    yield
    journal.forget_ended_calls()


def test_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the journal is full, the newest request takes the oldest one's place."""
    assert Journal.KEPT == 1000
    monkeypatch.setattr(Journal, "KEPT", 3)
    kept = Journal()

    for number in range(5):
        kept.note(entry(region=str(number)))

    shown = [(rank, each.region) for rank, each in kept.before(None)]
    assert shown == [(4, "4"), (3, "3"), (2, "2")]
    assert [rank for rank, _ in kept.before(4)] == [3, 2]
    assert (len(kept), repr(kept)) == (3, "<Journal of 3 requests>")


def test_what_was_called_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of operations stay when their requests have left the journal."""
    monkeypatch.setattr(Journal, "KEPT", 1)
    kept = Journal()

    kept.note(entry("GetProxySession"))
    kept.note(entry("ListSipRules"))

    assert kept.called == {"GetProxySession", "ListSipRules"}


def test_ended_operations_are_noted_for_the_process() -> None:
    """Which of them were called, in any account, is known until it is forgotten."""
    Journal().note(entry("GetProxySession"))
    Journal().note(entry("CreateProxySession"))
    Journal().note(entry("ListSipRules"))

    assert journal.ended_calls() == ["CreateProxySession", "GetProxySession"]
    journal.forget_ended_calls()
    assert journal.ended_calls() == []
