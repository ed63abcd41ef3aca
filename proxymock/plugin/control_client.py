"""The ways to the sandbox's commands: in this process, or on a server.

In process, objects are handed over as they are; over HTTP, as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from moto import settings

from proxymock.plugin import control
from proxymock.plugin.callers import calling_account
from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import Command

Members = Mapping[str, Any]
Answer = TypeVar("Answer")


class Connection(Protocol):
    """The way to the commands."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Return what a command answers; raises SandboxError."""
        ...

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Return as JSON what *method* on *resource* answers; raises SandboxError."""
        ...


class InProcess:
    """The way to the backends of this process."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Run a command here."""
        world = control.world_of(str(account_id or calling_account()))
        return command.run(world, {k: _detached(v) for k, v in arguments.items()})

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Call the control interface without HTTP."""
        account_id = str(account_id or calling_account())
        try:
            return control.perform(method, resource, account_id, _detached(members))[1]
        except control.ControlError as error:
            raise SandboxError(str(error)) from None


def _detached(value: Any) -> Any:
    """Return a JSON object as a copy, which may be kept, and others as they are."""
    return json.loads(_as_json(value)) if isinstance(value, Mapping) else value


class _OverJSON(Connection, Protocol):
    """A way over which JSON travels, by ``perform``."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Have a command run at the other end."""
        members = command.as_members(arguments)
        answer = self.perform(command.method, command.path, account_id, members)
        return command.from_json(answer)


class OverHTTP(_OverJSON):
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
    except (TypeError, ValueError) as error:
        raise SandboxError(f"What is sent is no JSON: {error}") from None


def default_connection() -> Connection:
    """Return the way to where moto would send the calls of this process."""
    if settings.TEST_SERVER_MODE:
        return OverHTTP(settings.test_server_mode_endpoint())
    if settings.is_test_proxy_mode():
        return OverHTTP(settings.test_proxy_mode_endpoint())
    return InProcess()
