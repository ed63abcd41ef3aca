"""The bill of a day, held against calls whose length is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import boto3
import pytest
import time_machine

from call_records import Billing, Line, UnknownUsage, open_connector, play
from proxymock import clock, mock_aws, phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

RIDER, COURIER = "+12065550111", "+12065550122"
LONDON, PARIS = "+442079460000", "+33123456789"
TODAY = date(2026, 11, 28)
MORNING = datetime(2026, 11, 28, 8, tzinfo=timezone.utc)


@pytest.fixture
def voice() -> Iterator[ChimeSDKVoiceClient]:
    """A client, in a world whose time stands still."""
    with time_machine.travel(MORNING, tick=False), mock_aws():
        yield boto3.client("chime-sdk-voice", region_name="us-east-1")


@pytest.fixture
def billing(voice: ChimeSDKVoiceClient) -> Billing:
    """The program, with an empty bucket."""
    s3 = boto3.client("s3", region_name="us-east-1")
    s3.create_bucket(Bucket="call-records")
    return Billing(s3, "call-records")


@pytest.fixture
def connector_id(voice: ChimeSDKVoiceClient) -> str:
    """A connector whose calls are recorded."""
    return open_connector(voice, "call-records")


def mask(voice: ChimeSDKVoiceClient, connector_id: str, first: str, other: str) -> str:
    """Mask two people for a day; return the number between them."""
    voice.create_proxy_session(
        VoiceConnectorId=connector_id,
        ParticipantPhoneNumbers=[first, other],
        Capabilities=["Voice"],
        ExpiryMinutes=720,
    )
    return phone.masks()[-1].proxy_phone_number


def talk(caller: str, number: str, *, minutes: float = 0, seconds: float = 0) -> None:
    """Call a number, and hang up after a while."""
    with phone.call(caller, number):
        clock.advance(minutes=minutes, seconds=seconds)


def test_bill(voice: ChimeSDKVoiceClient, billing: Billing, connector_id: str) -> None:
    """Both legs count, in steps of six seconds, by the countries that they lead to."""
    home = mask(voice, connector_id, RIDER, COURIER)
    abroad = mask(voice, connector_id, RIDER, LONDON)
    talk(RIDER, home, seconds=61)  # 1.1 minutes
    talk(COURIER, home, seconds=30)
    talk(RIDER, abroad, minutes=10)

    bill = billing.bill(connector_id, TODAY)

    assert bill == {
        home: Line(calls=2, minutes=Decimal("3.2"), dollars=Decimal("0.0112")),
        abroad: Line(calls=1, minutes=Decimal(20), dollars=Decimal("0.14")),
    }


def test_calls_that_cost_nothing(
    voice: ChimeSDKVoiceClient, billing: Billing, connector_id: str
) -> None:
    """Nobody pays for ringing, nor today for the calls of tomorrow."""
    number = mask(voice, connector_id, RIDER, COURIER)
    phone.person(COURIER, answers="busy")
    phone.call(RIDER, number)
    phone.person(COURIER)
    clock.advance(hours=11)
    number = mask(voice, connector_id, RIDER, LONDON)
    clock.advance(hours=6)
    talk(RIDER, number, minutes=1)

    assert billing.bill(connector_id, TODAY) == {}
    assert list(billing.bill(connector_id, TODAY + timedelta(days=1))) == [number]


def test_call_without_a_mask(
    voice: ChimeSDKVoiceClient, billing: Billing, connector_id: str
) -> None:
    """What the company's telephone system calls is on another bill."""
    voice.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.32/27"]},
    )

    phone.call(RIDER, COURIER, via=connector_id).hang_up()

    assert billing.bill(connector_id, TODAY) == {}


def test_usage_without_a_price(
    voice: ChimeSDKVoiceClient, billing: Billing, connector_id: str
) -> None:
    """A call to a country that nobody has thought of stops the bill."""
    talk(RIDER, mask(voice, connector_id, RIDER, PARIS), minutes=1)

    with pytest.raises(UnknownUsage, match="USE1-US-FR-outbound-minutes"):
        billing.bill(connector_id, TODAY)


def test_play(capsys: pytest.CaptureFixture[str]) -> None:
    """The program's own example runs."""
    with time_machine.travel(MORNING, tick=False):
        play()

    assert capsys.readouterr().out == (
        "+12015550150: 1 call, 4.0 minutes of two legs\nto pay: $0.0140\n"
    )
