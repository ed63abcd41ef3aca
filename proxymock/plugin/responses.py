"""One request: from moto's request object to the status, headers and body for moto."""

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
from proxymock.api.spec import Shape
from proxymock.plugin.models import (
    ChimeSDKVoiceBackend,
    chimesdkvoice_backends,
    simulation_of,
)
from proxymock.plugin.requests import IncomingRequest, authorize, note_visit
from proxymock.sandbox.journal import LARGEST_BODY, Entry
from proxymock.sandbox.options import refuse_retired
from proxymock.service import OPERATIONS
from proxymock.state.options import OptionsError
from proxymock.state.store import new_uuid

Answer = tuple[int, dict[str, str], bytes]


def answer(request: Any, full_url: str, headers: Any) -> Answer:
    """Answer a request of any kind that moto passes on, and raise nothing."""
    return answer_received(receive(request, full_url))


def answer_received(received: IncomingRequest) -> Answer:
    """Answer a request of any kind, and raise nothing."""
    try:
        asked = resolve(received)
    except _REFUSALS as error:
        return _refused(error)
    fault_id = None
    try:
        answered = run(asked)
    except _REFUSALS as error:
        answered = _refused(error)
        fault_id = getattr(error, "fault_id", None)
    _note(asked, answered, fault_id)
    return answered


class Asked(NamedTuple):
    """A request with its operation, account and region.

    *labels* and *query* are the parts of its URL that are input.
    """

    received: IncomingRequest
    operation: spec.Operation
    labels: list[str]
    query: Mapping[str, str]
    account_id: str
    region: str


def resolve(received: IncomingRequest) -> Asked:
    """Return what a request asks for. Raises one of ``_REFUSALS``."""
    segments, query = exchange.split(received.path, received.query)
    operation, labels = spec.match(received.method, segments, query)
    if received.is_legacy:
        operation = legacy.operation(operation.name)
    account_id, region = received.account_id, received.region
    return Asked(received, operation, labels, query, account_id, region)


def run(asked: Asked) -> Answer:
    """Perform the operation and return the answer.

    Raises one of ``_REFUSALS``, and then nothing has changed.
    """
    received, operation, labels, query, account_id, region = asked
    note_visit(received, account_id, region)
    authorize(received, account_id, operation.name)
    function = OPERATIONS.get(operation.name)
    if function is None:  # The description may be ahead of the code.
        raise NotImplementedError(f"proxymock does not do {operation.name} yet")
    simulation = _backend(account_id, region).simulation
    # Before the input is read: a service that is retired or throttles does not read it.
    refuse_retired(simulation.options(), operation.name)
    simulation.faults.raise_if_due(operation.name)
    older = partial(_older, received, operation.name)
    members = exchange.bind(operation, labels, query, received.body, older)
    parameters = operation.arguments
    arguments = {parameters[m]: v for m, v in members.items() if m in parameters}
    with simulation.door as account:
        result = function(account.store(region), **arguments)
        # Inside the door: the result is the live thing, which others may change after.
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


def _note(asked: Asked, answered: Answer, fault_id: str | None) -> None:
    """Note a request and its answer in the journal of its account."""
    received, operation, labels, query, account_id, region = asked
    status, headers, answer = answered
    body = _sent_body(received) if operation.has_body else b""
    simulation = simulation_of(account_id)
    entry = Entry(
        simulation.clock.now(),
        region,
        operation,
        status,
        headers.get("x-amzn-ErrorType"),
        answer if status >= 400 else b"",
        fault_id,
        labels,
        query,
        body if len(body) <= LARGEST_BODY else None,
        len(body),
    )
    simulation.journal.note(entry)


def _sent_body(received: IncomingRequest) -> bytes:
    """Return the body as far as it has come."""
    try:
        return received.body()
    except BadRequestException:
        return b""


def _older(received: IncomingRequest, name: str) -> Shape | None:
    """Return the operation's older input, if the request may be meant for it."""
    # AWS: VC-07
    is_meant = received.may_be_legacy and legacy.has(name)
    return legacy.operation(name).checked if is_meant else None


def _backend(account_id: str, region: str) -> ChimeSDKVoiceBackend:
    try:
        return chimesdkvoice_backends[account_id][region]
    except KeyError:
        raise BadRequestException(spec.no_endpoint(region)) from None


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


# A body that is shorter than announced, or has bad chunks.
BROKEN_BODY = (ClientDisconnected, OSError, ValueError)


def read_whole(stream: RawIOBase) -> bytes:
    """Read all of a body, or raise one of BROKEN_BODY.

    The stream's own ``read()`` can crash Python if werkzeug's reader of chunks finds
    fewer bytes than announced (CPython issue 140607). A buffer reads it another way.
    """
    buffer = BufferedReader(stream)
    return b"".join(iter(partial(buffer.read, DEFAULT_BUFFER_SIZE), b""))


_ORIGIN = re.compile(r"\A[a-z][a-z0-9+.-]*://[^/?]*", re.IGNORECASE)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def receive(request: Any, full_url: str) -> IncomingRequest:
    """Return a request of any kind that moto passes on as an IncomingRequest."""
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
            # In process the whole body is there. werkzeug's get_data() would take as
            # long as all of our own code.
            body = stream.getvalue()
        else:
            try:
                if isinstance(stream, RawIOBase):  # werkzeug's reader of chunks
                    environ["wsgi.input"] = BytesIO(read_whole(stream))
                body = request.get_data()
            except BROKEN_BODY:
                # Or the next to ask would wait for what never comes.
                environ["wsgi.input"] = BytesIO()
                raise BadRequestException("The body breaks off") from None
        return body.encode() if isinstance(body, str) else body or b""

    return IncomingRequest(
        request.method, full_url, path or "/", query, request.headers, body
    )


def _sent(environ: Any) -> tuple[str, str]:
    """Return path and query as they were sent, if the WSGI server has them.

    PATH_INFO is decoded already: an id with a slash has become two segments.
    """
    # Not a part of WSGI: gunicorn sets the first, uWSGI the second, werkzeug both.
    uri = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if uri:
        path, _ = _split(_quoted(uri, "latin-1"))
    else:
        path = quote(environ.get("PATH_INFO", ""), encoding="latin-1")
    return path, _quoted(environ.get("QUERY_STRING", ""), "latin-1")


def _split(uri: str) -> tuple[str, str]:
    if not uri.startswith("/"):
        uri = _ORIGIN.sub("", uri, count=1)
    path, _, query = uri.partition("?")
    return path, query


def _quoted(text: str, encoding: str) -> str:
    """Return *text* with its non-ASCII characters percent-encoded."""
    return text if text.isascii() else quote(text, safe=_ASCII, encoding=encoding)
