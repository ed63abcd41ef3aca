"""The waiting loop of real code, which waits only if a test wants it to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import boto3
import pytest
from moto.moto_api import state_manager

from call_center import POLL_SECONDS, CallCenter, OrderFailed, play
from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ORDER = "chimesdkvoice::phone_number_order"


@pytest.fixture
def voice() -> "Iterator[ChimeSDKVoiceClient]":
    """A client whose connectors mask with their own numbers."""
    with mock_aws(config={"proxymock": {"proxy_numbers": "connector"}}):
        yield boto3.client("chime-sdk-voice", region_name="us-east-1")


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of each sleep of the program."""
    naps: list[float] = []
    monkeypatch.setattr("call_center.time.sleep", naps.append)
    return naps


def test_life_of_the_numbers(
    naps: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    """Numbers are ordered, mask callers, are given up and are taken back."""
    play()

    assert capsys.readouterr().out == (
        "Ordered +12065550100 and +12065550101\n"
        "Caller and agent reach each other at +12065550100\n"
        "Gave up +12065550100 and +12065550101\n"
        "Took back +12065550100, which is Unassigned\n"
    )
    assert naps == []


def test_loop_waits_as_long_as_a_test_wants(
    voice: "ChimeSDKVoiceClient", naps: list[float]
) -> None:
    """An order that settles at the third look makes the program sleep twice."""
    state_manager.set_transition(ORDER, {"progression": "manual", "times": 3})
    try:
        numbers = CallCenter(voice).order_numbers("206", 1)
    finally:
        state_manager.unset_transition(ORDER)

    assert numbers == ["+12065550100"]
    assert naps == [POLL_SECONDS] * 2


def test_masked_number_is_the_centres_own(voice: "ChimeSDKVoiceClient") -> None:
    """Caller and agent dial one of the numbers that were ordered."""
    center = CallCenter(voice)
    numbers = center.order_numbers("800", 1)

    between = center.connect(center.open(numbers), "+14155550101", "+13125550102")

    assert [between] == numbers


def test_number_is_not_associated_twice(voice: "ChimeSDKVoiceClient") -> None:
    """A second connector does not get the numbers of the first."""
    center = CallCenter(voice)
    numbers = center.order_numbers("206", 1)
    center.open(numbers)

    with pytest.raises(OrderFailed, match="PhoneNumberAssociationsExist"):
        center.open(numbers)


def test_order_of_a_number_that_cannot_be_had(
    voice: "ChimeSDKVoiceClient", monkeypatch: pytest.MonkeyPatch
) -> None:
    """An order fails for a number that search has never offered."""
    monkeypatch.setattr(
        voice,
        "search_available_phone_numbers",
        lambda **filters: {"E164PhoneNumbers": ["+12065550199"]},
    )

    with pytest.raises(OrderFailed, match="Failed"):
        CallCenter(voice).order_numbers("206", 1)
