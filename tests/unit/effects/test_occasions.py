"""Occasions: when formats are asked, and what becomes of what they answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

from proxymock.effects import formats
from proxymock.effects.deliveries import BusEvent, Delivery, Later
from proxymock.effects.occasions import Format, Occasion
from proxymock.sandbox import call_commands, commands, snapshot
from proxymock.sandbox.simulation import Simulation
from proxymock.state.calls import Call, Target
from proxymock.state.options import Options
from proxymock.state.store import Account

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
KINDS = ("Arrived", "Dialled", "Answered", "LegEnded", "CallEnded")


class Delivered(Simulation):
    """An account whose deliveries are kept, of a clock that stands still."""

    def __init__(self) -> None:
        self.log: list[Delivery] = []
        super().__init__(
            "123456789012",
            lambda: NOON,
            Random(7),
            Options,
            lambda model: {"progression": "immediate"},
            lambda region: True,
            lambda account, functions, call, left: self.log.append(left),
        )

    def call(self) -> Call:
        """Let a call come that reaches nobody, and end."""
        made = call_commands.call.function(
            self, from_number="+12065550111", to_number="+12065550100"
        )
        found = self.account.calls.get(made.transaction_id)
        assert found is not None
        return found


def event(occasion: Occasion) -> BusEvent:
    """Return an event that names its occasion."""
    kind = occasion.effect.kind
    return BusEvent(at=occasion.at, region="us-east-1", event={"kind": kind})


def use(monkeypatch: pytest.MonkeyPatch, **formats_by_kind: Format) -> None:
    """Let these be the formats of every call."""
    known = {kind: (form,) for kind, form in formats_by_kind.items()}
    monkeypatch.setattr(formats, "ALWAYS", known)


def told(simulation: Delivered) -> list[tuple[datetime, Any]]:
    """Return the instants and kinds of what was delivered."""
    return [
        (left.at, left.event["kind"])
        for left in simulation.log
        if isinstance(left, BusEvent)
    ]


def at_each(occasion: Occasion) -> Iterator[Delivery | Later]:
    """Deliver an event."""
    yield event(occasion)


def five_minutes_later(occasion: Occasion) -> Iterator[Delivery | Later]:
    """Ask for an occasion in five minutes."""
    yield Later(at=occasion.at + timedelta(minutes=5), kind="Five")


def test_deliveries_are_in_the_order_of_what_happened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Formats are asked at each occasion, as it comes."""
    use(monkeypatch, **dict.fromkeys(KINDS, at_each))
    simulation = Delivered()

    simulation.call()

    assert told(simulation) == [
        (NOON, "Arrived"),
        (NOON, "LegEnded"),
        (NOON, "CallEnded"),
    ]


def test_later_occasion_comes_by_the_clock_even_after_the_call(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a format has asked for comes once, at its instant, though the call is over.

    It is no work of the call: that ends when it ends.
    """
    use(monkeypatch, CallEnded=five_minutes_later, Five=at_each)
    simulation = Delivered()
    call = simulation.call()
    before = [*simulation.log], call.status, [*simulation.account.calls.in_progress]

    for minutes in (4, 6, 60):
        commands.move_time.function(simulation, advance=minutes * 60)

    assert before == ([], "Ended", [])
    assert told(simulation) == [(NOON + timedelta(minutes=5), "Five")]


def test_later_occasion_survives_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is to come is a part of the state."""
    use(monkeypatch, CallEnded=five_minutes_later, Five=at_each)
    monkeypatch.setattr(formats, "ALL", formats.ALWAYS)
    before, after = Delivered(), Delivered()
    before.call()

    snapshot.load(after, snapshot.export(before))
    commands.move_time.function(after, advance=600)

    assert told(after) == [(NOON + timedelta(minutes=5), "Five")]


@pytest.mark.parametrize("target", [None, Target("arn", "id", "us-east-1")])
def test_call_that_passes_nothing_switched_on_has_few_formats(
    account: Account, target: Target | None
) -> None:
    """Nobody pays for formats that would find nothing, with an application or not."""
    call = Call(transaction_id="call", started_at=NOON, target=target)

    assert formats.formats_of(account, call) is formats.ALWAYS
