"""Streaming detail records, and the buckets of all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import (
    CALLER,
    COURIER,
)
from kit.builders.receivers import (
    CDRS,
    HOST,
    SDRS,
    attach_telephones,
    keep_records,
    members,
    records,
    stream,
    talk,
    terminate,
)
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER
from kit.oracles.left_behind import record_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("still")


class TestStreamingRecords:
    """What streams are billed by."""

    def test_record(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        clock: Clock,
        connect: Connect,
    ) -> None:
        """A call that is streamed has one record of it."""
        keep_records(client, connect)
        stream(client, proxy_connector_id)
        _, number = mask(client, proxy_connector_id)
        call = phone.call(RIDER, number)
        talk(clock, call, 31)

        found = records(connect, SDRS)

        day = f"{SDRS}/json/{proxy_connector_id}/2026/11/29"
        assert found == {
            f"{day}/05.06.07.089_{call.transaction_id}": {
                "SchemaVersion": "1.0",
                "AwsAccountId": "123456789012",
                "TransactionId": call.transaction_id,
                "CallId": call.leg("A").call_id,
                "VoiceConnectorId": proxy_connector_id,
                "StartTimeEpochSeconds": 1795928767,
                "EndTimeEpochSeconds": 1795928798,
                "Status": "Completed",
                "StatusMessage": "Streaming succeeded",
                "ServiceCode": "AmazonChime",
                "UsageType": "USE1-VC-kinesis-audio-streaming",
                "BillableDurationSeconds": 36,
                "Region": "us-east-1",
            }
        }
        assert [record_problems(*each) for each in found.items()] == [[]]

    @pytest.mark.settings(streaming="fails")
    def test_failed(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """Streams that failed are not billed, and calls say that there were none."""
        keep_records(client, connect)
        stream(client, proxy_connector_id)
        _, number = mask(client, proxy_connector_id)

        phone.call(RIDER, number).hang_up()

        assert records(connect, SDRS) == {}
        assert members(records(connect, CDRS), "Streaming") == [(False,), (False,)]


class TestBuckets:
    """Where records go."""

    def test_missing(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A bucket that is not there is a warning of the call, for each record."""
        client.update_global_settings(VoiceConnector={"CdrBucket": "missing"})
        attach_telephones(client, connector_id)

        with phone.call(CALLER, NUMBER) as call:
            pass

        day = f"s3://missing/{CDRS}/json/{connector_id}/2026/11/29"
        assert call.warnings == (
            f"There is no bucket for {day}/05.06.07.089_{call.transaction_id}",
        )
        assert call.outcome == "Connected"

    def test_missing_is_no_reason(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
    ) -> None:
        """Why a call reached nobody is said, whatever could not be delivered."""
        client.update_global_settings(VoiceConnector={"CdrBucket": "missing"})
        attach_telephones(client, connector_id)
        phone.person(HOST, answers="busy")

        call = phone.call(CALLER, NUMBER)

        assert (call.outcome, len(call.warnings)) == ("Rejected", 1)
        assert call.reason == f"{HOST} is busy or rejects the call"

    def test_not_set(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """Without a bucket in the settings nothing is written, and nothing missed."""
        keep_records(client, connect)
        client.update_global_settings(VoiceConnector={})
        attach_telephones(client, connector_id)

        with phone.call(CALLER, NUMBER) as call:
            pass

        assert (records(connect, CDRS), call.warnings) == ({}, ())

    def test_other_regions(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The setting is the region's: calls of other regions are not recorded."""
        keep_records(connect(region="eu-west-1"), connect, "eu-west-1")
        london = connect(region="eu-west-1").create_voice_connector(
            Name="London", RequireEncryption=True
        )["VoiceConnector"]["VoiceConnectorId"]
        for regional, id in (
            (client, connector_id),
            (connect(region="eu-west-1"), london),
        ):
            terminate(regional, id)
            phone.call(CALLER, COURIER, via=id).hang_up()

        names = ("VoiceConnectorId", "Region", "UsageType")
        assert members(records(connect, CDRS), *names) == [
            (london, "eu-west-1", "EUW1-US-US-outbound-minutes")
        ]
