"""Time that freezegun or time-machine has frozen, in any form and any time zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from freezegun import freeze_time

from freezers import FREEZERS, INSTANT, Freezer
from furnish import furnish
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from proxymock.plugin.transports import InProcess
from proxymock.sandbox.json_values import reader
from proxymock.sandbox.snapshot.schema import field_types
from support import ALICE, BOB, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

BOTH = pytest.mark.parametrize(
    "freeze",
    [FREEZERS["freezegun"], FREEZERS["time-machine"]],
    ids=["freezegun", "time-machine"],
)


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Kathmandu"])
def zone(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The time zone of the machine."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.fixture(params=FREEZERS.values(), ids=list(FREEZERS))
def freezer(request: pytest.FixtureRequest) -> Freezer:
    """A form of freezing."""
    freezer: Freezer = request.param
    return freezer


@pytest.mark.usefixtures("zone")
def test_all_that_is_a_time_is_right(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    clock: Clock,
    phone: Phone,
    freezer: Freezer,
) -> None:
    """The clock, timestamps on the wire, the log, masks and expiry follow it."""
    with freezer(INSTANT):
        now = clock.now()
        session = create_session(client, proxy_connector_id, ExpiryMinutes=60)
        call = phone.call(ALICE, BOB)
        (mask,) = phone.masks()
    with freezer(INSTANT + timedelta(minutes=59)):
        before = phone.masks()
    with freezer(INSTANT + timedelta(minutes=60)):
        after = phone.masks()

    assert (now, call.at) == (INSTANT, INSTANT)
    assert session["CreatedTimestamp"] == INSTANT
    assert mask.expires_at == INSTANT + timedelta(minutes=60)
    assert (before, after) == ([mask], [])


@pytest.mark.parametrize(
    "ticking",
    [
        nullcontext(),
        freeze_time(INSTANT, tz_offset=-4, tick=True),
        time_machine.travel(INSTANT, tick=True),
    ],
    ids=["real", "freezegun", "time-machine"],
)
@pytest.mark.usefixtures("zone")
def test_time_that_goes_on(clock: Clock, ticking: AbstractContextManager[Any]) -> None:
    """Between two looks at the time of the process, the clock is between them."""
    with ticking:
        before = time.time()
        now = clock.now()
        after = time.time()

    assert int(before * 1000) <= round(now.timestamp() * 1000) <= int(after * 1000)


def test_time_that_goes_on_when_somebody_looks() -> None:
    """The clock goes on with freezegun's: once for what is due, once for the answer."""
    clock = Clock(transport=InProcess())
    with freeze_time(INSTANT, tz_offset=-4, auto_tick_seconds=15):
        first, second = clock.now(), clock.now()

    seconds = [(each - INSTANT).total_seconds() for each in (first, second)]
    assert seconds == [15, 45]


def test_clock_shows_milliseconds(clock: Clock) -> None:
    """Whatever is finer than what AWS shows is cut off, not rounded, in both modes."""
    with time_machine.travel(INSTANT + timedelta(microseconds=999), tick=False):
        assert clock.now() == INSTANT
        assert clock.advance(seconds=0.0005) == INSTANT + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    "end",
    [
        datetime(9000, 1, 1, tzinfo=timezone.utc),
        datetime(9999, 12, 31, 23, 30, tzinfo=timezone.utc),
    ],
    ids=str,
)
@BOTH
def test_clock_ends(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    clock: Clock,
    phone: Phone,
    freeze: Freezer,
    end: datetime,
) -> None:
    """In the year 9000 it stands still, so that all that follows has a time."""
    with freeze(end):
        now = clock.now()
        session = create_session(client, proxy_connector_id, ExpiryMinutes=60)
        (mask,) = phone.masks()

    year_9000 = datetime(9000, 1, 1, tzinfo=timezone.utc)
    assert (now, session["CreatedTimestamp"]) == (year_9000, year_9000)
    assert mask.expires_at == year_9000 + timedelta(minutes=60)


@BOTH
@pytest.mark.usefixtures("zone")
def test_last_instant_of_all(freeze: Freezer) -> None:
    """Where Python's dates end, the clock has ended long before."""
    clock = Clock(transport=InProcess())
    with freeze(datetime.max.replace(tzinfo=timezone.utc)):
        assert clock.now() == datetime(9000, 1, 1, tzinfo=timezone.utc)


def test_clock_ends_ahead_of_real_time(clock: Clock) -> None:
    """An offset that leads beyond the end of all dates is no error either."""
    with time_machine.travel(INSTANT, tick=False):
        clock.set(datetime(8999, 1, 1, tzinfo=timezone.utc))
    with time_machine.travel(datetime(8000, 1, 1, tzinfo=timezone.utc), tick=False):
        assert clock.now() == datetime(9000, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def nothing_looked_up() -> None:
    """No type has been looked up yet, as in a process that has just begun."""
    reader.cache_clear()
    field_types.cache_clear()


@pytest.mark.parametrize(
    "order", [(True, False), (False, True)], ids=["frozen first", "frozen second"]
)
@BOTH
def test_state_goes_in_and_out_of_frozen_time(
    client: ChimeSDKVoiceClient,
    phone: Phone,
    snapshot: Snapshot,
    freeze: Freezer,
    order: tuple[bool, bool],
    request: pytest.FixtureRequest,
) -> None:
    """What was exported in one can be loaded in the other, whichever comes first."""
    with freeze(INSTANT):
        furnish(client)
        phone.call(ALICE, BOB)
        state = snapshot.export()
    request.getfixturevalue("nothing_looked_up")

    for frozen in order:
        with freeze(INSTANT) if frozen else nullcontext():
            snapshot.load({"FormatVersion": 1})
            snapshot.load(state)
    with freeze(INSTANT):  # or what is due by real time would happen
        again, log = snapshot.export(), phone.log()

    assert again == state
    assert [call.at for call in log] == [INSTANT]
