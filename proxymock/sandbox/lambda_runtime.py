"""How Lambda's Python runtime calls a handler: with which context, and how it fails."""

from __future__ import annotations

import os
import time
import traceback
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

# How long the service waits for an answer.
SECONDS = 20
# Where nobody looks for a mistake of their own. The library of Python may be a zip
# file: sysconfig does not say so, and the place of os does.
_OTHERS = (
    str(Path(os.__file__).parent) + os.sep,
    str(Path(__file__).parents[1]) + os.sep,
    "<frozen ",
)
_INSTALLED = {"site-packages", "dist-packages"}


@dataclass(kw_only=True)
class Context:
    """What a handler gets beside the event, by the names that Lambda has for it.

    *memory_limit_in_mb* is a string, as it is in Lambda.
    """

    function_name: str
    function_version: str
    invoked_function_arn: str
    aws_request_id: str
    log_group_name: str
    log_stream_name: str
    memory_limit_in_mb: str = "128"
    identity: Any = None
    client_context: Any = None
    _deadline: float = field(
        default_factory=lambda: time.monotonic() + SECONDS, repr=False
    )

    def get_remaining_time_in_millis(self) -> int:
        """Return how much is left of the twenty seconds that the service waits."""
        return max(0, round((self._deadline - time.monotonic()) * 1000))


def context(arn: str, number: int, now: datetime) -> Context:
    """Return the context of the invocation with this *number* at an instant.

    The same arguments make the same ids.
    """
    name, _, qualifier = arn.partition(":function:")[2].partition(":")
    # Which version an alias stands for is not known here.
    version = qualifier if qualifier.isdecimal() else "$LATEST"
    return Context(
        function_name=name,
        function_version=version,
        invoked_function_arn=arn,
        aws_request_id=str(uuid5(NAMESPACE_URL, f"{arn} {number}")),
        log_group_name=f"/aws/lambda/{name}",
        log_stream_name=f"{now:%Y/%m/%d}/[{version}]{uuid5(NAMESPACE_URL, arn).hex}",
    )


def described(error: BaseException) -> str:
    """Return what a handler raised: the type, the message and the place.

    The place is the last one in somebody's own code, which is where to look: a client
    of AWS raises deep inside of itself.
    """
    message = "".join(traceback.format_exception_only(error)).strip()
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if _own(frame.filename)
    ]
    return f"{message} ({own[-1].filename}:{own[-1].lineno})" if own else message


def _own(filename: str) -> bool:
    """Whether a file is neither Python's nor ours nor of an installed package."""
    installed = not _INSTALLED.isdisjoint(Path(filename).parts)
    return not (installed or filename.startswith(_OTHERS))


def name_of(function: object) -> str:
    """Return ``module:name`` of a function, or of the class of another callable."""
    named = function if hasattr(function, "__qualname__") else type(function)
    return f"{named.__module__}:{named.__qualname__}"
