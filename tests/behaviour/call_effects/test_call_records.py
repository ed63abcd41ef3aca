"""Call detail records: what S3 has of the calls of voice connectors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kit.builders.receivers import (
    CDRS,
    members,
    records,
    stream,
    talk,
)
from kit.builders.rides import DRIVER, FALLBACK, RIDER, mask, set_fallback
from kit.oracles.left_behind import record_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("still", "bucket")


class TestMaskedCalls:
    """Calls through proxy sessions."""

    def test_two_legs(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """Each leg has a record: in to the proxy number, and out to the counterpart."""
        _, number = mask(client, proxy_connector_id)
        phone.person(DRIVER, answers="by hand")
        call = phone.call(RIDER, number)
        talk(clock, call, ringing=3, seconds=31)

        name = call.transaction_id
        folder = f"{CDRS}/json/{proxy_connector_id}/2026/11/29"
        # 2026-11-29 05:06:10 UTC, when the call was answered
        common = {
            "AwsAccountId": "123456789012",
            "TransactionId": name,
            "VoiceConnectorId": proxy_connector_id,
            "Status": "Completed",
            "StatusMessage": "Normal Call Clearing",
            "BillableDurationSeconds": 36,
            "BillableDurationMinutes": 0.6,
            "SchemaVersion": "2.0",
            "SourceCountry": "US",
            "DestinationCountry": "US",
            "ServiceCode": "AmazonChimeVoiceConnector",
            "StartTimeEpochSeconds": 1795928770,
            "EndTimeEpochSeconds": 1795928801,
            "Region": "us-east-1",
            "Streaming": False,
            "IsProxyCall": True,
        }
        found = records(connect, CDRS)
        assert found == {
            f"{folder}/05.06.10.089_{name}": {
                **common,
                "CallId": call.leg("A").call_id,
                "SourcePhoneNumber": RIDER,
                "DestinationPhoneNumber": number,
                "UsageType": "USE1-US-inbound-minutes",
                "Direction": "Inbound",
            },
            f"{folder}/05.06.10.090_{name}": {
                **common,
                "CallId": call.leg("B").call_id,
                "SourcePhoneNumber": number,
                "DestinationPhoneNumber": DRIVER,
                "UsageType": "USE1-US-US-outbound-minutes",
                "Direction": "Outbound",
            },
        }
        assert [record_problems(*each) for each in found.items()] == [[], []]
        assert call.warnings == ()

    def test_object(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A record is one compact line without an end, as JSON."""
        _, number = mask(client, proxy_connector_id)
        phone.call(RIDER, number).hang_up()

        key, *_ = records(connect, CDRS)
        stored = connect("s3").get_object(Bucket="records", Key=key)

        body = stored["Body"].read()
        compact = json.dumps(json.loads(body), separators=(",", ":")).encode()
        assert (stored["ContentType"], body) == ("application/json", compact)

    @pytest.mark.parametrize(
        ("seconds", "billed", "minutes"),
        [
            (0, 0, "0"),
            (0.4, 0, "0"),
            (1, 6, "0.1"),
            (6.4, 6, "0.1"),
            (7, 12, "0.2"),
            (30, 30, "0.5"),
            (60, 60, "1.0"),
        ],
    )
    def test_duration(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
        seconds: float,
        billed: int,
        minutes: str,
    ) -> None:
        """Durations are rounded up to six seconds; none is a plain zero."""
        _, number = mask(client, proxy_connector_id)
        talk(clock, phone.call(RIDER, number), seconds)

        durations = members(
            records(connect, CDRS), "BillableDurationSeconds", "BillableDurationMinutes"
        )

        assert [(each, json.dumps(m)) for each, m in durations] == [
            (billed, minutes)
        ] * 2

    def test_not_before_the_end(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A record is written when the call has ended."""
        _, number = mask(client, proxy_connector_id)
        call = phone.call(RIDER, number)
        before = records(connect, CDRS)

        call.hang_up()

        assert (len(before), len(records(connect, CDRS))) == (0, 2)

    def test_not_answered(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A masked call that connects nobody has no record."""
        _, number = mask(client, proxy_connector_id)
        phone.person(DRIVER, answers="busy")

        phone.call(RIDER, number)

        assert records(connect, CDRS) == {}

    def test_fallback(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call to the fallback number of an ended session is a masked one, too."""
        set_fallback(client, proxy_connector_id)
        session_id, number = mask(client, proxy_connector_id)
        client.delete_proxy_session(
            VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
        )

        phone.call(RIDER, number).hang_up()

        names = ("SourcePhoneNumber", "DestinationPhoneNumber", "IsProxyCall")
        assert members(records(connect, CDRS), *names) == [
            (RIDER, number, True),
            (number, FALLBACK, True),
        ]

    def test_streamed(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The record of the leg that is streamed says so."""
        stream(client, proxy_connector_id)
        _, number = mask(client, proxy_connector_id)

        phone.call(RIDER, number).hang_up()

        assert members(records(connect, CDRS), "Direction", "Streaming") == [
            ("Inbound", True),
            ("Outbound", False),
        ]
