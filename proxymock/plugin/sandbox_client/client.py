"""How each part of the sandbox reaches its commands."""

from __future__ import annotations

from proxymock.plugin.transports import Transport, default_transport
from proxymock.sandbox.command_table import Answer, Command, P


class SandboxClient:
    """A part of the sandbox.

    Args:
        account_id: the account to use where a call names none.
        transport: the way there, by default as moto's settings say.
    """

    def __init__(
        self, account_id: str | None = None, transport: Transport | None = None
    ) -> None:
        self._account_id = account_id
        self._transport = transport

    def _run(
        self,
        command: Command[P, Answer],
        account_id: str | None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """Run a command in an account; what is None is left out."""
        transport = self._transport or default_transport()
        given = {name: value for name, value in kwargs.items() if value is not None}
        return transport.run(command, account_id or self._account_id, given)
