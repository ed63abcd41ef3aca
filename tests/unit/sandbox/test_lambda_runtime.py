"""A handler gets what Lambda's Python runtime gives it."""

from __future__ import annotations

import time
from datetime import datetime, timezone
from functools import partial
from typing import Any

import pytest

from kit.transports.lambdas import ARN
from proxymock.sandbox.functions import Functions
from proxymock.sandbox.lambda_runtime import Context, context, name_of

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def handler(event: Any, context: Any) -> Any:
    """Return the context, which no JSON could hold."""
    return context


def of(arn: str, times: int = 1) -> Context:
    """Return the context of the last of some invocations, at noon."""
    functions = Functions(lambda url, arn, event: None, lambda: NOON)
    functions.bind(ARN, handler)
    for _ in range(times):
        given = functions.invoke(arn, {})
    assert isinstance(given, Context)
    return given


def test_context() -> None:
    """The context has Lambda's names, and the virtual date in its log stream."""
    given = of(ARN)

    assert {k: v for k, v in vars(given).items() if k != "_deadline"} == {
        "function_name": "masking",
        "function_version": "$LATEST",
        "invoked_function_arn": ARN,
        "aws_request_id": "044b91f0-c6e9-5e69-b8df-68b550475c97",
        "log_group_name": "/aws/lambda/masking",
        "log_stream_name": "2026/01/02/[$LATEST]b792d121bfd652ae9c016ebaba262e3d",
        "memory_limit_in_mb": "128",
        "identity": None,
        "client_context": None,
    }


@pytest.mark.parametrize(
    ("qualifier", "version"), [("7", "7"), ("prod", "$LATEST"), ("$LATEST", "$LATEST")]
)
def test_version(qualifier: str, version: str) -> None:
    """A version is told; which one an alias stands for is not known."""
    given = of(f"{ARN}:{qualifier}")

    assert (given.function_name, given.function_version) == ("masking", version)
    assert given.invoked_function_arn == f"{ARN}:{qualifier}"


def test_ids_are_the_same_in_every_run() -> None:
    """Each invocation has an id of its own, which is the same in the next run."""
    ids = [of(ARN, times).aws_request_id for times in (1, 2, 1)]

    assert ids[0] == ids[2] != ids[1]


def test_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function has twenty seconds of real time, and never less than none."""
    now = [5.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[-1])
    given = context(ARN, 1, NOON)
    left = []

    for moment in (5.0, 6.5, 36.5):
        now.append(moment)
        left.append(given.get_remaining_time_in_millis())

    assert left == [20_000, 18_500, 0]


@pytest.mark.parametrize(
    ("target", "name"),
    [
        (handler, f"{__name__}:handler"),
        (Functions.bind, "proxymock.sandbox.functions:Functions.bind"),
        (partial(handler), "functools:partial"),
    ],
)
def test_name(target: Any, name: str) -> None:
    """A function is named as on the command line, another callable by its class."""
    assert name_of(target) == name
