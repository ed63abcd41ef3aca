"""The sandbox over HTTP, next to moto's own API: ``/moto-api/proxymock/...``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

from moto.moto_api._internal import moto_api_backends as moto_api_backends
from moto.moto_api._internal import urls

from proxymock.api import exchange
from proxymock.api.errors import VoiceError
from proxymock.plugin import gate, models, page
from proxymock.plugin.requests import IncomingRequest
from proxymock.plugin.responses import Answer, answer_received, receive
from proxymock.sandbox import (
    SandboxError,
    call_commands,
    commands,
    function_commands,
    openapi,
    surroundings_commands,
)
from proxymock.sandbox.command_table import COMMANDS, Command
from proxymock.sandbox.reads import (
    accounts,
    conversations,
    interactions,
    number_choice,
    operations,
    overview,
    people,
    pools,
    requests,
    resources,
    sessions,
)
from proxymock.sandbox.simulation import Simulation

MODULES = (
    commands,
    call_commands,
    function_commands,
    surroundings_commands,
    overview,
    accounts,
    sessions,
    people,
    interactions,
    conversations,
    pools,
    number_choice,
    resources,
    requests,
    operations,
    openapi,
)  # which fill the table of commands
PREFIX = "/moto-api/proxymock/"
_UNFINISHED = PREFIX.rstrip("/")
# The AWS API, for the page alone: in moto's proxy the API's own addresses are those of
# AWS, to which no page may send anything.
_API = f"{PREFIX}aws/"
# moto's server adds this header for every origin, unless the answer has one already.
# No origin is called "none".
_SHUT = {"Access-Control-Allow-Origin": "none"}
# A state from GET can be PUT back whatever its size. The body has been read anyway.
MAX_BODY_BYTES = sys.maxsize
_ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)

Members = dict[str, Any]


class ControlError(Exception):
    """A request is refused; *status* and *code* tell the client why.

    *headers* are those that the answer must have.
    """

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = headers


Found = tuple[Command[..., Any], Members]
Answered = tuple[int, Members]


def simulation_of(account_id: str) -> Simulation:
    """Return the simulation of an account.

    Raises SandboxError unless *account_id* is twelve digits.
    """
    if not _ACCOUNT_ID.fullmatch(account_id):
        raise SandboxError(f"AccountId must be twelve digits, not {account_id!r}")
    return models.simulation_of(account_id)


def perform(method: str, resource: str, account_id: str, members: Members) -> Answered:
    """Run the command of *method* on *resource* in an account.

    Return the HTTP status and the members of the answer. Raises ControlError, and then
    nothing has changed.
    """
    command, labels = _route(method, resource)
    try:
        simulation = simulation_of(account_id)
        answer = command.run(simulation, command.arguments({**members, **labels}))
    except SandboxError as error:
        raise _bad(str(error)) from None
    return command.status, command.as_json(answer)


def _bad(message: str) -> ControlError:
    return ControlError(400, "BadRequest", message)


def _route(method: str, resource: str) -> Found:
    found = COMMANDS.at(resource)
    if not found:
        known = ", ".join(COMMANDS.paths())
        message = f"There is no {PREFIX}{resource}, only {known}"
        raise ControlError(404, "NotFound", message)
    if method not in found:
        message = f"{PREFIX}{resource} takes {', '.join(found)}, not {method}"
        raise ControlError(405, "MethodNotAllowed", message, Allow=", ".join(found))
    return found[method]


def answer(request: Any, full_url: str, headers: Any) -> Answer:
    """Answer a request to the control interface, and raise nothing."""
    received = receive(request, full_url)
    try:
        _refuse_foreigners(received)
        status, headers, body = _answered(received)
    except ControlError as error:
        members = {"Code": error.code, "Message": str(error)}
        status, headers, body = _in_json(error.status, members, **error.headers)
    except VoiceError as error:
        members = {"Code": error.code, "Message": error.message}
        status, headers, body = _in_json(error.status, members)
    return status, {**headers, **gate.HEADERS, **_SHUT}, body


def _in_json(status: int, members: Members, **headers: str) -> Answer:
    headers["Content-Type"] = "application/json"
    return status, headers, json.dumps(members).encode()


def _answered(received: IncomingRequest) -> Answer:
    if received.path == _UNFINISHED:
        rest = f"?{received.query}" if received.query else ""
        return _in_json(308, {}, Location=f"{PREFIX}{rest}")
    if received.path.startswith(_API):
        return _of_the_api(received)
    segments, query = exchange.split(received.path, received.query)
    resource = "/".join(segments)[len(PREFIX) - 1 :]
    if page.is_page(resource):
        return _of_the_page(received, resource, query)
    return _in_json(*_commanded(received, resource, query))


def _of_the_api(received: IncomingRequest) -> Answer:
    _, query = exchange.split("", received.query)
    if "AccountId" in query:
        message = f"{_API} takes the account from the credentials or x-moto-account-id"
        raise _bad(f"{message}, as the AWS API does, not from AccountId")
    return answer_received(received._replace(path=received.path[len(_API) - 1 :]))


def _of_the_page(
    received: IncomingRequest, resource: str, query: Mapping[str, str]
) -> Answer:
    if received.method not in {"GET", "HEAD"}:
        message = f"{PREFIX}{resource} takes GET, not {received.method}"
        raise ControlError(405, "MethodNotAllowed", message, Allow="GET, HEAD")
    if resource:
        found = page.file_answer(received, resource)
        if found is None:
            raise ControlError(404, "NotFound", f"There is no {PREFIX}{resource}")
        return found
    try:
        simulation = simulation_of(query.get("AccountId", received.account_id))
    except SandboxError as error:
        raise _bad(str(error)) from None
    return page.answer(received, query, simulation)


def _commanded(
    received: IncomingRequest, resource: str, query: Mapping[str, str]
) -> Answered:
    # A wrong path is refused before the body is read.
    command, _ = _route(received.method, resource)
    members = {**command.from_query(query), **_body(received)}
    stated = members.pop("AccountId", received.account_id)
    account_id = query.get("AccountId", stated)
    return perform(received.method, resource, str(account_id), members)


def _refuse_foreigners(received: IncomingRequest) -> None:
    """Refuse a web page of another origin, which a browser would let call us."""
    problem = gate.objection(received, PREFIX)
    if problem is not None:
        raise ControlError(403, "Forbidden", problem)


def _body(received: IncomingRequest) -> Members:
    body = received.body()
    if not body and received.method not in {"POST", "PUT"}:
        return {}
    # A form of another site's page cannot send this type without a preflight.
    content_type = received.headers.get("Content-Type", "").partition(";")[0].strip()
    if content_type.lower() != "application/json":
        raise _bad(f"Content-Type must be application/json, not {content_type!r}")
    return exchange.parsed(body, MAX_BODY_BYTES)


for path in (_UNFINISHED, f"{PREFIX}(?P<path>.*)"):
    urls.url_paths[f"{{0}}{path}$"] = answer
