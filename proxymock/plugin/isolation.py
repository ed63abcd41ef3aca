"""A mock that the environment, config files and other mocks do not affect."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from threading import Lock
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import boto3
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from moto.core.base_backend import BackendDict
from moto.core.config import default_user_config
from moto.core.models import MockAWS
from urllib3 import HTTPResponse

from proxymock.plugin import direct_http

_REDIRECTIONS = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}
_AUTHORITIES = {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}
# The session that has made the last client. It has read megabytes of botocore's data,
# which is nearly all that the first client of a service costs.
_kept: dict[str, boto3.Session | None] = {"session": None}
_MAKING = Lock()  # The environment and boto3's default session belong to all threads.


def new_account_id() -> str:
    """Return the id of a new account, twelve digits."""
    return f"{uuid4().int % 10**12:012}"


@contextmanager
def environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    """Set some variables of the environment for a while; None unsets one."""
    before = {name: os.environ.get(name) for name in variables}
    _set(variables)
    try:
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def client(service: str, **keywords: Any) -> Any:
    """Return a client that neither the environment nor a config file affects."""
    # botocore reads all of these while it makes the client, and not later.
    with (
        _MAKING,
        environment(_neutral()),
        patch("boto3.DEFAULT_SESSION", _kept["session"]),
    ):
        make: Callable[..., Any] = boto3.client
        # Empty and not None, with which botocore looks for proxies itself.
        made = make(service, config=Config(proxies={}), **keywords)
        # Only now: a session that cannot read its data, as in a fake file system, would
        # not find them later either.
        _kept["session"] = boto3.DEFAULT_SESSION
        return made


def direct_client(service: str, **keywords: Any) -> Any:
    """Return such a client whose requests also bypass libraries that tests mock."""
    made = client(service, **keywords)
    made.meta.events.register("before-send", _send)
    return made


def _neutral() -> dict[str, str | None]:
    """Return the variables that leave botocore its defaults."""
    found = [
        name
        for name in os.environ
        if name.upper().startswith("AWS_")
        or name.lower() in _REDIRECTIONS
        or name in _AUTHORITIES
    ]
    files = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    return {**dict.fromkeys(found), **files}


def _send(request: Any, **event: Any) -> AWSResponse:
    headers = {name: _text(value) for name, value in request.headers.items()}
    # The client below counts the body itself.
    headers.pop("Content-Length", None)
    body = request.body or b""
    answer = direct_http.request(
        request.method,
        request.url,
        headers,
        body.encode() if isinstance(body, str) else body,
    )
    raw = HTTPResponse(BytesIO(answer.body), preload_content=False)
    fields: Any = answer.headers
    return AWSResponse(request.url, answer.status, fields, raw)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


@contextmanager
def apart() -> Iterator[None]:
    """Isolate the mock that begins inside, and remove its state afterwards.

    moto keeps the state of a mock that is active already. Inside of one, the calls of
    this process come from a new account, without the settings of the outer mock.
    """
    # For clients that the program under test makes.
    variables: dict[str, str | None] = {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}
    if not MockAWS._nested_count:
        with environment(variables):
            yield
        return
    variables["MOTO_ACCOUNT_ID"] = account_id = new_account_id()
    settings: Any = default_user_config
    try:
        with environment(variables), patch.dict(settings, core={}):  # moto's defaults
            settings.pop("proxymock", None)
            yield
    finally:
        instances: list[dict[str, Any]] = vars(BackendDict)["_instances"]
        for backends in [*instances]:
            backends.pop(account_id, None)
