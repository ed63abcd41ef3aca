"""The clients, most of them installed where their versions are in nobody's way."""

from __future__ import annotations

import os
import shutil
import sys
import venv
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import pytest
import time_machine

from system.clients.programs import run

HERE = Path(__file__).parent
# Not any time: a client that finds the server's clock wrong tries again.
NOW = datetime.now(timezone.utc).replace(microsecond=288000)


@pytest.fixture(scope="session")
def place() -> Path:
    """Where the clients are installed."""
    if "PROXYMOCK_CLIENTS" not in os.environ:
        pytest.skip("the clients are installed by: tox run -e clients")
    return Path(os.environ["PROXYMOCK_CLIENTS"])


def _install(place: Path, package: str) -> Path:
    """Return the programs of a virtual environment with the newest *package*."""
    programs = place / package / "bin"
    if not programs.exists():
        venv.create(place / package)
    pip = (sys.executable, "-m", "pip", "--python", programs / "python")
    run(*pip, "install", "--quiet", "--upgrade", package)
    return programs


@pytest.fixture(scope="session")
def awscli(place: Path) -> Path:
    """The directory of ``aws``."""
    return _install(place, "awscli")


@pytest.fixture(scope="session")
def aioboto3(place: Path) -> Path:
    """The directory of a Python with aioboto3."""
    return _install(place, "aioboto3")


@pytest.fixture(scope="session")
def javascript(place: Path) -> Path:
    """A directory in which JavaScript finds its client, and our tests of it."""
    if shutil.which("npm") is None:
        pytest.skip("the client for JavaScript needs Node.js with npm")
    target = place / "javascript"
    target.mkdir(parents=True, exist_ok=True)
    for source in (HERE / "javascript").iterdir():
        if source.is_file():
            shutil.copy(source, target)
    run("npm", "ci", "--no-audit", "--no-fund", cwd=target)
    return target


@pytest.fixture
def environment(server_url: str) -> dict[str, str]:
    """An environment for programs that are to find the server, and no account."""
    return {
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "ENDPOINT_URL": server_url,
        "NOW": NOW.isoformat(),
    }


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """The server's clock stands still, at the NOW of the environment."""
    with time_machine.travel(NOW, tick=False):
        yield
