"""The way of one request: from what moto hands over to what it takes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from io import DEFAULT_BUFFER_SIZE, BufferedReader, BytesIO, RawIOBase
from typing import Any, NamedTuple
from urllib.parse import quote

from moto.moto_api._internal import mock_random
from werkzeug.exceptions import ClientDisconnected

from proxymock.api import exchange, legacy, spec
from proxymock.api.errors import BadRequestException, VoiceError
from proxymock.api.spec import Operation
from proxymock.plugin.models import ChimeSDKVoiceBackend, chimesdkvoice_backends
from proxymock.plugin.requests import IncomingRequest, authorize, note_visit
from proxymock.sandbox.options import refuse_retired
from proxymock.service import OPERATIONS
from proxymock.state.options import OptionsError
from proxymock.state.store import new_uuid

Answer = tuple[int, dict[str, str], bytes]


def answer(request: Any, full_url: str, headers: Any) -> Answer:
    """Answer a request of any kind that moto passes on, and never raise."""
    received = receive(request, full_url)
    try:
        asked = resolve(received)
    except _REFUSALS as error:
        return _refused(error)
    try:
        return run(asked)
    except _REFUSALS as error:
        return _refused(error)


class Asked(NamedTuple):
    """What a request asks for, where and for whom.

    *labels* and *query* are the parts of its URL that are input.
    """

    received: IncomingRequest
    operation: spec.Operation
    labels: list[str]
    query: Mapping[str, str]
    account_id: str
    region: str


def resolve(received: IncomingRequest) -> Asked:
    """Return what a request asks for. Raises one of the refusals."""
    segments, query = exchange.split(received.path, received.query)
    operation, labels = spec.match(received.method, segments, query)
    if received.is_legacy:
        operation = legacy.operation(operation.name)
    account_id, region = received.account_id, received.region
    return Asked(received, operation, labels, query, account_id, region)


def run(asked: Asked) -> Answer:
    """Do what was asked for. Raises one of the refusals; then nothing has changed."""
    received, operation, labels, query, account_id, region = asked
    note_visit(received, account_id, region)
    authorize(received, account_id, operation.name)
    function = OPERATIONS.get(operation.name)
    if function is None:
        raise NotImplementedError(f"proxymock does not do {operation.name} yet")
    simulation = _backend(account_id, region).simulation
    refuse_retired(simulation.options(), operation.name)
    simulation.faults.raise_if_due(operation.name)
    older = partial(_older, received, operation.name)
    members = exchange.bind(operation, labels, query, received.body, older)
    arguments = {
        parameter: members[member]
        for member, parameter in operation.arguments.items()
        if member in members
    }
    with simulation.door as account:
        result = function(account.store(region), **arguments)
        body = exchange.respond(operation, members, result)
    return operation.status, _headers(), body


_REFUSALS = (VoiceError, spec.UnknownRoute, OptionsError, NotImplementedError)


def _refused(error: Exception) -> Answer:
    if isinstance(error, VoiceError):
        return error_answer(error.status, error.name, error.code, error.message)
    if isinstance(error, spec.UnknownRoute):
        # AWS: API-06
        name, code = "UnknownOperationException", "UnknownOperation"
        return error_answer(404, name, code, str(error))
    if isinstance(error, OptionsError):
        return error_answer(400, "InvalidSettings", "InvalidSettings", str(error))
    return error_answer(501, "NotImplementedException", "NotImplemented", str(error))


def _older(received: IncomingRequest, name: str) -> Operation | None:
    """Return the operation's older form, if the request may be meant for it."""
    # AWS: VC-07
    is_meant = received.may_be_legacy and legacy.has(name)
    return legacy.operation(name) if is_meant else None


def _backend(account_id: str, region: str) -> ChimeSDKVoiceBackend:
    try:
        return chimesdkvoice_backends[account_id][region]
    except KeyError:
        raise BadRequestException(
            f"Amazon Chime SDK Voice has no endpoint in '{region}', only in "
            f"{', '.join(spec.regions())}; for moto to accept any region, set "
            "MOTO_ALLOW_NONEXISTENT_REGION=true"
        ) from None


def _headers() -> dict[str, str]:
    request_id = new_uuid(mock_random)
    return {"Content-Type": "application/json", "x-amzn-RequestId": request_id}


def error_answer(status: int, name: str, code: str, message: str) -> Answer:
    """Return an answer of the service that is an error."""
    # AWS: API-02. SDKs take the class of the error from the header alone.
    return (
        status,
        {**_headers(), "x-amzn-ErrorType": name},
        exchange.respond_error(code, message),
    )


# Less than announced, or bad chunks.
BROKEN_BODY = (ClientDisconnected, OSError, ValueError)


def read_whole(stream: RawIOBase) -> bytes:
    """Read all of a body, or raise one of BROKEN_BODY.

    The stream's own ``read()`` can crash Python if werkzeug's reader of chunks finds
    fewer bytes than announced (CPython's issue 140607); a buffer asks it otherwise.
    """
    buffer = BufferedReader(stream)
    return b"".join(iter(partial(buffer.read, DEFAULT_BUFFER_SIZE), b""))


_ORIGIN = re.compile(r"\A[a-z][a-z0-9+.-]*://[^/?]*", re.IGNORECASE)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def receive(request: Any, full_url: str) -> IncomingRequest:
    """Return a request of any kind that moto passes on in the form that we know."""
    environ = getattr(request, "environ", None)
    if environ is None:  # botocore's own request, as moto before 5.2.5 hands it over
        path, query = _split(_quoted(request.url, "utf-8"))
    else:
        path, query = _sent(environ)

    def body() -> bytes:
        stream = environ and environ.get("wsgi.input")
        if environ is None:
            body = request.body
        elif isinstance(stream, BytesIO):
            # In process it is all there, and werkzeug takes as long as we do to say so.
            body = stream.getvalue()
        else:
            try:
                if isinstance(stream, RawIOBase):
                    environ["wsgi.input"] = BytesIO(read_whole(stream))
                body = request.get_data()
            except BROKEN_BODY:
                raise BadRequestException("The body breaks off") from None
        return body.encode() if isinstance(body, str) else body or b""

    return IncomingRequest(
        request.method, full_url, path or "/", query, request.headers, body
    )


def _sent(environ: Any) -> tuple[str, str]:
    """Return path and query as they were sent, if the WSGI server tells it.

    PATH_INFO is decoded already: an id with a slash has become two segments.
    """
    uri = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if uri:
        path, _ = _split(_quoted(uri, "latin-1"))
    else:
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
    return path, _quoted(environ.get("QUERY_STRING", ""), "latin-1")


def _split(uri: str) -> tuple[str, str]:
    path, _, query = _ORIGIN.sub("", uri, count=1).partition("?")
    return path, query


def _quoted(text: str, encoding: str) -> str:
    """Return *text* with its non-ASCII characters percent-encoded."""
    return text if text.isascii() else quote(text, safe=_ASCII, encoding=encoding)
