"""What moto offers to all services, tried with this one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError, HTTPClientError
from moto.core import config as moto_config
from moto.moto_api import recorder

import proxymock
from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.transports.clients import CREDENTIALS

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

KEYS: Any = CREDENTIALS


class TestConfig:
    """The services that moto mocks, and those that it lets pass."""

    @pytest.fixture(autouse=True)
    def mocked_aws(self) -> None:
        """No mock: these tests bring their own."""

    @pytest.fixture(autouse=True)
    def no_way_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No network, so that a call that passes ends here."""

        def refuse(*arguments: Any, **keywords: Any) -> None:
            raise OSError("There is no network")

        monkeypatch.setattr("socket.getaddrinfo", refuse)

    def call(self, **core: Any) -> object:
        """Return what a client gets with these settings of moto."""
        once = Config(retries={"total_max_attempts": 1})
        client = boto3.client("chime-sdk-voice", "us-east-1", config=once, **KEYS)
        with proxymock.mock_aws(config={"core": core}):
            return client.list_voice_connectors()["VoiceConnectors"]

    def whitelist(self, *services: str) -> object:
        """Return what a client gets if moto mocks these services alone."""
        if not hasattr(moto_config, "service_whitelisted"):
            pytest.skip("this moto has no service_whitelist")
        return self.call(service_whitelist=list(services))

    def test_whitelisted(self) -> None:
        """A list of services that has this one lets it be mocked."""
        assert self.whitelist("s3", "chime-sdk-voice") == []

    def test_not_whitelisted(self) -> None:
        """A list of services that lacks this one makes its calls fail in moto."""
        with pytest.raises(Exception, match=r"^Service chime-sdk-voice not whitelist"):
            self.whitelist("s3")

    @pytest.mark.parametrize(
        "passthrough",
        [
            {"services": ["chime-sdk-voice"]},
            {"urls": [r"https://voice-chime\.us-east-1\.amazonaws\.com/.*"]},
        ],
        ids=["service", "url"],
    )
    def test_passthrough(self, passthrough: dict[str, list[str]]) -> None:
        """A call that moto shall let pass goes to the network."""
        with pytest.raises((EndpointConnectionError, HTTPClientError)):
            self.call(passthrough=passthrough)

    @pytest.mark.parametrize(
        "passthrough",
        [
            {"services": ["s3"]},
            {"urls": [r"https://voice-chime\.eu-west-2\.amazonaws\.com/.*"]},
        ],
        ids=["service", "url"],
    )
    def test_passthrough_of_others(self, passthrough: dict[str, list[str]]) -> None:
        """What others may do does not concern this service."""
        assert self.call(passthrough=passthrough) == []


class TestRecorder:
    """moto's recorder writes requests down and sends them again."""

    @pytest.fixture
    def recording(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[Path]:
        """The file that a recorder that is not running writes to."""
        file = tmp_path / "recording"
        monkeypatch.setattr(recorder, "_location", str(file))
        recorder.reset_recording()
        yield file
        recorder.stop_recording()

    def test_recorded_requests_are_served(
        self, client: ChimeSDKVoiceClient, recording: Path
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

    def test_recording_can_be_replayed_in_process(self, recording: Path) -> None:
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
        self, recording: Path, server_url: str
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

    def test_seeded_replay_makes_the_same_ids(
        self, recording: Path, server_url: str
    ) -> None:
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
