"""The fixture's server never outlives pytest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HANGING = """
import threading

def test_it(proxymock_server):
    print("begun", flush=True)
    threading.Event().wait()
"""


@pytest.mark.measured
def test_server_ends_with_its_standard_input() -> None:
    """When the other end is gone, by whatever cause, the server ends, and with 0."""
    with subprocess.Popen(
        [sys.executable, "-c", "from proxymock.child_server import main; main()"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stdin is not None
        assert server.stderr is not None
        started = server.stderr.readline()
        server.stdin.write("What is said does not matter\n")
        server.stdin.close()

        assert started.startswith("Running on http://127.0.0.1:")
        assert server.wait(timeout=60) == 0


def test_server_ends_when_pytest_is_killed(tmp_path: Path) -> None:
    """A killed pytest can tidy up nothing; its server notices that it is gone."""
    file = tmp_path / "test_it.py"
    file.write_text(HANGING)
    with subprocess.Popen(
        [sys.executable, "-m", "pytest", "-sq", "-p", "no:cacheprovider", file],
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "begun\n"
        run.kill()

        # The server has inherited the output: it ends when the last one has gone.
        output, _ = run.communicate(timeout=60)
        assert output == ""
