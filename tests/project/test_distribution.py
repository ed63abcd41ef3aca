"""What is installed: in tox, the built wheel."""

from __future__ import annotations

import os
import sysconfig
from importlib import metadata
from importlib.resources import files
from pathlib import Path

import pytest

import proxymock


def test_distribution_has_its_entry_points() -> None:
    """The distribution brings the pytest plugin and the server, and no bare name."""
    points = metadata.distribution("proxymock").entry_points

    assert {(point.group, point.name, point.value) for point in points} == {
        ("pytest11", "proxymock", "proxymock.pytest_plugin"),
        ("console_scripts", "proxymock-server", "proxymock.server:main"),
    }


def test_distribution_knows_its_version() -> None:
    """The version is the package's own."""
    assert metadata.version("proxymock") == proxymock.__version__


@pytest.mark.parametrize(
    "name",
    [
        *("py.typed", "api/legacy.json", "api/service.json"),
        *("inspector/templates/base.html", "inspector/static/inspector.js"),
        "restore/data/chime/2018-05-01/endpoint-rule-set-1.json",
    ],
)
def test_package_has_its_data(name: str) -> None:
    """The package has the files that are no Python."""
    assert files("proxymock").joinpath(name).is_file()


@pytest.mark.skipif("TOX_ENV_NAME" not in os.environ, reason="only tox builds a wheel")
def test_tests_run_against_the_wheel() -> None:
    """Under tox the package is not the checkout, which has what the wheel may lack."""
    library = Path(sysconfig.get_path("purelib"))

    assert Path(proxymock.__file__).parent == library / "proxymock"


@pytest.mark.skipif("TOX_ENV_NAME" not in os.environ, reason="only tox builds a wheel")
def test_wheel_is_the_package_alone() -> None:
    """The wheel has every file of the package, its licence, and nothing else."""
    checkout = Path(__file__).parents[2]
    distribution = metadata.distribution("proxymock")
    installed = {file.as_posix() for file in distribution.files or ()}
    info = f"proxymock-{proxymock.__version__}.dist-info"

    assert {f for f in installed if f"{info}/" not in f and "__pycache__" not in f} == {
        file.relative_to(checkout).as_posix()
        for file in checkout.joinpath("proxymock").rglob("*")
        if file.is_file() and file.parent.name != "__pycache__"
    } | {f for f in installed if f.endswith("bin/proxymock-server")}
    assert f"{info}/licenses/LICENSE" in installed
