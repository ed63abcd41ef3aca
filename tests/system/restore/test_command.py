"""``python -m proxymock.restore``: the operations as files, for other programs."""

from __future__ import annotations

from pathlib import Path

import botocore
import pytest
from botocore.loaders import Loader

from kit.builders.botocore_data import Data
from proxymock.api import spec
from proxymock.restore import __main__ as command
from proxymock.restore.loading import restored

SESSIONS = [name for name in spec.operation_names() if "Proxy" in name]
KINDS = ("service-2", "paginators-1", "endpoint-rule-set-1")


@pytest.fixture(autouse=True)
def _newer_botocore(monkeypatch: pytest.MonkeyPatch) -> None:
    """A botocore that may have dropped something."""
    monkeypatch.setattr(botocore, "__version__", "2.0.0")


@pytest.fixture
def data(tmp_path: Path) -> Data:
    """The data of a botocore without clients."""
    directory = tmp_path / "installed"
    directory.mkdir()
    return Data(directory)


def added(directory: Path, data: Data) -> Loader:
    """Return a loader of *data* that has a directory on its data path."""
    paths = [str(directory), str(data.directory)]
    return Loader(paths, include_default_search_paths=False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("client", ["chime", "chime-sdk-voice"])
def test_files_have_what_comes_back(
    data: Data, tmp_path: Path, client: str, kind: str
) -> None:
    """A botocore with the directory on its data path finds what we restore in ours."""
    data.add("chime-sdk-voice", without=[*SESSIONS, "ListSipRules"])

    with data.installed():
        command.main([str(tmp_path / "made")])

    theirs = added(tmp_path / "made", data).load_service_model(client, kind)
    assert theirs == restored(data.loader()).load_service_model(client, kind)


def test_names_of_the_files_are_printed(
    data: Data, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It prints what it has written: extras of a client, or a whole one."""
    data.add("chime-sdk-voice", without=SESSIONS)

    with data.installed():
        command.main([str(tmp_path / "made")])

    made = sorted(str(file) for file in (tmp_path / "made").rglob("*.json"))
    assert sorted(capsys.readouterr().out.splitlines()) == made
    assert [file.rpartition("made/")[2] for file in made] == [
        "chime-sdk-voice/2022-08-03/service-2.sdk-extras.json",
        "chime/2018-05-01/endpoint-rule-set-1.json",
        "chime/2018-05-01/paginators-1.json",
        "chime/2018-05-01/service-2.json",
    ]


def test_nothing_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A botocore that has dropped nothing is told so, and nothing is written."""
    monkeypatch.setattr(botocore, "__version__", "1.37.1")

    command.main([str(tmp_path)])

    assert capsys.readouterr().out == "botocore 1.37.1 has all operations\n"
    assert [*tmp_path.iterdir()] == []


def test_existing_file_stays(data: Data, tmp_path: Path) -> None:
    """A file of such a name, which may be the user's, is not overwritten."""
    file = tmp_path / "made" / "chime" / "2018-05-01" / "service-2.json"
    file.parent.mkdir(parents=True)
    file.write_text("{}")

    with data.installed(), pytest.raises(SystemExit) as error:
        command.main([str(tmp_path / "made")])

    assert str(error.value) == f"{file} cannot be written: File exists"
    assert file.read_text() == "{}"
