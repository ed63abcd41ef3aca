"""Actions that record. What they record is an effect, for others to store."""

from __future__ import annotations

from proxymock.state.calls import CallRecording
from proxymock.telephony.legs import note, schedule, stop_recording
from proxymock.telephony.performing import NotWanted, Result, Turn, action, on

FOLDER = "Amazon-Chime-SMA-Call-Recordings"


@action("RecordAudio")
def record_audio(turn: Turn) -> Result:
    """Record until a key, the end of the time, or silence: nobody ever speaks."""
    # Nobody speaks, so silence begins with the recording.
    ends = ("DurationInSeconds", "SilenceDurationInSeconds")
    limits = [turn.values[name] for name in ends if name in turn.values]
    # A number, not an instant: what an action remembers is JSON, to be saved.
    turn.memory["since"] = turn.now.at.timestamp()
    turn.now.remark("chime", f"{turn.leg.tag} is recorded")
    if limits:
        schedule(turn.now, "action", turn.leg, min(limits))
    return None


@on("key", "RecordAudio")
def end_by_key(turn: Turn, key: str) -> Result:
    """End the recording at a key that the action names."""
    if key not in turn.values["RecordingTerminators"]:
        raise NotWanted
    return {**_store(turn), "RecordingTerminatorUsed": key}


@on("due", "RecordAudio")
def end_in_time(turn: Turn, _: str) -> Result:
    """End the recording when its time, or that of silence, is over."""
    return _store(turn)


@on("stopped", "RecordAudio")
def end_before_time(turn: Turn, _: str) -> Result:
    """Keep what was recorded until a hang-up or an update."""
    return _store(turn)


def _store(turn: Turn) -> dict[str, object]:
    """Note the recording. Its key is the prefix and an id."""
    wanted = turn.values["RecordingDestination"]
    key = f"{wanted.get('Prefix', '')}{turn.now.around.new_id()}.wav"
    seconds = turn.now.at.timestamp() - turn.memory["since"]
    bucket = wanted["BucketName"]
    note(
        turn.now, "Recording", BucketName=bucket, Key=key, Seconds=seconds, Metadata={}
    )
    stored = {"Type": "S3", "BucketName": bucket, "Key": key}
    return {"RecordingDestination": stored}


@on("check", "StartCallRecording")
def check_first(turn: Turn, _: str) -> Result:
    """Refuse to record a leg that was recorded before. AWS: PA-23."""
    if turn.leg.recording is not None:
        before = f"names {turn.leg.tag}, whose recording was started before"
        turn.wrong("CallId", before)
    return None


@action("StartCallRecording")
def start_call_recording(turn: Turn) -> Result:
    """Record a leg from now on."""
    now, call_id = turn.now, turn.leg.call_id
    bucket, _, prefix = turn.values["Destination"]["Location"].partition("/")
    instant = f"{now.at:%Y-%m-%d-%H-%M-%S}-{now.at.microsecond // 1000:03}"
    name = f"{instant}_{now.call.transaction_id}_{call_id}.wav"
    key = f"{prefix.strip('/') or FOLDER}/{now.at:%Y/%m/%d}/{name}"
    # Nothing is noted yet: the object appears in S3 when the recording ends.
    turn.leg.recording = CallRecording(
        bucket=bucket, key=key, track=turn.values["Track"], started_at=now.at
    )
    stored = {"Type": "S3", "Location": f"{bucket}/{key}"}
    return {"CallRecordingDestination": stored}


@action("StopCallRecording")
def stop_call_recording(turn: Turn) -> Result:
    """End the recording of a leg for good."""
    stop_recording(turn.now, turn.leg, _going_on(turn))
    return {}


@action("PauseCallRecording")
def pause_call_recording(turn: Turn) -> Result:
    """Record silence from now on."""
    _going_on(turn).status = "Paused"
    return {}


@action("ResumeCallRecording")
def resume_call_recording(turn: Turn) -> Result:
    """Record what is said again."""
    _going_on(turn).status = "Recording"
    return {}


def _going_on(turn: Turn) -> CallRecording:
    recording = turn.leg.recording
    if recording is None or recording.status == "Stopped":
        turn.wrong("CallId", f"names {turn.leg.tag}, which is not being recorded")
    return recording
