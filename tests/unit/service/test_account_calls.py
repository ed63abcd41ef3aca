"""Which calls an account keeps, and those of documents of before."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from proxymock.state.account_calls import Calls
from proxymock.state.calls import Call, Leg, Target
from proxymock.state.deadlines import Deadlines

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def ended_call(number: int) -> Call:
    """Return a call that is over."""
    leg = Leg(
        tag="LEG-A",
        call_id=f"leg-{number}",
        from_number="+12065550100",
        to_number="+12065550101",
        direction="Inbound",
        started_at=NOON,
        ended_at=NOON,
    )
    return Call(
        transaction_id=f"call-{number}",
        account_id="123456789012",
        started_at=NOON,
        ended_at=NOON,
        sequence=number,
        legs=[leg],
    )


def test_newest_ended_calls_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the calls that have ended the oldest go; those in progress stay."""
    monkeypatch.setattr(Calls, "MOST_ENDED", 3)
    calls = Calls(Deadlines())
    going_on = ended_call(0)
    going_on.ended_at = None
    calls.enter(going_on)

    for number in range(1, 6):
        calls.enter(ended_call(number))

    assert [call.sequence for call in calls] == [0, 3, 4, 5]
    assert list(calls.in_progress) == ["call-0"]


def test_ten_thousand_are_kept() -> None:
    """The newest 10,000 calls that have ended can be looked at."""
    assert Calls.MOST_ENDED == 10_000


def test_calls_of_a_region() -> None:
    """An application's calls are found by its region while they last."""
    calls = Calls(Deadlines())
    for number, region in enumerate(["us-east-1", "us-west-2"]):
        call = ended_call(number)
        call.ended_at, call.target = None, Target("arn", "app", region)
        calls.enter(call)

    found = calls.of_application("us-west-2")

    assert [call.sequence for call in found] == [1]
