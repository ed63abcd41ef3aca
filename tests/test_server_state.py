"""A server that begins with a state, and leaves one behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proxymock import server, snapshot
from proxymock.plugin.models import chimesdkvoice_backends
from world import call


@pytest.fixture(autouse=True)
def server_at_once_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server whose first request is to stop, and that leaves our signals alone."""
    monkeypatch.setattr(server, "_serve", lambda options: server._stop(15, None))
    monkeypatch.setattr("signal.signal", lambda number, handler: None)


def run(*options: str) -> object:
    """Run a server until it stops; return its exit code or message."""
    with pytest.raises(SystemExit) as exit:
        server.main(list(options))
    return exit.value.code


def test_state_is_saved_and_loaded(tmp_path: Path) -> None:
    """What a server saves another one begins with."""
    file = tmp_path / "state.json"
    call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)
    before = call("ListVoiceConnectors")

    assert run("--state", str(file), "--save-state") == 0
    chimesdkvoice_backends.reset()
    assert run("--state", str(file)) == 0

    assert call("ListVoiceConnectors") == before
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def test_state_is_not_saved_unasked(tmp_path: Path) -> None:
    """A state that is only loaded stays as it was."""
    file = tmp_path / "state.json"
    file.write_text(json.dumps(snapshot.export()), "utf-8")
    before = file.read_bytes()

    assert run("--state", str(file)) == 0
    call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)

    assert file.read_bytes() == before


@pytest.mark.parametrize("text", [None, "{", "[]", "{}", '{"Version": 99}'])
def test_broken_state_ends_the_start(tmp_path: Path, text: str | None) -> None:
    """A file that is missing, or no state, is named in the error."""
    file = tmp_path / "state.json"
    if text is not None:
        file.write_text(text, "utf-8")

    message = str(run("--state", str(file)))

    assert message.startswith(f"The state in {file} cannot be loaded: ")


def test_folder_to_save_to_must_exist(tmp_path: Path) -> None:
    """A file that cannot be saved later is refused at once."""
    file = tmp_path / "nowhere" / "state.json"

    assert run("--state", str(file), "--save-state") == (
        f"The state cannot be saved to {file}: there is no such folder"
    )
