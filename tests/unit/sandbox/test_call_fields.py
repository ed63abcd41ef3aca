"""What is asked for when a program reads a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from proxymock.plugin.sandbox_client import Call, Phone
from proxymock.plugin.transports import InProcess
from proxymock.sandbox.command_table import Command


class Recording(InProcess):
    """A way to the sandbox that remembers which commands took it."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def run(
        self,
        command: Command[..., Any],
        account_id: str | None,
        arguments: Mapping[str, Any],
    ) -> Any:
        """Run a command here."""
        self.paths.append(command.path)
        return super().run(command, account_id, arguments)


@pytest.mark.parametrize(
    ("read", "path"),
    [
        (lambda call: call.outcome, "calls/{Id}/summary"),
        (lambda call: call.status, "calls/{Id}/summary"),
        (lambda call: call.open_legs, "calls/{Id}/summary"),
        (lambda call: call.leg("A"), "calls/{Id}/summary"),
        (repr, "calls/{Id}/summary"),
        (lambda call: call.events, "calls/{Id}"),
        (lambda call: call.responses, "calls/{Id}"),
        (lambda call: call.warnings, "calls/{Id}"),
        (lambda call: call.ladder(), "calls/{Id}"),
    ],
    ids=[
        *("outcome", "status", "open_legs", "leg", "repr"),
        *("events", "responses", "warnings", "ladder"),
    ],
)
def test_no_more_than_needed(read: Callable[[Call], object], path: str) -> None:
    """All that was said, which may be much, is composed for those alone who ask."""
    way = Recording()
    call = Phone(transport=way).call("+12065550111", "+12065550100")
    way.paths.clear()

    read(call)

    assert way.paths == [path]
