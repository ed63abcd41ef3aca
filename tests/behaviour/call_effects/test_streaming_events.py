"""Streaming Status events: what EventBridge is told of the streams of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.receivers import (
    ENDED,
    STARTED,
    received,
    statuses,
    stream,
)
from kit.builders.rides import DRIVER, RIDER, mask
from kit.oracles.left_behind import event_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("listener")


@pytest.fixture
def streaming(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> str:
    """A connector that makes proxy sessions and streams; return its id."""
    stream(client, proxy_connector_id)
    return proxy_connector_id


class TestMaskedCalls:
    """Calls through proxy sessions."""

    def test_call(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """Each party has an event of its own, at the answer and at the end."""
        _, number = mask(client, streaming)

        with phone.call(RIDER, number):
            started = received(connect)
            clock.advance(seconds=30)
        ended = received(connect)

        assert statuses(started) == STARTED
        assert statuses(ended) == ENDED
        assert [event_problems(event) for event in started + ended] == [[]] * 4

    def test_details(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The events say which call it is: the one that came in to the proxy number."""
        _, number = mask(client, streaming)

        call = phone.call(RIDER, number)

        assert [
            (
                event["account"],
                event["region"],
                event["detail"]["transactionId"],
                event["detail"]["callId"],
                event["detail"]["direction"],
                event["detail"]["fromNumber"],
                event["detail"]["toNumber"],
                event["detail"]["voiceConnectorId"],
            )
            for event in received(connect)
        ] == [
            (
                "123456789012",
                "us-east-1",
                call.transaction_id,
                call.leg("A").call_id,
                "Inbound",
                RIDER,
                number,
                streaming,
            )
        ] * 2

    def test_times(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """The stream starts with the answer, by the account's clock."""
        _, number = mask(client, streaming)
        phone.person(DRIVER, answers="by hand")
        call = phone.call(RIDER, number)
        clock.advance(seconds=7)
        call.answer()
        clock.advance(seconds=60)
        call.hang_up()

        started, _, ended, _ = [event["detail"] for event in received(connect)]

        leg = call.leg("A")
        assert leg.answered_at is not None
        assert leg.ended_at is not None
        assert (started["startTime"], ended["startTime"], ended["endTime"]) == (
            shown(leg.answered_at),
            shown(leg.answered_at),
            shown(leg.ended_at),
        )

    def test_both_events_of_a_party_name_one_stream(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """Stream and first fragment stay; the current fragment is a later one."""
        _, number = mask(client, streaming)
        with phone.call(RIDER, number):
            clock.advance(seconds=30)

        details = [event["detail"] for event in received(connect)]

        streams = [(d["streamArn"], d["startFragmentNumber"]) for d in details]
        assert streams[:2] == streams[2:]
        assert len(set(streams)) == 2
        for each in details[2:]:
            assert each["currentFragmentNumber"] > each["startFragmentNumber"]

    def test_streams_are_used_again(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A later call has the streams of an earlier one, and one at a time its own."""
        _, number = mask(client, streaming)
        phone.call(RIDER, number).hang_up()
        first = streams_of(received(connect))

        calls = [phone.call(RIDER, number) for _ in range(2)]
        second, third = (
            streams_of(received_of(events, call.transaction_id))
            for events in [received(connect)]
            for call in calls
        )

        assert second == first
        assert second & third == set()

    def test_not_answered(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that nobody answers has no streams."""
        _, number = mask(client, streaming)
        phone.person(DRIVER, answers="busy")

        phone.call(RIDER, number)

        assert received(connect) == []

    @pytest.mark.parametrize("disabled", [True, None])
    def test_not_streaming(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        disabled: bool | None,
    ) -> None:
        """A connector without streaming, or with it disabled, tells nobody."""
        if disabled:
            stream(client, proxy_connector_id, Disabled=True)
        _, number = mask(client, proxy_connector_id)

        with phone.call(RIDER, number) as call:
            pass

        assert (received(connect), call.warnings) == ([], ())

    def test_switched_off_during_the_call(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call ends as it began, whatever has been set meanwhile."""
        _, number = mask(client, streaming)

        with phone.call(RIDER, number):
            client.delete_voice_connector_streaming_configuration(
                VoiceConnectorId=streaming
            )

        assert statuses(received(connect)) == STARTED + ENDED

    def test_snapshot_during_the_call(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        snapshot: Snapshot,
        connect: Connect,
    ) -> None:
        """A call that was saved and loaded ends with the streams that it began with."""
        _, number = mask(client, streaming)
        phone.call(RIDER, number)
        before = received(connect)

        snapshot.load(snapshot.export())
        [call] = phone.calls()
        call.hang_up()

        after = received(connect)
        assert statuses(after) == ENDED
        assert streams_of(after) == streams_of(before)

    @pytest.mark.settings(all_started_event=True)
    def test_all_started(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """If a test wants it, ALL_STARTED follows, with the caller's stream first."""
        _, number = mask(client, streaming)
        phone.call(RIDER, number)

        called, caller, both = events = received(connect)

        assert statuses(events) == [*STARTED, ("ALL_STARTED", None)]
        assert event_problems(both) == []
        assert [each["streamArn"] for each in both["detail"]["streams"]] == [
            caller["detail"]["streamArn"],
            called["detail"]["streamArn"],
        ]

    @pytest.mark.settings(streaming="fails")
    def test_failed(
        self,
        client: ChimeSDKVoiceClient,
        streaming: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """If a test wants it, each party's streaming fails, and that is all."""
        _, number = mask(client, streaming)
        with phone.call(RIDER, number):
            pass

        events = received(connect)

        assert statuses(events) == [("FAILED", None)] * 2
        assert [event_problems(event) for event in events] == [[], []]


def shown(instant: Any) -> str:
    """Return an instant as events have it."""
    return f"{instant:%Y-%m-%dT%H:%M:%S}.{instant.microsecond // 1000:03}Z"


def streams_of(events: list[dict[str, Any]]) -> set[str]:
    """Return the ARNs of the streams that events are about."""
    return {event["detail"]["streamArn"] for event in events}


def received_of(
    events: list[dict[str, Any]], transaction_id: str
) -> list[dict[str, Any]]:
    """Return the events of one call."""
    return [e for e in events if e["detail"]["transactionId"] == transaction_id]
