from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests
import urllib3

import proxymock
from kit.transports.certificates import write_certificate
from kit.transports.servers import SCRIPT, Start, url_in
from proxymock import __main__, server


def client_of(url: str, **arguments: Any) -> Any:
    """Return a client of the server at *url*."""
    return boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        **arguments,
    )


@pytest.mark.parametrize(
    ("command", "number"),
    [
        ((SCRIPT,), signal.SIGTERM),
        ((sys.executable, "-m", "proxymock"), signal.SIGINT),
    ],
)
def test_server_starts_answers_and_stops(
    command: tuple[str, ...], number: signal.Signals, start: Start
) -> None:
    """The server has the service, and ends well when it is told to."""
    process, line = start(command=command)
    client = client_of(url_in(line))

    connector = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    listed = client.list_voice_connectors()["VoiceConnectors"]
    process.send_signal(number)

    assert listed == [connector["VoiceConnector"]]
    assert process.wait(timeout=30) == 0


def test_first_line_tells_where_and_what(start: Start) -> None:
    """The start line has the address, a local one, the versions and the page."""
    _, line = start()

    python = ".".join(map(str, sys.version_info[:3]))
    assert re.sub(r":\d+\b", ":PORT", line) == (
        f"Running on http://127.0.0.1:PORT (proxymock {proxymock.__version__}, "
        f"moto {version('moto')}, botocore {version('botocore')}, Python {python}); "
        "inspector: http://127.0.0.1:PORT/moto-api/proxymock/\n"
    )


def test_server_keeps_connections_and_stops_all_the_same(start: Start) -> None:
    """A connection is kept for the next request, and does not keep the server."""
    process, line = start()
    answers = []

    with closing(HTTPConnection(urlsplit(url_in(line)).netloc)) as connection:
        for _ in range(2):
            connection.request("GET", "/moto-api/proxymock/clock")
            answer = connection.getresponse()
            answer.read()
            answers.append((answer.version, answer.status, answer.will_close))
        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=30) == 0
    assert answers == [(11, 200, False)] * 2


def test_address_in_the_first_line_is_one_for_clients(start: Start) -> None:
    """An IPv6 address is in brackets, as URLs have it."""
    _, line = start("--host", "::1")

    assert url_in(line).startswith("http://[::1]:")
    assert client_of(url_in(line)).list_voice_connectors()["VoiceConnectors"] == []


def test_server_listens_at_a_unix_socket(start: Start, tmp_path: Path) -> None:
    """A socket that is a file, as moto's server takes it, is told and answers."""
    file = tmp_path / "socket"
    _, line = start("--host", f"unix://{file}")

    assert f"Running on unix://{file} (" in line
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(file))
        connection.sendall(b"GET /moto-api/proxymock/clock HTTP/1.0\r\n\r\n")
        answered = connection.makefile("rb").read()
    assert answered.startswith(b"HTTP/1.1 200 OK\r\n")


@pytest.mark.measured
def test_port_in_use_is_told(start: Start, tmp_path: Path) -> None:
    """Where another program listens the server says so, and ends as if never begun."""
    state = tmp_path / "state.json"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        process, line = start("--port", port, "--state", str(state), "--save-state")

        assert line == "Address already in use\n"
        assert process.wait(timeout=30) == 1
    assert not state.exists()


@pytest.mark.measured
def test_missing_certificate_is_told(start: Start, tmp_path: Path) -> None:
    """A certificate that is not there ends the start with an error that says so."""
    file = str(tmp_path / "none")

    process, line = start("--ssl-cert", file, "--ssl-key", file)

    assert line == (
        f"The certificate {file} cannot be used: [Errno 2] No such file or directory\n"
    )
    assert process.wait(timeout=30) == 1


@pytest.mark.measured
@pytest.mark.parametrize("own", [False, True], ids=["made", "given"])
def test_server_speaks_https(own: bool, start: Start, tmp_path: Path) -> None:
    """With moto's options the server has a certificate, its own or a given one."""
    if own:
        certificate, key = write_certificate(tmp_path)
        _, line = start("--ssl-cert", str(certificate), "--ssl-key", str(key))
        client = client_of(url_in(line), verify=str(certificate))
    else:
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        _, line = start("--ssl")
        client = client_of(url_in(line), verify=False)

    assert url_in(line).startswith("https://127.0.0.1:")
    assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_reloading_server_answers(start: Start) -> None:
    """moto's option to start again after changes tells the versions first."""
    process, line = start("--reload")
    assert process.stderr is not None
    assert line.startswith(f"proxymock {proxymock.__version__}, moto ")
    while "Running on" not in line:
        line = process.stderr.readline()

    answer = requests.get(f"{url_in(line)}/moto-api/proxymock/clock", timeout=30)
    process.send_signal(signal.SIGTERM)

    assert answer.status_code == 200
    assert process.wait(timeout=30) == 0


def options_in(text: str) -> set[str]:
    """Return the options that a help text names."""
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text, re.IGNORECASE))


def test_help_has_motos_options_and_ours() -> None:
    """The server explains all options of moto's server, and its own."""
    texts = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout
        for command in ([sys.executable, "-m", "moto.server", "--help"], [SCRIPT, "-h"])
    ]

    motos, ours = map(options_in, texts)
    assert motos < ours
    assert {"--state", "--save-state", "--version"} <= ours


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--save-state"], "--save-state needs --state FILE"),
        (["--state", "f", "--save-state", "-r"], "--save-state cannot follow --reload"),
        (["--ssl-cert", "f"], "--ssl-cert and --ssl-key need each other"),
        (["--ssl-key", "f"], "--ssl-cert and --ssl-key need each other"),
        (["--port", "http"], "--port: 'http' is not a number from 0 to 65535"),
        (["--port", "65536"], "--port: '65536' is not a number from 0 to 65535"),
        (["--stat", "f"], "unrecognized arguments: --stat f"),
    ],
)
def test_options_that_make_no_sense(
    options: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Options that do not fit end the start with an error that says why."""
    with pytest.raises(SystemExit, match="2"):
        server.main(options)

    assert message in capsys.readouterr().err


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
    monkeypatch.setitem(sys.modules, "proxymock.plugin.wsgi", None)

    with pytest.raises(SystemExit, match=r"pip install 'proxymock\[server\]'$"):
        server.main([])


def test_module_is_the_server() -> None:
    """``python -m proxymock`` runs the server's own main function."""
    assert vars(__main__)["main"] is server.main
