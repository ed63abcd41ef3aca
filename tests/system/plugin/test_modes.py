"""The same test against moto's server and moto's proxy, as moto's decorators do it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path

import moto.moto_proxy
import pytest
import requests

from proxymock.plugin.transports import OverHTTP, default_transport

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
PAGE = (Path(__file__).parents[3] / "docs" / "moto.md").read_text("utf-8")
_BLOCKS = re.findall("^```sh\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
[BLOCK] = [block for block in _BLOCKS if "moto.proxy" in block]
PYTHON, *START_PROXY, PORT_OPTION, _ = shlex.split(BLOCK)

with suppress(ImportError):
    import_module("moto.proxy")
PROXY = pytest.param(
    START_PROXY,
    {"TEST_PROXY_MODE": "true", "MOTO_PROXY_PORT": "{port}"},
    id="proxy",
    marks=[
        pytest.mark.skipif(
            "moto.proxy" not in sys.modules,
            reason="moto's proxy needs more packages: pip install 'moto[proxy]'",
        ),
        pytest.mark.skipif(
            shutil.which("openssl") is None,
            reason="moto's proxy needs the program openssl",
        ),
        pytest.mark.skipif(
            not os.access(Path(moto.moto_proxy.__file__).parent / "certs", os.W_OK),
            reason="moto's proxy writes into moto's own folder, which is read-only",
        ),
    ],
)
SERVER = pytest.param(
    ["-m", "proxymock"],
    {
        "TEST_SERVER_MODE": "true",
        "TEST_SERVER_MODE_ENDPOINT": "http://127.0.0.1:{port}",
    },
    id="server",
)


@contextmanager
def running(*command: str) -> Iterator[str]:
    """Run a server of ours or a proxy of moto's for a while; yield its port."""
    with subprocess.Popen(
        [sys.executable, "-u", *command, "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        lines = map(re.compile(r"127\.0\.0\.1:(\d+)").search, process.stdout)
        try:
            yield next(filter(None, lines))[1]
        finally:
            process.kill()


@pytest.mark.parametrize(("command", "environment"), [SERVER, PROXY])
def test_mode(
    command: list[str], environment: Mapping[str, str], tmp_path: Path
) -> None:
    """Decorator and sandbox go to where moto's variables say; the page is there."""
    file = tmp_path / "test_user.py"
    file.write_text(USER_TEST, "utf-8")

    with running(*command) as port:
        page = requests.get(f"http://localhost:{port}/moto-api/proxymock/", timeout=30)
        api = requests.get(
            f"http://localhost:{port}/moto-api/proxymock/aws/voice-connectors",
            timeout=30,
        )
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
            env={**os.environ}
            | {name: text.format(port=port) for name, text in environment.items()},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert "2 passed" in run.stdout, run.stdout
    assert (page.status_code, "<h1>Now</h1>" in page.text) == (200, True)
    assert (api.status_code, api.json()) == (
        200,
        {"VoiceConnectors": [], "NextToken": None},
    )


def test_proxy_starts_as_the_document_says() -> None:
    """The command of the document is Python's, and ends in a port."""
    assert (PYTHON, PORT_OPTION) == ("python", "-p")


def test_proxy_mode_is_motos(monkeypatch: pytest.MonkeyPatch) -> None:
    """With TEST_PROXY_MODE the sandbox is behind the proxy that moto means."""
    monkeypatch.setenv("TEST_PROXY_MODE", "true")
    monkeypatch.setenv("MOTO_PROXY_PORT", "4999")

    transport = default_transport()

    assert (type(transport), vars(transport)) == (
        OverHTTP,
        {"_url": "http://localhost:4999/moto-api/proxymock/", "_account_id": None},
    )


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
