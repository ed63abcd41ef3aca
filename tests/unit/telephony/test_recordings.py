"""What is recorded: by an action, or of a whole leg."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import UP, data, event, leg_a
from kit.builders.telephones import START, Telephones, do, script, texts, told
from proxymock.state.calls import Call
from proxymock.telephony import network


def recorded(call: Call) -> list[dict[str, Any]]:
    """Return the recordings that others have to store."""
    return [each.details for each in call.effects if each.kind == "Recording"]


def test_recording_by_key() -> None:
    """RecordAudio ends at a terminator; its event says where the recording is."""
    destination = {"Type": "S3", "BucketName": "b", "Prefix": "voice/"}
    record = do(
        "RecordAudio", RecordingTerminators=["#"], RecordingDestination=destination
    )
    phones = Telephones(script([record]))
    call = phones.arrive()
    phones.advance(7)

    phones.do(call, network.press, "A", "#")

    echo = data(
        "RecordAudio",
        RecordingTerminators=["#"],
        RecordingDestination=destination,
        SilenceThreshold=200,
        CallId="id-2",
    )
    stored = {"Type": "S3", "BucketName": "b", "Key": "voice/id-3.wav"}
    told_of = {**echo, "RecordingDestination": stored, "RecordingTerminatorUsed": "#"}
    done = event(2, "ACTION_SUCCESSFUL", leg_a(UP), data=told_of)
    assert texts(call.events[1:]) == texts([done])
    assert recorded(call) == [
        {"BucketName": "b", "Key": "voice/id-3.wav", "Seconds": 7, "Metadata": {}}
    ]


@pytest.mark.parametrize(
    ("limits", "seconds"),
    [
        ({"DurationInSeconds": "5"}, 5),
        ({"SilenceDurationInSeconds": 3}, 3),
        ({"SilenceDurationInSeconds": 3, "DurationInSeconds": 2}, 2),
    ],
)
def test_recording_in_time(limits: dict[str, Any], seconds: float) -> None:
    """RecordAudio ends after its time, or that of silence, for nobody ever speaks."""
    destination = {"Type": "S3", "BucketName": "b"}
    action = do(
        "RecordAudio",
        RecordingTerminators=[],
        RecordingDestination=destination,
        **limits,
    )
    phones = Telephones(script([action]))
    call = phones.arrive()

    phones.advance(60)

    assert [each["Seconds"] for each in recorded(call)] == [seconds]


def test_recording_that_a_hang_up_ends() -> None:
    """What was recorded is kept when the caller hangs up."""
    destination = {"Type": "S3", "BucketName": "b"}
    action = do(
        "RecordAudio", RecordingTerminators=["#"], RecordingDestination=destination
    )
    phones = Telephones(script([action]))
    call = phones.arrive()
    phones.advance(4)

    phones.do(call, network.hang_up, "A")

    assert [each["Seconds"] for each in recorded(call)] == [4]
    assert told(call)[1:] == ["ACTION_FAILED RecordAudio", "HANGUP Hangup"]


START_RECORDING = do(
    "StartCallRecording",
    Track="BOTH",
    Destination={"Type": "S3", "Location": "bucket/calls"},
)


@pytest.mark.parametrize(
    ("location", "folder"),
    [("bucket/calls/", "calls"), ("bucket", "Amazon-Chime-SMA-Call-Recordings")],
)
def test_call_recording(location: str, folder: str) -> None:
    """A leg's recording is written when it ends, where its event said it would be."""
    start = do(
        "StartCallRecording",
        CallId="id-2",
        Track="INCOMING",
        Destination={"Type": "S3", "Location": location},
    )
    phones = Telephones(script([start]))
    call = phones.arrive()
    phones.advance(2.5)
    before = recorded(call)

    phones.do(call, network.hang_up, "A")

    day = f"{START:%Y/%m/%d}"
    key = f"{folder}/{day}/{START:%Y-%m-%d-%H-%M-%S}-123_id-1_id-2.wav"
    told_of = call.events[1]["ActionData"]["CallRecordingDestination"]
    assert told_of == {"Type": "S3", "Location": f"bucket/{key}"}
    metadata = {
        "transaction-id": "id-1",
        "call-id": "id-2",
        "recording-duration": "2.5",
        "recording-audio-file-format": "wav",
    }
    assert before == []
    assert recorded(call) == [
        {"BucketName": "bucket", "Key": key, "Seconds": 2.5, "Metadata": metadata}
    ]


def test_call_recording_stops_once() -> None:
    """It can be paused and resumed, stopped once, and not be started again."""
    pause, resume = do("PauseCallRecording"), do("ResumeCallRecording")
    stop = do("StopCallRecording")
    phones = Telephones(
        script([START_RECORDING, pause, resume, pause, stop], [START_RECORDING], [stop])
    )

    call = phones.arrive()
    phones.do(call, network.hang_up, "A")

    assert len(recorded(call)) == 1
    assert told(call)[1:4] == [
        "ACTION_SUCCESSFUL StopCallRecording",
        "ACTION_FAILED StartCallRecording",
        "ACTION_FAILED StopCallRecording",
    ]
    assert call.leg("A").recording is not None
