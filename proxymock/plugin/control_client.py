"""The ways to a control interface: in this process, or on a server.

Both go through the same functions, so that they cannot differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

from moto import settings

from proxymock.plugin import control
from proxymock.plugin.callers import calling_account
from proxymock.sandbox import SandboxError

Members = Mapping[str, Any]


class Connection(Protocol):
    """The way to a control interface."""

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Return what *method* on *resource* answers, or raise SandboxError."""
        ...


class InProcess:
    """The way to the backends of this process."""

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Call the control interface without HTTP, but with JSON."""
        copied = json.loads(_as_json(members))
        try:
            _, answer = control.perform(
                method, resource, str(account_id or calling_account()), copied
            )
        except control.ControlError as error:
            raise SandboxError(str(error)) from None
        result: dict[str, Any] = json.loads(json.dumps(answer))
        return result


class OverHTTP:
    """The way to a server."""

    def __init__(self, endpoint_url: str) -> None:
        self._url = endpoint_url.rstrip("/") + control.PREFIX

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Call the control interface of the server."""
        import requests  # moto needs it anyway, but not at once

        parameters = {} if account_id is None else {"AccountId": account_id}
        has_body = method in {"POST", "PUT"}
        response = requests.request(
            method,
            self._url + resource,
            params=parameters if has_body else {**parameters, **members},
            # The parameter json would refuse NaN with an error of its own.
            data=_as_json(members) if has_body else None,
            headers={"Content-Type": "application/json"} if has_body else None,
            timeout=60,
        )
        try:
            answer: dict[str, Any] = response.json()
        except ValueError:
            raise SandboxError(
                f"{self._url} does not answer as proxymock does; is the server "
                "proxymock-server, or one that proxymock has been registered in?"
            ) from None
        if not response.ok:
            raise SandboxError(answer.get("Message", response.text))
        return answer


def _as_json(members: Members) -> str:
    try:
        return json.dumps(dict(members))
    except RecursionError:
        raise SandboxError("What is sent is nested too deeply") from None


def default_connection() -> Connection:
    """Return the way to where moto would send the calls of this process."""
    if settings.TEST_SERVER_MODE:
        return OverHTTP(settings.test_server_mode_endpoint())
    if settings.is_test_proxy_mode():
        return OverHTTP(settings.test_proxy_mode_endpoint())
    return InProcess()
