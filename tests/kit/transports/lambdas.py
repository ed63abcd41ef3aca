"""Functions as Lambda would run them, and an endpoint of its Invoke API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from kit.transports.servers import running
from proxymock.plugin.control import simulation_of
from proxymock.telephony.invocations import InvocationFailed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
EVENT: dict[str, Any] = {"SchemaVersion": "1.0", "Sequence": 1, "Ünï": ["c", None]}
Say = Callable[[Request], Response]


def invoke(arn: str = ARN, account_id: str = "123456789012") -> Any:
    """Return what the service gets of a function, or how the invocation fails."""
    try:
        return simulation_of(account_id).functions.invoke(arn, {**EVENT})
    except InvocationFailed as failed:
        return failed.how, failed.detail


@contextmanager
def endpoint(say: Say) -> Iterator[str]:
    """Answer invocations for a while; yield the base URL."""

    def application(
        environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        return say(Request(environ))(environ, start_response)

    with running(application) as (url, _):
        yield url


def said(
    body: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return an answer with a body of JSON."""
    return Response(json.dumps(body), status, dict(headers or {}))
