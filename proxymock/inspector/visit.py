"""Somebody who looks at the page: where, at whose account, and by which server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
        """Return what a read answers, by everybody's rules; None stands for no member.

        Raises SandboxError.
        """
        stated = {name: value for name, value in members.items() if value is not None}
        return command.run(self.simulation, command.arguments(stated))

    def listed(
        self, command: Command[..., Answer], *others: str, **members: Any
    ) -> Answer:
        """Return the page of a list that the address names, or *members* by default.

        Its members are those of the address but *others*, which are not the list's. The
        region goes from view to view, and only some of the reads take it.
        Raises SandboxError.
        """
        takes_region = any(member.name == "Region" for member in command.members)
        asked = {
            name: value
            for name, value in self.address.members.items()
            if name not in {"AccountId", "Open", *others}
            and (name != "Region" or takes_region)
        }
        return self.read(command, **{**members, **command.from_query(asked)})

    def closed(self) -> Visit:
        """Return the same look with no row open."""
        members = {n: each for n, each in self.address.members.items() if n != "Open"}
        return replace(self, address=replace(self.address, members=members))

    def opened(self, command: Command[..., Answer], member: str) -> Answer | None:
        """Return the thing whose row is open, by the *member* that names it."""
        id = self.address.open
        return None if id is None else self.read(command, **{member: id})


Model = dict[str, Any]
View = Callable[[Visit], Model]
