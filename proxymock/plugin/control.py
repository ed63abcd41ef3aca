"""The sandbox over HTTP, next to moto's own API: ``/moto-api/proxymock/...``."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import timedelta
from typing import Any, NamedTuple

from moto.moto_api._internal import moto_api_backends as moto_api_backends
from moto.moto_api._internal import urls

from proxymock.api import exchange, spec
from proxymock.api.errors import VoiceError
from proxymock.api.rendering import timestamp
from proxymock.plugin import gate
from proxymock.plugin.callers import Received
from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.responses import Answer, receive
from proxymock.sandbox import SandboxError, snapshot
from proxymock.sandbox.wire import instant, shown, wire_name
from proxymock.sandbox.world import World
from proxymock.service.analysis_tasks import set_call_analysis
from proxymock.service.settings import Settings, SettingsError

PREFIX = "/moto-api/proxymock/"
_UNFINISHED = PREFIX.rstrip("/")
# moto's server opens to every origin what has no such header; this one suits none.
_SHUT = {"Access-Control-Allow-Origin": "none"}
MAX_BODY_BYTES = 256 * 1024 * 1024  # a state can be large
_ACCOUNT_ID = re.compile(r"\d{12}", re.ASCII)

Members = dict[str, Any]


class ControlError(Exception):
    """The request cannot be followed; *status* and *code* tell the client why."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Route(NamedTuple):
    """What a method on a resource does, and the types of the members it takes.

    No *members* stands for any: the function looks at them itself.
    """

    function: Callable[[World, Members], Members]
    members: Mapping[str, type] | None
    required: tuple[str, ...] = ()
    status: int = 200


def _call(world: World, members: Members) -> Members:
    return shown(world.network.reach("Call", members["From"], members["To"]))


def _text(world: World, members: Members) -> Members:
    return shown(world.network.reach("Text", *(members[n] for n in _TEXT)))


def _interactions(world: World, members: Members) -> Members:
    wanted = members.get("ProxySessionId")
    return {
        "Interactions": [
            shown(interaction)
            for interaction in world.network.log
            if wanted is None or interaction.proxy_session_id == wanted
        ]
    }


def _masks(world: World, members: Members) -> Members:
    return {"Masks": [shown(mask) for mask in world.network.masks()]}


def _set_analysis(world: World, members: Members) -> Members:
    arguments = {spec.snake_case(name): value for name, value in members.items()}
    try:
        analysis = shown(set_call_analysis(world.account, **arguments))
    except ValueError as error:
        raise SandboxError(str(error)) from None
    return {name: analysis[name] for name in _ANALYSIS}


def _time(world: World, members: Members) -> Members:
    return {"Now": timestamp(world.clock.now())}


def _move_time(world: World, members: Members) -> Members:
    if len(members) != 1:
        raise SandboxError("Either Advance or Set is required")
    if "Set" in members:
        world.clock.set(instant(members["Set"], "Set"))
    else:
        try:
            world.clock.advance(timedelta(seconds=members["Advance"]))
        except OverflowError:
            raise SandboxError(f"Advance is too far: {members['Advance']}") from None
    return _time(world, members)


def _reset_time(world: World, members: Members) -> Members:
    world.clock.reset()
    return _time(world, members)


def _faults(world: World, members: Members) -> Members:
    return {"Faults": [shown(fault) for fault in world.faults.pending()]}


def _inject(world: World, members: Members) -> Members:
    arguments = {spec.snake_case(name): value for name, value in members.items()}
    fault = world.faults.inject(**arguments)
    return {"FaultId": fault.fault_id, **_faults(world, members)}


def _clear_faults(world: World, members: Members) -> Members:
    world.faults.clear(members.get("FaultId"))
    return _faults(world, members)


def _export(world: World, members: Members) -> Members:
    return snapshot.export(world)


def _load(world: World, members: Members) -> Members:
    snapshot.load(world, members)
    return {}


_SETTINGS = {wire_name(field.name): field.name for field in fields(Settings)}


def _settings(world: World, members: Members) -> Members:
    return {wire_name(k): v for k, v in asdict(world.settings()).items()}


def _override(world: World, members: Members) -> Members:
    try:
        world.settings.override({_SETTINGS[k]: v for k, v in members.items()})
    except SettingsError as error:
        name, _, rule = str(error).partition(" ")
        raise SandboxError(f"{wire_name(name)} {rule}") from None
    return _settings(world, members)


_TEXT = ("From", "To", "Body")
_FAULT: dict[str, type] = {
    "Operation": str,
    "Error": str,
    "Times": int,
    "Message": str,
    "Delay": float,
}
_ANALYSIS: dict[str, type] = {
    "TransactionId": str,
    "Status": str,
    "StatusMessage": str,
    "ConfidenceScores": dict,
}
ROUTES: Mapping[str, Mapping[str, Route]] = {
    "calls": {"POST": Route(_call, {"From": str, "To": str}, ("From", "To"), 201)},
    "texts": {"POST": Route(_text, dict.fromkeys(_TEXT, str), _TEXT, 201)},
    "interactions": {"GET": Route(_interactions, {"ProxySessionId": str})},
    "masks": {"GET": Route(_masks, {})},
    "analyses": {"POST": Route(_set_analysis, _ANALYSIS, ("TransactionId",))},
    "clock": {
        "GET": Route(_time, {}),
        "POST": Route(_move_time, {"Advance": float, "Set": str}),
        "DELETE": Route(_reset_time, {}),
    },
    "faults": {
        "GET": Route(_faults, {}),
        "POST": Route(_inject, _FAULT, ("Operation", "Error")),
        "DELETE": Route(_clear_faults, {"FaultId": str}),
    },
    "state": {"GET": Route(_export, {}), "PUT": Route(_load, None)},
    "settings": {
        "GET": Route(_settings, {}),
        "PUT": Route(_override, dict.fromkeys(_SETTINGS, object)),
    },
}


def perform(method: str, resource: str, account_id: str, members: Members) -> Answered:
    """Do what *method* on *resource* does in an account.

    Raises ControlError, and then nothing has changed.
    """
    route = _route(method, resource)
    if not _ACCOUNT_ID.fullmatch(account_id):
        raise _bad(f"AccountId must be twelve digits, not {account_id!r}")
    _check(route, members)
    world = chimesdkvoice_backends[account_id]["us-east-1"].world
    try:
        world.settings()  # or wrong ones might never be noticed
        with world.account.lock:
            return route.status, route.function(world, members)
    except (SandboxError, SettingsError) as error:
        raise _bad(str(error)) from None


Answered = tuple[int, Members]


def _bad(message: str) -> ControlError:
    return ControlError(400, "BadRequest", message)


def _route(method: str, resource: str) -> Route:
    if resource not in ROUTES:
        known = ", ".join(ROUTES)
        message = f"There is no {PREFIX}{resource}, only {known}"
        raise ControlError(404, "NotFound", message)
    if method not in ROUTES[resource]:
        allowed = ", ".join(ROUTES[resource])
        message = f"{PREFIX}{resource} takes {allowed}, not {method}"
        raise ControlError(405, "MethodNotAllowed", message)
    return ROUTES[resource][method]


_TYPES: Mapping[type, tuple[Callable[[Any], bool], str]] = {
    str: (lambda value: isinstance(value, str), "a string"),
    int: (lambda value: type(value) is int, "an integer"),
    float: (
        lambda v: type(v) in (int, float) and abs(v) <= sys.float_info.max,
        "a number",
    ),
    dict: (lambda value: isinstance(value, dict), "an object"),
    object: (lambda value: True, "anything"),
}


def _check(route: Route, members: Members) -> None:
    for name in route.required:
        if name not in members:
            raise _bad(f"{name} is required")
    if route.members is None:
        return
    for name, value in members.items():
        if name not in route.members:
            takes = ", ".join(route.members) or "no members"
            raise _bad(f"There is no member {name}; it takes {takes}")
        is_right, article = _TYPES[route.members[name]]
        if not is_right(value):
            raise _bad(f"{name} must be {article}, not {json.dumps(value)[:80]}")


def answer(request: Any, full_url: str, headers: Any) -> Answer:
    """Answer a request to the control interface, and never raise."""
    received = receive(request, full_url)
    headers = {"Content-Type": "application/json", **gate.HEADERS, **_SHUT}
    try:
        _refuse_foreigners(received)
        if received.path == _UNFINISHED:
            return 308, {**headers, "Location": PREFIX}, b"{}"
        status, result = _answered(received)
    except ControlError as error:
        status, result = error.status, {"Code": error.code, "Message": str(error)}
    except VoiceError as error:
        status, result = error.status, {"Code": error.code, "Message": error.message}
    return status, headers, json.dumps(result).encode()


def _answered(received: Received) -> Answered:
    segments, query = exchange.split(received.path, received.query)
    resource = "/".join(segments)[len(PREFIX) - 1 :]
    _route(received.method, resource)  # or there is no point in reading on
    members = {**query, **_body(received)}
    stated = members.pop("AccountId", received.account_id)
    account_id = query.get("AccountId", stated)
    return perform(received.method, resource, str(account_id), members)


def _refuse_foreigners(received: Received) -> None:
    """Refuse a web page of another origin, which a browser would let call us."""
    problem = gate.objection(received, PREFIX)
    if problem is not None:
        raise ControlError(403, "Forbidden", problem)


def _body(received: Received) -> Members:
    body = received.body()
    if not body and received.method not in {"POST", "PUT"}:
        return {}
    content_type = received.headers.get("Content-Type", "").partition(";")[0].strip()
    if content_type.lower() != "application/json":
        raise _bad(f"Content-Type must be application/json, not {content_type!r}")
    return exchange.parsed(body, MAX_BODY_BYTES)


for path in (_UNFINISHED, f"{PREFIX}(?P<path>.*)"):
    urls.url_paths[f"{{0}}{path}$"] = answer
