"""Every form in which freezegun and time-machine freeze time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import time_machine
from freezegun import freeze_time

# Not a whole second, and a day on which the clocks of New York go back at night.
INSTANT = datetime(2026, 11, 1, 5, 30, 7, 678_000, tzinfo=timezone.utc)
LONG_AGO = datetime(2001, 2, 3, tzinfo=timezone.utc)

Freezer = Callable[[datetime], AbstractContextManager[object]]


def _nested(
    outer: Callable[[], AbstractContextManager[object]], inner: Freezer
) -> Freezer:
    def freeze(to: datetime) -> AbstractContextManager[object]:
        stack = ExitStack()
        stack.enter_context(outer())
        stack.enter_context(inner(to))
        return stack

    return freeze


def _freezegun(**options: object) -> Freezer:
    return lambda to: freeze_time(to, **options)  # type: ignore[arg-type]


def _freezegun_moved(to: datetime) -> AbstractContextManager[object]:
    stack = ExitStack()
    stack.enter_context(freeze_time(LONG_AGO, tz_offset=-4)).move_to(to)
    return stack


def _time_machine_moved(to: datetime) -> AbstractContextManager[object]:
    stack = ExitStack()
    stack.enter_context(time_machine.travel(LONG_AGO, tick=False)).move_to(to)
    return stack


def _time_machine(to: datetime) -> AbstractContextManager[object]:
    return time_machine.travel(to, tick=False)


def _in_new_york(to: datetime) -> AbstractContextManager[object]:
    return _time_machine(to.astimezone(ZoneInfo("America/New_York")))


FREEZERS: Mapping[str, Freezer] = {
    "freezegun": _freezegun(),
    "freezegun, zone behind": _freezegun(tz_offset=-4),
    "freezegun, zone ahead": _freezegun(tz_offset=timedelta(hours=5, minutes=45)),
    "freezegun, other zone inside": _nested(
        lambda: freeze_time(LONG_AGO, tz_offset=3), _freezegun(tz_offset=-7)
    ),
    "freezegun, no zone inside": _nested(
        lambda: freeze_time(LONG_AGO, tz_offset=3), _freezegun()
    ),
    "freezegun, moved": _freezegun_moved,
    "time-machine": _time_machine,
    "time-machine, zone": _in_new_york,
    "time-machine, nested": _nested(
        lambda: time_machine.travel(LONG_AGO), _time_machine
    ),
    "time-machine, moved": _time_machine_moved,
}
