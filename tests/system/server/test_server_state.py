"""The server's state file: loaded at the start, written at the end."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
import requests
from werkzeug.serving import BaseWSGIServer

from kit.builders.documents import CONNECTOR_ID, PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB
from kit.transports.servers import Start, url_in
from proxymock import phone, server, snapshot
from proxymock.plugin.models import chimesdkvoice_backends

SEED = seed(ProxySessions=[{"ParticipantPhoneNumbers": [ALICE, BOB]}])

DEEP = "[" * 100_000 + "]" * 100_000

Main = Callable[..., None]
Handlers = dict[int, Any]


@pytest.fixture
def main(monkeypatch: pytest.MonkeyPatch) -> Main:
    """Return the server's main function with something else to do than to serve."""
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setenv("MOTO_PORT", "5000")  # or the server would set it
    monkeypatch.setattr(sys, "stderr", sys.stderr)  # or the server's would stay

    def main(*options: object, serve: Callable[[], object]) -> None:
        def serve_forever(server: BaseWSGIServer) -> None:
            server.server_close()
            serve()

        monkeypatch.setattr(BaseWSGIServer, "serve_forever", serve_forever)
        server.main(["--port", "0", *map(str, options)])

    return main


never = partial(pytest.fail, "the server has begun")


def test_server_begins_with_a_file_and_writes_it_at_the_end(tmp_path: Path) -> None:
    """A seed is there for the first request, and what happened is in the file."""
    file = tmp_path / "state.json"
    file.write_text(json.dumps(SEED), "utf-8")
    command = [sys.executable, "-m", "proxymock", "--port", "0"]
    with subprocess.Popen(
        [*command, "--state", str(file), "--save-state"],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        found = re.search(r"Running on (http://\S+)", process.stderr.readline())
        assert found is not None
        client = boto3.client(
            "chime-sdk-voice",
            region_name="us-east-1",
            endpoint_url=found[1],
            aws_access_key_id="a",
            aws_secret_access_key="b",
        )
        client.update_voice_connector(
            VoiceConnectorId=CONNECTOR_ID, Name="Renamed", RequireEncryption=True
        )
        reached = requests.post(
            f"{found[1]}/moto-api/proxymock/calls",
            json={"From": ALICE, "To": PROXY_NUMBER},
            timeout=10,
        ).json()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0

    state: Any = json.loads(file.read_text("utf-8"))
    (connector,) = state["Regions"]["us-east-1"]["VoiceConnectors"]
    assert reached["ConnectedTo"] == BOB
    assert connector["Name"] == "Renamed"
    assert connector["ProxySessions"][0]["Status"] == "InProgress"
    [call] = state["Account"]["Calls"]
    assert (call["TransactionId"], "EndedAt" in call) == (reached["Id"], False)
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_state_goes_to_the_default_account(main: Main, tmp_path: Path) -> None:
    """The file is the state of moto's default account."""
    file = tmp_path / "state.json"
    file.write_text(json.dumps(SEED), "utf-8")
    seen: list[Any] = []

    main("--state", file, serve=lambda: seen.extend(phone.masks()))

    assert [mask.voice_connector_id for mask in seen] == [CONNECTOR_ID]
    assert json.loads(file.read_text("utf-8")) == SEED


def test_file_that_is_to_be_saved_need_not_exist(main: Main, tmp_path: Path) -> None:
    """A first run begins with nothing and leaves a file that people can read."""
    file = tmp_path / "state.json"

    main("--state", file, "--save-state", serve=lambda: snapshot.load({**SEED}))

    text = file.read_text("utf-8")
    assert json.loads(text) == snapshot.export()
    assert text.startswith('{\n  "FormatVersion": 2,\n  "Regions": {\n')
    assert text.endswith("}\n")


@pytest.fixture
def handlers(main: Main, monkeypatch: pytest.MonkeyPatch) -> Handlers:
    """What the server does about each signal, for the test to call."""
    handlers: Handlers = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    return handlers


def test_impatience_does_not_end_the_saving(
    main: Main, handlers: Handlers, tmp_path: Path
) -> None:
    """Whoever presses Ctrl-C twice has the state in the file all the same."""
    file = tmp_path / "state.json"

    with pytest.raises(SystemExit, match="0"):
        main(
            *("--state", file, "--save-state"),
            serve=lambda: handlers[signal.SIGINT](signal.SIGINT, None),
        )

    ignored = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    assert handlers == dict.fromkeys(ignored, signal.SIG_IGN)
    assert file.exists()


def test_hangup_saves_and_goes_on(
    main: Main, handlers: Handlers, tmp_path: Path
) -> None:
    """SIGHUP writes the state as it is then, and the server serves on."""
    file = tmp_path / "state.json"
    saved: list[Any] = []

    def serve() -> None:
        snapshot.load({**SEED})
        handlers[signal.SIGHUP](signal.SIGHUP, None)
        saved.append(json.loads(file.read_text("utf-8")))
        snapshot.load({"FormatVersion": 1})

    main("--state", file, "--save-state", serve=serve)

    assert saved[0]["Regions"].keys() == {"us-east-1"}
    assert json.loads(file.read_text("utf-8")) == {"FormatVersion": 2}


def test_hangup_that_cannot_save_is_said(
    main: Main, handlers: Handlers, tmp_path: Path
) -> None:
    """A file that cannot be written now may be so later: the server serves on."""
    file = tmp_path / "state.json"
    served: list[bool] = []

    def serve() -> None:
        file.mkdir()
        handlers[signal.SIGHUP](signal.SIGHUP, None)
        file.rmdir()
        served.append(True)

    main("--state", file, "--save-state", serve=serve)

    assert served == [True]
    assert json.loads(file.read_text("utf-8")) == {"FormatVersion": 2}


def test_server_saves_on_hangup(start: Start, tmp_path: Path) -> None:
    """The signal is followed while clients are served, and ends nothing."""
    file = tmp_path / "state.json"
    process, line = start("--state", str(file), "--save-state")

    process.send_signal(signal.SIGHUP)
    answer = requests.get(f"{url_in(line)}/moto-api/proxymock/clock", timeout=30)
    process.send_signal(signal.SIGTERM)

    assert (answer.status_code, process.wait(30)) == (200, 0)


def test_state_is_saved_when_the_server_fails(main: Main, tmp_path: Path) -> None:
    """Whatever ends the server, the state is written."""
    file = tmp_path / "state.json"

    with pytest.raises(ZeroDivisionError):
        main("--state", file, "--save-state", serve=lambda: 1 // 0)

    assert json.loads(file.read_text("utf-8")) == {"FormatVersion": 2}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "cannot be loaded: Expecting property name"),
        ("[]", "cannot be loaded: it is not a JSON object"),
        ("{}", "cannot be loaded: FormatVersion must be 2, not None"),
        (
            json.dumps(seed(AwsRegion="mars")),
            "cannot be loaded: Regions.us-east-1.VoiceConnectors[0].AwsRegion must be",
        ),
        (DEEP, "cannot be loaded: it is nested too deeply"),
        ("\udcff", "cannot be loaded: 'utf-8' codec can't decode"),
        (None, "cannot be loaded: [Errno 2] No such file"),
    ],
)
def test_broken_file_ends_the_start(
    main: Main, tmp_path: Path, text: str | None, message: str
) -> None:
    """A file that is missing or wrong is one clear error, before anything is served."""
    file = tmp_path / "state.json"
    if text is not None:
        file.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(SystemExit, match=re.escape(f"{file} {message}")):
        main("--state", file, serve=never)


def test_nothing_changes_once_the_state_is_saved(main: Main, tmp_path: Path) -> None:
    """A client that is still connected is not told of a change that is lost."""
    file = tmp_path / "state.json"
    door = chimesdkvoice_backends["123456789012"]["us-east-1"].simulation.door
    entered: list[bool] = []

    main("--state", file, "--save-state", serve=lambda: None)
    client = Thread(target=lambda: entered.append(door._lock.acquire(blocking=False)))
    client.start()
    client.join()

    assert entered == [False]
    assert json.loads(file.read_text("utf-8")) == {"FormatVersion": 2}


def test_link_leads_to_the_file(main: Main, tmp_path: Path) -> None:
    """A link stays one, and what it leads to is read and written."""
    link, file = tmp_path / "link.json", tmp_path / "state.json"
    file.write_text(json.dumps(SEED), "utf-8")
    link.symlink_to(file)

    main("--state", link, "--save-state", serve=lambda: None)

    assert link.is_symlink()
    assert json.loads(file.read_text("utf-8")) == snapshot.export()


def test_folder_must_exist(main: Main, tmp_path: Path) -> None:
    """Where the state cannot be saved, the server does not begin."""
    file = tmp_path / "none" / "state.json"

    with pytest.raises(SystemExit, match="there is no such folder"):
        main("--state", file, "--save-state", serve=never)


def test_file_that_is_not_to_be_saved_is_only_read(main: Main, tmp_path: Path) -> None:
    """Without the option an empty file is no state, and a mistake."""
    file = tmp_path / "state.json"
    file.touch()

    with pytest.raises(SystemExit, match="cannot be loaded: Expecting value"):
        main("--state", file, serve=never)


def test_failure_to_save_is_said(main: Main, tmp_path: Path) -> None:
    """If the file cannot be written after all, that is a clear error."""
    file = tmp_path / "state.json"

    with pytest.raises(SystemExit, match=r"cannot be saved to .*: .*directory"):
        main("--state", file, "--save-state", serve=file.mkdir)
