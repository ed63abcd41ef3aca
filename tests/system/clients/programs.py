"""Running other programs, and what ``docs/clients.md`` has them do."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "clients.md"


def run(
    *command: str | Path, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> str:
    """Return what a command prints, or fail with all that it has to say."""
    result = subprocess.run(
        command, env=env, cwd=cwd, capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        pytest.fail(f"{command}:\n{result.stdout}\n{result.stderr}", pytrace=False)
    return result.stdout


def snippet(language: str, client: str, server_url: str) -> str:
    """Return the snippet that uses *client*, for this server."""
    fenced = re.compile(rf"^```{language}\n(.*?)^```", re.DOTALL | re.MULTILINE)
    blocks: list[str] = fenced.findall(PAGE.read_text("utf-8"))
    [found] = [block for block in blocks if client in block]
    return found.replace("http://localhost:5000", server_url)
