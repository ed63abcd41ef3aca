"""How the sandbox's commands are reached: in this process, or on a server.

In process, objects are passed as they are. Over HTTP they travel as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urlencode

from moto import settings
from moto.core.models import botocore_stubber

from proxymock.plugin import control, direct_http
from proxymock.plugin.requests import calling_account
from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_table import Command

Members = Mapping[str, Any]
Answer = TypeVar("Answer")
_SERVER = "moto.moto_server.werkzeug_app"


class Transport(Protocol):
    """A way to run commands."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Run a command and return its answer.

        Args:
            command: one of ``COMMANDS``.
            account_id: the account, by default that of this process.
            arguments: by the names of the command's parameters.

        Raises SandboxError, and then nothing has changed.
        """
        ...

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Run the command of *method* on *resource*; return its answer as JSON.

        *members* have AWS's names. Raises SandboxError, and then nothing has changed.
        """
        ...


class InProcess:
    """Runs commands on the backends of this process."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Run a command here."""
        simulation = control.simulation_of(str(account_id or calling_account()))
        # As over HTTP, nobody shares an object with the account afterwards.
        return command.run(simulation, {k: _detached(v) for k, v in arguments.items()})

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
    """Return a copy of a JSON object, which the account may keep; others unchanged."""
    return json.loads(_as_json(value)) if isinstance(value, Mapping) else value


class _OverJSON(Transport, Protocol):
    """A transport of JSON, by ``perform``."""

    def run(
        self,
        command: Command[..., Answer],
        account_id: str | None,
        arguments: Members,
    ) -> Answer:
        """Have a command run at the other end."""
        path, members = command.address(command.as_members(arguments))
        answer = self.perform(command.method, path, account_id, members)
        return command.from_json(answer)


class OverHTTP(_OverJSON):
    """Runs commands on a server, bypassing whatever tests mock or redirect.

    Args:
        endpoint_url: where the server is.
        account_id: the account to use where a call names none, by default the server's.
    """

    def __init__(self, endpoint_url: str, account_id: str | None = None) -> None:
        self._url = endpoint_url.rstrip("/") + control.PREFIX
        self._account_id = account_id

    def perform(
        self, method: str, resource: str, account_id: str | None, members: Members
    ) -> dict[str, Any]:
        """Call the control interface of the server."""
        account_id = account_id or self._account_id
        parameters = {} if account_id is None else {"AccountId": account_id}
        # AccountId goes into the query: the body of PUT state is the document alone.
        if method in {"POST", "PUT"}:
            headers, body = {"Content-Type": "application/json"}, _as_json(members)
        else:
            headers, body = {}, ""
            parameters |= {name: _in_query(each) for name, each in members.items()}
        query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
        response = direct_http.request(
            method, f"{self._url}{resource}{query}", headers, body.encode()
        )
        try:
            answer: dict[str, Any] = json.loads(response.body)
        except ValueError:
            raise SandboxError(
                f"{self._url} does not answer as proxymock does; is the server "
                "proxymock-server, or one that proxymock has been registered in?"
            ) from None
        if response.status >= 400:
            raise SandboxError(answer.get("Message", response.body.decode()))
        return answer


def _in_query(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)


def _as_json(members: Members) -> str:
    try:
        return json.dumps(dict(members))
    except RecursionError:
        raise SandboxError("What is sent is nested too deeply") from None
    except (TypeError, ValueError) as error:
        raise SandboxError(f"What is sent is no JSON: {error}") from None


# The accounts on moto's server that tests of this process call as, the last one first.
_accounts: list[str] = []


@contextmanager
def calling_as(account_id: str) -> Iterator[None]:
    """Let the calls of this process come from an account on moto's server."""
    _accounts.append(account_id)
    try:
        yield
    finally:
        _accounts.pop()


def default_transport() -> Transport:
    """Return the transport to the place where moto sends the calls of this process.

    Raises SandboxError if AWS is not mocked.
    """
    account_id = _accounts[-1] if _accounts else None
    if settings.TEST_SERVER_MODE:
        return OverHTTP(settings.test_server_mode_endpoint(), account_id)
    if settings.is_test_proxy_mode():
        return OverHTTP(settings.test_proxy_mode_endpoint(), account_id)
    # A server in this process answers without a mock, and keeps what is set here.
    if not botocore_stubber.enabled and _SERVER not in sys.modules:
        raise SandboxError(
            "AWS is not mocked here, and the next mock would begin without what is set "
            "now: use it inside of mock_aws, or with a fixture of proxymock"
        )
    return InProcess()
