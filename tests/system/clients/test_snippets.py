"""The snippets of ``docs/clients.md``, pasted and run."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from system.clients.programs import run, snippet


def test_boto3(server_url: str) -> None:
    """boto3 tells what is missing."""
    code = snippet("python", 'boto3.client(\n    "chime-sdk-voice"', server_url)

    said = run(sys.executable, "-c", code)

    assert said.endswith("Could not find VoiceConnector with Id 'none'\n")


def test_aioboto3(aioboto3: Path, server_url: str) -> None:
    """aioboto3 lists what it made."""
    code = snippet("python", "aioboto3.Session", server_url)

    assert run(aioboto3 / "python", "-c", code) == "['Rides']\n"


def test_aws_cli(awscli: Path, environment: dict[str, str], server_url: str) -> None:
    """The AWS CLI makes a proxy session."""
    environment["PATH"] = f"{awscli}:{environment['PATH']}"

    said = run(
        "sh", "-ec", snippet("sh", "aws chime-sdk-voice", server_url), env=environment
    )

    assert '"Status": "Open"' in said


def test_aws_cli_of_the_older_namespace(
    awscli: Path, environment: dict[str, str], server_url: str, tmp_path: Path
) -> None:
    """The AWS CLI makes a connector with an operation that it has lost."""
    python = Path(sys.executable).parent
    environment["PATH"] = f"{python}:{awscli}:{environment['PATH']}"
    environment["PYTHONPATH"] = os.environ.get("PYTHONPATH", "")
    code = snippet("sh", "aws chime ", server_url)

    said = run("sh", "-ec", code, env=environment, cwd=tmp_path)

    assert '"Name": "Rides"' in said


def test_javascript(javascript: Path, server_url: str) -> None:
    """JavaScript knows the error by its class."""
    program = javascript / "snippet.js"
    program.write_text(snippet("js", "@aws-sdk", server_url), "utf-8")

    said = run("node", program)

    assert said == "true Could not find VoiceConnector with Id 'none'\n"


def test_javascript_calls(javascript: Path, server_url: str) -> None:
    """JavaScript advances the clock and calls, and reads why nobody is reached."""
    program = javascript / "calls.js"
    program.write_text(snippet("js", "fetch(", server_url), "utf-8")

    said = run("node", program)

    assert said == "Rejected: No proxy session uses this number\n"
