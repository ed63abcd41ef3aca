from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest

from proxymock import __main__, server

SCRIPT = str(Path(sys.executable).with_name("proxymock-server"))


@pytest.fixture(
    params=[[SCRIPT], [sys.executable, "-m", "proxymock"]],
    ids=["proxymock-server", "python -m proxymock"],
)
def process(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[str]]:
    """A server on a free port."""
    process = subprocess.Popen(
        [*request.param, "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    with process:
        yield process
        process.kill()


def test_server_starts_answers_and_stops(process: subprocess.Popen[str]) -> None:
    """The server tells where it is, has the service, and ends when it is told to."""
    assert process.stderr is not None
    found = None
    while found is None:
        line = process.stderr.readline()
        assert line, "the server has ended"
        found = re.search(r"Running on (http://\S+)", line)
    client = boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=found[1],
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )

    connector = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    listed = client.list_voice_connectors()["VoiceConnectors"]
    process.send_signal(signal.SIGTERM)

    assert listed == [connector["VoiceConnector"]]
    assert process.wait(timeout=30) == 0


def test_options_are_motos() -> None:
    """The server takes the options of moto's server."""
    result = subprocess.run(
        [SCRIPT, "--help"], capture_output=True, text=True, check=True
    )

    assert "--ssl-cert" in result.stdout


def test_missing_packages_are_named() -> None:
    """Without the packages of moto's server one error says what to install."""
    code = "import sys; sys.modules['flask'] = None; import proxymock.__main__ as m; "

    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code + "m.main([])"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1].startswith("proxymock-server needs more")
    assert result.stderr.rstrip().endswith("pip install 'proxymock[server]'")


def test_missing_server_is_an_exit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error ends the process with a message, not with a traceback."""
    monkeypatch.setitem(sys.modules, "moto.server", None)

    with pytest.raises(SystemExit, match=r"pip install 'proxymock\[server\]'$"):
        server.main([])


def test_main_hands_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The options reach moto's server as they are."""
    seen: list[list[str]] = []
    monkeypatch.setattr("moto.server.main", seen.append)

    server.main(["--port", "5005"])

    assert seen == [["--port", "5005"]]


def test_module_is_the_server() -> None:
    """``python -m proxymock`` runs the server's own main function."""
    assert vars(__main__)["main"] is server.main
