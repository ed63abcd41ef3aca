"""Log groups and streams: when they are made, and where in them a line stands."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import CALLER
from kit.builders.logs import (
    BEGUN,
    MEDIA_GROUP,
    SIP_GROUP,
    WHOLE,
    log_calls,
    sip_events,
    sip_lines,
    switch,
)
from kit.builders.sip import NUMBER
from kit.oracles.logs import log, starts
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def logging(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector with NUMBER and a telephone system, and its log; return its id."""
    log_calls(client, connector_id, EnableSIPLogs=True)
    return connector_id


def _time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc)


class TestGroups:
    """The log groups."""

    def test_put_makes_the_group(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """A group is there as soon as its log is on, before any call."""
        switch(client, connector_id, EnableSIPLogs=True, EnableMediaMetricLogs=True)

        found = connect("logs").describe_log_groups()["logGroups"]
        assert sorted(group["logGroupName"] for group in found) == [
            f"{MEDIA_GROUP}/{connector_id}",
            f"{SIP_GROUP}/{connector_id}",
        ]

    def test_nothing_is_made_for_what_is_off(
        self, client: ChimeSDKVoiceClient, connector_id: str, connect: Connect
    ) -> None:
        """A log that is off has no group."""
        switch(client, connector_id, EnableSIPLogs=False)

        assert connect("logs").describe_log_groups()["logGroups"] == []

    def test_group_is_the_accounts_in_the_region(
        self, logging: str, connect: Connect
    ) -> None:
        """Another region has no group."""
        assert connect("logs", "us-west-2").describe_log_groups()["logGroups"] == []

    def test_second_put_keeps_the_group(
        self, client: ChimeSDKVoiceClient, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """What stands in a group stays there."""
        with phone.call(CALLER, NUMBER):
            pass

        switch(client, logging, EnableSIPLogs=True)

        assert len(sip_events(connect, logging)) == 7

    def test_deleted_group_comes_back(
        self, logging: str, phone: Phone, connect: Connect
    ) -> None:
        """A call makes the group again that somebody has deleted."""
        connect("logs").delete_log_group(logGroupName=f"{SIP_GROUP}/{logging}")

        with phone.call(CALLER, NUMBER) as call:
            pass

        assert (len(sip_events(connect, logging)), call.warnings) == (7, ())


class TestStreams:
    """The streams of a group, and the times of its lines."""

    def test_stream_is_named_by_the_hour(
        self, logging: str, phone: Phone, clock: Clock, connect: Connect
    ) -> None:
        """Each hour of the account's clock has a stream of its own."""
        clock.set(datetime(2100, 1, 2, 12, 59, 30, tzinfo=timezone.utc))
        call = phone.call(CALLER, NUMBER)
        clock.advance(minutes=1)
        call.hang_up()

        found = connect("logs").describe_log_streams(
            logGroupName=f"{SIP_GROUP}/{logging}"
        )
        assert [stream["logStreamName"] for stream in found["logStreams"]] == [
            f"{SIP_GROUP[1:]}/{logging}/2100-01-02-12",
            f"{SIP_GROUP[1:]}/{logging}/2100-01-02-13",
        ]

    def test_clock_far_ahead(
        self, logging: str, phone: Phone, clock: Clock, connect: Connect
    ) -> None:
        """A line that moto would drop has the last time that it takes.

        The line itself has the account's.
        """
        real = clock.now()
        clock.set(datetime(2100, 1, 2, tzinfo=timezone.utc))

        call = phone.call(CALLER, NUMBER)

        found = sip_events(connect, logging)
        assert starts(log(found)) == BEGUN
        told = [_time(line["event_timestamp"]) for line in log(found)]
        assert {at.replace(microsecond=0) for at in told} == {
            call.legs[0].started_at.replace(microsecond=0)
        }
        ahead = [_time(event["timestamp"]) - real for event in found]
        assert {round(each / timedelta(hours=1), 1) for each in ahead} == {2}

    def test_loaded_state_logs(
        self, logging: str, phone: Phone, snapshot: Snapshot, connect: Connect
    ) -> None:
        """A call that is saved and loaded again logs its end."""
        call = phone.call(CALLER, NUMBER)
        snapshot.load(snapshot.export())

        phone.calls()[0].hang_up()

        assert starts(sip_lines(connect, logging)) == WHOLE
        assert call.ended
