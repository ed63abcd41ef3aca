"""A day of masked calls, billed from their records in S3.

``python examples/call_records.py`` plays it through: no AWS account, no network.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import boto3

from proxymock import clock, mock_aws, phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

FOLDER = "Amazon-Chime-Voice-Connector-CDRs/json"
# Invented prices in dollars a minute; the real ones are on AWS's price list.
PRICES = {
    "USE1-US-inbound-minutes": Decimal("0.002"),
    "USE1-US-US-outbound-minutes": Decimal("0.005"),
    "USE1-US-GB-outbound-minutes": Decimal("0.012"),
}


class UnknownUsage(Exception):
    """A record has a usage type that has no price."""


@dataclass(frozen=True)
class Line:
    """What the calls behind one proxy number have cost on a day."""

    calls: int
    minutes: Decimal
    dollars: Decimal


class Billing:
    """The program of a delivery company: plain boto3 code, without any mock.

    Args:
        s3: boto3's client of S3.
        bucket: where the call detail records go.
    """

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def bill(self, voice_connector_id: str, day: date) -> dict[str, Line]:
        """Return a line for each proxy number with masked calls on a day, in UTC.

        A masked call has two records, one a leg. Raises UnknownUsage.
        """
        by_number: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for record in self._records(f"{FOLDER}/{voice_connector_id}/{day:%Y/%m/%d}/"):
            if record["IsProxyCall"]:
                by_number[_proxy_number(record)].append(record)
        return {number: _line(legs) for number, legs in sorted(by_number.items())}

    def _records(self, prefix: str) -> Iterator[Mapping[str, Any]]:
        pages = self._s3.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=prefix):
            for found in page.get("Contents", ()):
                stored = self._s3.get_object(Bucket=self._bucket, Key=found["Key"])
                # Decimals, since money is no float.
                yield json.load(stored["Body"], parse_float=Decimal)


def _proxy_number(record: Mapping[str, Any]) -> str:
    """Return the number in the middle: called by one leg, and calling by the other."""
    inbound = record["Direction"] == "Inbound"
    number: str = record["DestinationPhoneNumber" if inbound else "SourcePhoneNumber"]
    return number


def _line(legs: list[Mapping[str, Any]]) -> Line:
    return Line(
        calls=len({leg["TransactionId"] for leg in legs}),
        minutes=sum((_minutes(leg) for leg in legs), Decimal()),
        dollars=sum((_minutes(leg) * _price(leg) for leg in legs), Decimal()),
    )


def _minutes(leg: Mapping[str, Any]) -> Decimal:
    return Decimal(leg["BillableDurationMinutes"])


def _price(leg: Mapping[str, Any]) -> Decimal:
    try:
        return PRICES[leg["UsageType"]]
    except KeyError:
        raise UnknownUsage(leg["UsageType"]) from None


def open_connector(voice: ChimeSDKVoiceClient, bucket: str) -> str:
    """Make a connector that masks, have its calls recorded, and return its id."""
    made = voice.create_voice_connector(Name="Deliveries", RequireEncryption=True)
    id = made["VoiceConnector"]["VoiceConnectorId"]
    voice.put_voice_connector_proxy(
        VoiceConnectorId=id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
    )
    voice.update_global_settings(VoiceConnector={"CdrBucket": bucket})
    return id


def play() -> None:
    """Let somebody call a courier, and print what that costs."""
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket="call-records")
        voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
        id = open_connector(voice, "call-records")
        voice.create_proxy_session(
            VoiceConnectorId=id,
            ParticipantPhoneNumbers=["+12065550111", "+12065550122"],
            Capabilities=["Voice"],
        )
        [mask] = phone.masks()
        with phone.call("+12065550111", mask.proxy_phone_number):
            clock.advance(minutes=2)

        for number, line in Billing(s3, "call-records").bill(id, clock.now()).items():
            print(f"{number}: {line.calls} call, {line.minutes} minutes of two legs")
            print(f"to pay: ${line.dollars:.4f}")


if __name__ == "__main__":
    play()
