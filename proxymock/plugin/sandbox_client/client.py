"""What the parts of the sandbox have in common: an account and a transport."""

from __future__ import annotations

from proxymock.plugin.function_host import HOST
from proxymock.plugin.transports import Transport, default_transport
from proxymock.sandbox.command_table import Answer, Command, P


class SandboxClient:
    """A part of the sandbox.

    Args:
        account_id: the account of calls that name none.
        transport: how commands are reached, by default as moto's settings say.
    """

    def __init__(
        self, account_id: str | None = None, transport: Transport | None = None
    ) -> None:
        self._account_id = account_id
        self._transport = transport

    def _run(
        self,
        command: Command[P, Answer],
        # By position, so that a command may have members of these names.
        account_id: str | None,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Answer:
        """Run a command in an account. Arguments that are None are left out.

        What a function in this process was left by meanwhile, such as ``pytest.fail``,
        is raised here, although a server has invoked it.
        """
        # Anew for each command: a mock may have begun since the last one.
        transport = self._transport or default_transport()
        given = {name: value for name, value in kwargs.items() if value is not None}
        answer = transport.run(command, account_id or self._account_id, given)
        HOST.raise_left()
        return answer
