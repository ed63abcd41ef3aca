"""Voice tone analysis tasks, as a user of boto3 sees them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import boto3
import pytest
import time_machine
from botocore.config import Config

from analysis import Tasks, voice_tone_analyses
from proxymock.plugin.sandbox_client import Phone
from support import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)


@pytest.fixture
def tones(client: ChimeSDKVoiceClient, connector_id: str) -> Tasks:
    """The analyses of the calls of a connector."""
    return voice_tone_analyses(client, connector_id)


def test_start_answers_the_task(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """A new task is in progress; it is about both legs of the call."""
    with time_machine.travel(NOON, tick=False):
        answer = client.start_voice_tone_analysis_task(
            VoiceConnectorId=connector_id, TransactionId="call-1", LanguageCode="en-US"
        )
    id = answer["VoiceToneAnalysisTask"]["VoiceToneAnalysisTaskId"]

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert body(answer) == {
        "VoiceToneAnalysisTask": {
            "VoiceToneAnalysisTaskId": id,
            "VoiceToneAnalysisTaskStatus": "IN_PROGRESS",
            "CallDetails": {
                "VoiceConnectorId": connector_id,
                "TransactionId": "call-1",
            },
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "StartedTimestamp": NOON,
        }
    }


def test_get_answers_the_task(tones: Tasks) -> None:
    """Get tells when the analysis ended, and no results."""
    with time_machine.travel(NOON, tick=False) as clock:
        started = tones.start()
        clock.shift(timedelta(seconds=1))
        ended = tones.get(started)

    assert ended == {
        **started,
        "VoiceToneAnalysisTaskStatus": "SUCCEEDED",
        "CallDetails": {**started["CallDetails"], "IsCaller": True},
        "UpdatedTimestamp": NOON + timedelta(seconds=1),
    }


@pytest.mark.parametrize("is_caller", [True, False])
def test_get_is_about_the_leg_it_names(tones: Tasks, is_caller: bool) -> None:
    """Get answers the leg that it was asked about."""
    task = tones.start()

    assert tones.get(task, IsCaller=is_caller)["CallDetails"] == {
        **task["CallDetails"],
        "IsCaller": is_caller,
    }


def test_get_leaves_the_task_as_it_is(
    tones: Tasks,
) -> None:
    """The leg that Get was asked about is not remembered."""
    task = tones.start(ClientRequestToken="ride-1")
    tones.get(task, IsCaller=False)

    assert (
        tones.start(ClientRequestToken="ride-1")["CallDetails"] == task["CallDetails"]
    )


def test_get_must_name_a_leg(tones: Tasks, endpoint_url: str | None) -> None:
    """Get without a leg answers BadRequestException."""
    task = tones.start()
    tones.query = {}
    tones.client = boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=endpoint_url,
        aws_access_key_id="AKIAIOSFODNN7EXAMPLE",
        aws_secret_access_key="wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        config=Config(parameter_validation=False),
    )

    with pytest.raises(tones.client.exceptions.BadRequestException) as error:
        tones.get(task)

    assert error.value.response["Error"]["Message"] == "IsCaller is required"


@pytest.mark.parametrize("status", ["PARTIAL_SUCCESS", "FAILED"])
def test_analysis_of_the_call(tones: Tasks, phone: Phone, status: str) -> None:
    """A task ends as is set for its call, with its message."""
    phone.set_analysis("call-1", status=status, status_message="Silence")

    task = tones.run("call-1")

    assert tones.status(task) == status
    assert task["StatusMessage"] == "Silence"


def test_language_must_be_known(tones: Tasks) -> None:
    """A language that the API does not list answers BadRequestException."""
    with pytest.raises(tones.client.exceptions.BadRequestException) as error:
        tones.start(LanguageCode="de-DE")

    assert error.value.response["Error"]["Message"] == (
        'LanguageCode must be one of en-US, not "de-DE"'
    )
