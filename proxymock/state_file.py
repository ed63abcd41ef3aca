"""The server's state file: read at the start, written at the end and on SIGHUP."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Any

from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.requests import calling_account
from proxymock.plugin.sandbox_client import Snapshot
from proxymock.plugin.transports import InProcess

# The file is a mount itself, belongs to another user, or is in a read-only folder. It
# cannot be replaced, but can perhaps be written.
_IRREPLACEABLE = {errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS}


_CONTAINERS = frozenset((dict, list))


class StateFileError(Exception):
    """The state cannot be loaded or saved; the message says why."""


class StateFile:
    """A file with the state of moto's default account.

    Each method raises StateFileError, with the path and the reason, if it fails.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> None:
        """Begin with the state in the file."""
        try:
            state: Any = json.loads(self._path.read_text("utf-8"))
            if not isinstance(state, dict):
                raise ValueError("it is not a JSON object")
            Snapshot(transport=InProcess()).load(state)
        except RecursionError:
            raise self._unloadable("it is nested too deeply") from None
        except (OSError, ValueError) as error:
            raise self._unloadable(str(error)) from None

    def prepare(self) -> bool:
        """Check that the file can be written, and tell whether it has a state yet."""
        with self._told():
            target = self._target()
            if not target.exists():
                if not target.parent.is_dir():
                    raise FileNotFoundError("there is no such folder")
                _beside(target, b"").unlink()
                return False
            if not target.is_file():
                raise OSError("it is not a regular file")
            os.close(os.open(target, os.O_WRONLY))
            return (
                target.stat().st_size > 0
            )  # A file to mount must exist, if only empty.

    def save(self) -> None:
        """Write the state of one moment to the file."""
        state = Snapshot(transport=InProcess()).export()
        text = f"{_readable(state)}\n".encode()
        with self._told():
            _write(self._target(), text)

    def save_for_good(self) -> None:
        """Shut the account for good, and write its state to the file."""
        simulation = chimesdkvoice_backends[calling_account()]["us-east-1"].simulation
        # Else a client could get an answer about a change that is not in the file.
        simulation.door.shut()
        self.save()

    def _target(self) -> Path:
        """Return the file, or the target if it is a link."""
        try:
            return Path(os.path.realpath(self._path, strict=True))
        except FileNotFoundError:
            return Path(os.path.realpath(self._path))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"The state cannot be saved to {self._path}: {error}"
            raise StateFileError(message) from None

    def _unloadable(self, reason: str) -> StateFileError:
        return StateFileError(f"The state in {self._path} cannot be loaded: {reason}")


def _readable(value: Any, indent: str = "") -> str:
    """Return JSON with a line for each thing.

    The indentation of ``json`` takes twice as long, and a line for each member.
    """
    inside = [_items(item) for item in _items(value) if type(item) in _CONTAINERS]
    if all(_CONTAINERS.isdisjoint(map(type, items)) for items in inside):
        return json.dumps(value)
    deeper = f"{indent}  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {_readable(v, deeper)}" for k, v in value.items()]
    else:
        parts = [_readable(item, deeper) for item in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    lines = f",\n{deeper}".join(parts)
    return f"{first}\n{deeper}{lines}\n{indent}{last}"


def _items(value: Any) -> Collection[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _write(target: Path, text: bytes) -> None:
    try:
        _replace(target, text)
    except OSError as error:
        if error.errno not in _IRREPLACEABLE or not target.exists():
            raise
        with target.open("r+b") as file:
            file.write(text)
            file.truncate()


def _replace(target: Path, text: bytes) -> None:
    """Replace the old file by a complete new one with the same mode and owner."""
    unfinished = _beside(target, text)
    try:
        if target.exists():
            shutil.copymode(target, unfinished)
            _give(unfinished, target.stat())
        os.replace(unfinished, target)
    except BaseException:  # whatever ends this, no file is left that nobody knows of
        unfinished.unlink()
        raise


def _beside(target: Path, text: bytes) -> Path:
    """Write a new file with a name that nobody can guess, in the same folder."""
    path = target.with_name(f".{token_hex(16)}.unfinished")
    # If the old file is private, the new one must be so from its first byte.
    mode = 0o600 if target.exists() else 0o666
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    try:
        with open(descriptor, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
    except BaseException:  # SystemExit of a signal as well
        path.unlink()
        raise
    return path


def _give(path: Path, owned: os.stat_result) -> None:
    own = path.stat()
    if (own.st_uid, own.st_gid) != (owned.st_uid, owned.st_gid):
        os.chown(path, owned.st_uid, owned.st_gid)
        path.chmod(stat.S_IMODE(owned.st_mode))
