"""The file of a state: what can be saved is known at once, and nothing else is hurt."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kit.builders.documents import seed
from proxymock import snapshot
from proxymock.state_file import StateFile, StateFileError

EMPTY = {"FormatVersion": 2}
OLD = json.dumps(seed(Name="a name that makes this state the longer one"))


def refuse(number: int) -> Callable[..., Any]:
    """Return a function that the system refuses."""

    def refused(*arguments: object, **named: object) -> Any:
        raise OSError(number, os.strerror(number))

    return refused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a state, as its owner has made it."""
    file = tmp_path / "state.json"
    file.write_text(OLD, "utf-8")
    return file


def state_in(file: Path) -> Any:
    """Return the state that was saved."""
    return json.loads(file.read_text("utf-8"))


def test_new_state_takes_the_place_of_the_old(file: Path) -> None:
    """A reader has either the old file or the new one, and nothing is left over."""
    with file.open(encoding="utf-8") as reader:
        StateFile(file).save()

        assert reader.read() == OLD
    assert state_in(file) == EMPTY
    assert [path.name for path in file.parent.iterdir()] == ["state.json"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_mode_stays(mode: int, file: Path) -> None:
    """Whom the owner has shut out does not get to see the new state either."""
    file.chmod(mode)

    StateFile(file).save()

    assert stat.S_IMODE(file.stat().st_mode) == mode


def test_new_file_is_nobodys_secret_before_it_is_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is written the new file is its owner's alone, as an old one may be."""
    modes: list[int] = []
    sync = os.fsync

    def seen(descriptor: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", seen)

    StateFile(file).save()

    assert modes == [0o600]


def test_first_file_has_the_usual_mode(tmp_path: Path) -> None:
    """A file that was not there is like any other that a program makes."""
    other, file = tmp_path / "other", tmp_path / "state.json"
    other.touch()

    StateFile(file).save()

    assert file.stat().st_mode == other.stat().st_mode


def test_owner_stays(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of somebody else's is still theirs."""
    given: list[tuple[int, int]] = []
    owned = file.stat()
    monkeypatch.setattr(
        os, "chown", lambda path, user, group: given.append((user, group))
    )
    another = os.stat_result([owned.st_mode, *[9] * 9])

    # Path.exists() of Python 3.12 and later says whether to follow links.
    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        return owned if path == file else another

    monkeypatch.setattr(Path, "stat", stat)

    StateFile(file).save()

    assert given == [(owned.st_uid, owned.st_gid)]


@pytest.mark.parametrize(
    "number",
    [errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS],
    ids=errno.errorcode.get,
)
@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_file_that_cannot_be_replaced_is_written(
    function: str, number: int, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mount of its own, or a file in a folder that nobody may change, is saved."""
    before = file.stat().st_ino
    monkeypatch.setattr(os, function, refuse(number))

    StateFile(file).save()

    assert state_in(file) == EMPTY
    assert file.stat().st_ino == before
    assert [path.name for path in file.parent.iterdir()] == ["state.json"]


def test_full_disk_leaves_the_old_state(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written whole does not cost what was there."""
    monkeypatch.setattr(os, "fsync", refuse(errno.ENOSPC))

    with pytest.raises(StateFileError, match=f"saved to {file}: .*No space left"):
        StateFile(file).save()

    assert file.read_text("utf-8") == OLD
    assert [path.name for path in file.parent.iterdir()] == ["state.json"]


def test_file_beside_is_not_led_elsewhere(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link of the same name, should somebody guess it, is not followed."""
    victim = file.with_name("victim")
    victim.write_text("dear", "utf-8")
    file.with_name(".guessed.unfinished").symlink_to(victim)
    monkeypatch.setattr("proxymock.state_file.token_hex", lambda size: "guessed")

    with pytest.raises(StateFileError, match="File exists"):
        StateFile(file).save()

    assert victim.read_text("utf-8") == "dear"
    assert file.read_text("utf-8") == OLD


def test_two_servers_do_not_share_a_file_beside(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever saves at the same time finishes a file of its own."""
    names: list[str] = []
    replace = os.replace

    def note(source: Path, target: Path) -> None:
        names.append(source.name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", note)

    for _ in range(2):
        StateFile(file).save()

    assert len(set(names)) == 2


def test_state_that_is_there_can_be_saved(file: Path) -> None:
    """The trial tells that there is a state, and leaves it as it is."""
    assert StateFile(file).prepare()
    assert file.read_text("utf-8") == OLD


def test_empty_file_is_no_state_yet(tmp_path: Path) -> None:
    """A mount must be there before the first run, with nothing in it."""
    file = tmp_path / "state.json"
    file.touch()

    assert not StateFile(file).prepare()


def test_trial_leaves_nothing(tmp_path: Path) -> None:
    """Where there is no file there is none after the trial either."""
    assert not StateFile(tmp_path / "state.json").prepare()
    assert list(tmp_path.iterdir()) == []


def test_link_to_a_file_that_is_to_be_made(tmp_path: Path) -> None:
    """A link stays one, and the file that it leads to comes into being."""
    link, file = tmp_path / "link.json", tmp_path / "state.json"
    link.symlink_to(file)

    assert not StateFile(link).prepare()
    StateFile(link).save()

    assert link.is_symlink()
    assert state_in(file) == EMPTY


def test_what_cannot_be_saved_is_said_at_the_start(tmp_path: Path) -> None:
    """A link into nowhere, one in a circle, and what is no file are refused."""
    nowhere, circle = tmp_path / "nowhere", tmp_path / "circle"
    nowhere.symlink_to(tmp_path / "none" / "state.json")
    circle.symlink_to(circle)
    messages = {}

    for path in (nowhere, circle, tmp_path, Path(os.devnull)):
        with pytest.raises(StateFileError) as caught:
            StateFile(path).prepare()
        messages[path] = str(caught.value).partition(f"saved to {path}: ")[2]

    assert messages == {
        nowhere: "there is no such folder",
        circle: f"[Errno 40] Too many levels of symbolic links: '{circle}'",
        tmp_path: "it is not a regular file",
        Path(os.devnull): "it is not a regular file",
    }


@pytest.mark.parametrize("exists", [True, False], ids=["file", "folder"])
def test_what_may_not_be_written_is_said_at_the_start(
    exists: bool, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is read-only, or a folder for a new one, is refused."""
    if not exists:
        file.unlink()
    monkeypatch.setattr(os, "open", refuse(errno.EROFS))

    with pytest.raises(StateFileError, match="Read-only file system"):
        StateFile(file).prepare()


def test_circle_cannot_be_loaded(tmp_path: Path) -> None:
    """A link that leads to itself is one clear error."""
    circle = tmp_path / "circle"
    circle.symlink_to(circle)

    with pytest.raises(StateFileError, match=r"cannot be loaded: .* symbolic links"):
        StateFile(circle).load()


def test_state_can_be_saved_again_and_again(file: Path) -> None:
    """Saving changes nothing, and a state goes on after it."""
    StateFile(file).save()
    snapshot.load(json.loads(OLD))
    StateFile(file).save()

    assert state_in(file) == snapshot.export()
