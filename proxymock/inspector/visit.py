"""Somebody who looks at the page: where, at whose account, and by which server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from proxymock.inspector.address import Address
from proxymock.sandbox.command_table import Command
from proxymock.sandbox.simulation import Simulation

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at the page.

    *server* is the URL of the server, as the browser knows it.
    """

    address: Address
    simulation: Simulation
    server: str

    def read(self, command: Command[..., Answer], **members: Any) -> Answer:
        """Return what a read answers, by the rules of everybody's.

        Raises SandboxError.
        """
        return command.run(self.simulation, command.arguments(members))

    def listed(
        self, command: Command[..., Answer], *others: str, **members: Any
    ) -> Answer:
        """Return the page of a list that the address names.

        Its members are those of the address but *others*, which are not the list's.
        Raises SandboxError.
        """
        known = {member.name for member in command.members}
        asked = {
            name: value
            for name, value in self.address.members.items()
            if name not in {"AccountId", "Open", *others}
            and (name != "Region" or name in known)
        }
        return self.read(command, **{**command.from_query(asked), **members})

    def opened(self, command: Command[..., Answer], member: str) -> Answer | None:
        """Return the thing whose row is open, by the *member* that names it."""
        id = self.address.open
        return None if id is None else self.read(command, **{member: id})


Model = dict[str, Any]
View = Callable[[Visit], Model]
