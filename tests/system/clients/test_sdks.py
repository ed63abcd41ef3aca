"""The clients of other languages and loops: their own tests, run where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from system.clients.programs import run

HERE = Path(__file__).parent


@pytest.mark.usefixtures("stopped_clock")
def test_javascript(javascript: Path, environment: dict[str, str]) -> None:
    """@aws-sdk/client-chime-sdk-voice works against the server."""
    run("node", "--test", javascript / "voice.test.js", env=environment)


@pytest.mark.usefixtures("stopped_clock")
def test_aioboto3(aioboto3: Path, environment: dict[str, str]) -> None:
    """aioboto3 works against the server."""
    run(aioboto3 / "python", HERE / "aioboto3" / "voice.py", env=environment)
