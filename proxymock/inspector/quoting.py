"""Commands that people copy: quoted for their shell, or for Python."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

from proxymock.api import spec


def aws_cli(operation: str, members: Mapping[str, Any], region: str, url: str) -> str:
    """Return the command of the AWS CLI for a request.

    The members are one argument of JSON: in others a text such as ``file://…`` would
    be replaced by what it leads to.
    """
    command = spec.snake_case(operation).replace("_", "-")
    arguments = ["aws", "chime-sdk-voice", command]
    if members:
        arguments += ["--cli-input-json", json.dumps(members)]
    arguments += ["--region", region, "--endpoint-url", url]
    return shlex.join(arguments)


def boto3(operation: str, members: Mapping[str, Any], begins: str) -> str:
    """Return the lines of Python for a request, after those that make a ``client``."""
    given = "".join(f"    {name}={value!r},\n" for name, value in members.items())
    call = f"client.{spec.snake_case(operation)}("
    ends = f"\n{given})" if given else ")"
    return f"import boto3\n\n{begins}\nanswer = {call}{ends}"


def curl(method: str, url: str, members: Mapping[str, Any]) -> str:
    """Return the command of curl for a command of the control interface."""
    header = "Content-Type: application/json"
    body = json.dumps(members, ensure_ascii=False)
    return shlex.join(["curl", "-X", method, url, "-H", header, "-d", body])
