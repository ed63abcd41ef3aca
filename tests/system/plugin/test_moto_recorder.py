"""moto's recorder writes requests down and sends them again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from moto.moto_api import recorder

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.transports.clients import CREDENTIALS

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

KEYS: Any = CREDENTIALS


@pytest.fixture
def recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that a recorder that is not running writes to."""
    file = tmp_path / "recording"
    monkeypatch.setattr(recorder, "_location", str(file))
    recorder.reset_recording()
    yield file
    recorder.stop_recording()


def test_recorded_requests_are_served(
    client: ChimeSDKVoiceClient, recording: Path
) -> None:
    """While moto records, a request has its body for us and for the recorder."""
    recorder.start_recording()
    id = create_proxy_connector(client)
    session = create_session(client, id, Name="Ride 1")
    recorder.stop_recording()

    assert session["Name"] == "Ride 1"
    last = json.loads(recording.read_text("utf-8").splitlines()[-1])
    body = base64.b64decode(last["body"]) if last["body_encoded"] else last["body"]
    assert last["url"].endswith(f"/voice-connectors/{id}/proxy-sessions")
    assert json.loads(body)["ParticipantPhoneNumbers"] == [ALICE, BOB]


def test_recording_can_be_replayed_in_process(recording: Path) -> None:
    """moto's recorder sends to the hosts that the requests went to."""
    client = boto3.client("chime-sdk-voice", "eu-west-2")
    recorder.start_recording()
    create_proxy_connector(client)
    recorder.stop_recording()
    requests.post("http://motoapi.amazonaws.com/moto-api/reset")

    recorder.replay_recording()

    (connector,) = client.list_voice_connectors()["VoiceConnectors"]
    assert connector["AwsRegion"] == "us-east-1"


def test_recording_can_be_replayed_by_a_server(
    recording: Path, server_url: str
) -> None:
    """A server that gets its recording back after a reset does it all again."""
    client = boto3.client(
        "chime-sdk-voice", "eu-west-2", endpoint_url=server_url, **KEYS
    )
    api = f"{server_url}/moto-api"
    requests.post(f"{api}/recorder/start-recording")
    client.create_voice_connector(Name="Rides", RequireEncryption=True)
    client.create_voice_connector(Name="Bikes", RequireEncryption=False)
    requests.post(f"{api}/recorder/stop-recording")
    log = requests.get(f"{api}/recorder/download-recording").content
    before = client.list_voice_connectors()["VoiceConnectors"]

    requests.post(f"{api}/reset")
    assert client.list_voice_connectors()["VoiceConnectors"] == []
    requests.post(f"{api}/recorder/upload-recording", data=log)
    requests.post(f"{api}/recorder/replay-recording")

    after = client.list_voice_connectors()["VoiceConnectors"]
    members = ("Name", "RequireEncryption", "AwsRegion")
    assert [[c.get(m) for m in members] for c in after] == [
        [c.get(m) for m in members] for c in before
    ]
    assert [c["Name"] for c in after] == ["Rides", "Bikes"]


def test_seeded_replay_makes_the_same_ids(recording: Path, server_url: str) -> None:
    """With the same seed before recording and replaying, ids are the same."""
    client = boto3.client(
        "chime-sdk-voice", "eu-west-2", endpoint_url=server_url, **KEYS
    )
    api = f"{server_url}/moto-api"
    requests.post(f"{api}/seed?a=42")
    recorder.start_recording()
    client.create_voice_connector(Name="Rides", RequireEncryption=True)
    recorder.stop_recording()
    [before] = client.list_voice_connectors()["VoiceConnectors"]

    requests.post(f"{api}/reset")
    requests.post(f"{api}/seed?a=42")
    requests.post(f"{api}/recorder/replay-recording")

    [after] = client.list_voice_connectors()["VoiceConnectors"]
    assert after["VoiceConnectorId"] == before["VoiceConnectorId"]
