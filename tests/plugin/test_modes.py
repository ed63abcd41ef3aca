"""The same test against moto's server and moto's proxy, as moto's decorators do it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import moto.moto_proxy
import pytest

# What a user's test may look like; the mode is in the environment alone.
USER_TEST = """
import boto3
from proxymock import clock, mock_aws, phone

def create(region):
    client = boto3.client("chime-sdk-voice", region_name=region)
    connector = client.create_voice_connector(Name=region, RequireEncryption=True)
    return client, connector["VoiceConnector"]

def names(client):
    return [c["Name"] for c in client.list_voice_connectors()["VoiceConnectors"]]

@mock_aws
def test_regions_are_apart():
    for region in ("us-east-1", "eu-west-2"):
        client, connector = create(region)
        assert connector["VoiceConnectorArn"].split(":")[3] == region
        assert names(client) == [region]

@mock_aws
def test_reset_and_sandbox():
    client, connector = create("us-east-1")
    assert names(client) == ["us-east-1"]
    id = connector["VoiceConnectorId"]
    client.put_voice_connector_proxy(
        VoiceConnectorId=id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
    )
    session = client.create_proxy_session(
        VoiceConnectorId=id,
        ParticipantPhoneNumbers=["+12065550100", "+13035550102"],
        Capabilities=["Voice"],
    )["ProxySession"]
    number = session["Participants"][0]["ProxyPhoneNumber"]
    assert phone.call("+12065550100", number).connected_to == "+13035550102"
    clock.advance(minutes=61)
    assert phone.masks() == []
"""
PAGE = Path(__file__).parents[2] / "docs" / "moto.md"


def run_user_test(folder: Path, environment: Mapping[str, str]) -> None:
    """Run the test in a process of its own, and check that it passes."""
    file = folder / "test_user.py"
    file.write_text(USER_TEST, "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "2 passed" in run.stdout, run.stdout


def start(*command: str) -> Iterator[tuple[str, str]]:
    """Run a server for a while; yield its host and port, as it tells them."""
    with subprocess.Popen(
        [sys.executable, "-u", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"(127\.0\.0\.1):(\d+)", line):
                yield found[1], found[2]
                break
        process.kill()


@pytest.fixture
def server() -> Iterator[tuple[str, str]]:
    """A server of ours."""
    yield from start("-m", "proxymock", "--port", "0")


@pytest.fixture
def proxy() -> Iterator[tuple[str, str]]:
    """A proxy of moto's, started as the document says."""
    try:
        import_module("moto.proxy")
    except ImportError as error:
        pytest.skip(f"moto's proxy needs {error.name}: pip install 'moto[proxy]'")
    if shutil.which("openssl") is None:
        pytest.skip("moto's proxy needs the program openssl")
    if not os.access(Path(moto.moto_proxy.__file__).parent / "certs", os.W_OK):
        pytest.skip("moto's proxy writes into moto's own folder, which is read-only")
    [block] = re.findall("^```sh\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.M)
    python, *arguments = shlex.split(block)
    assert (python, arguments[-2:]) == ("python", ["-p", "5005"])
    yield from start(*arguments[:-1], "0")


def test_server_mode(server: tuple[str, str], tmp_path: Path) -> None:
    """With TEST_SERVER_MODE the decorator and the sandbox go to the server."""
    host, port = server

    run_user_test(
        tmp_path,
        {
            "TEST_SERVER_MODE": "true",
            "TEST_SERVER_MODE_ENDPOINT": f"http://{host}:{port}",
        },
    )


def test_proxy_mode(proxy: tuple[str, str], tmp_path: Path) -> None:
    """With TEST_PROXY_MODE the decorator and the sandbox go to the proxy."""
    _, port = proxy

    run_user_test(tmp_path, {"TEST_PROXY_MODE": "true", "MOTO_PROXY_PORT": port})


def test_client_of_before_moto_is_patched() -> None:
    """moto's patch_client mocks a client that was made before moto was imported."""
    code = """
import boto3
client = boto3.client("chime-sdk-voice", "us-east-1", aws_access_key_id="a",
    aws_secret_access_key="b")
import proxymock
from moto.core import patch_client
with proxymock.mock_aws():
    patch_client(client)
    print(client.list_voice_connectors()["VoiceConnectors"])
"""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert run.stdout == "[]\n"
