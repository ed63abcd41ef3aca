"""What a command is: one function with its method and path, for Python and HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from string import Formatter
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, get_type_hints
from urllib.parse import quote

from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_members import Member, any_of, in_query, members_of
from proxymock.sandbox.json_values import reader, to_json
from proxymock.sandbox.simulation import Simulation
from proxymock.state.options import OptionsError

Members = dict[str, Any]
Arguments = Mapping[str, Any]
P = ParamSpec("P")
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, eq=False)
class Command(Generic[P, Answer]):
    """A command: *method* on *path* calls *function*.

    *path* may have labels, as in ``calls/{Id}``, which are members. *body* is the name
    of a parameter that takes the whole body; such a command has no members. *answer* is
    the return type of *function*: a dataclass, a JSON object, or None. A command runs
    inside of the account's door, unless it *enters* by itself.
    """

    method: str
    path: str
    status: int
    function: Callable[..., Answer]
    members: tuple[Member, ...]
    body: str | None
    answer: Any
    enters: bool

    def run(self, simulation: Simulation, arguments: Arguments) -> Answer:
        """Call the function with *arguments*, by the names of its parameters.

        Raises SandboxError, and then nothing has changed.
        """
        checked = self._checked(arguments)
        try:
            simulation.options()  # Bad settings raise here, whatever the command.
            if self.enters:
                return self.function(simulation, **checked)
            with simulation.door:
                return self.function(simulation, **checked)
        except OptionsError as error:
            raise SandboxError(str(error)) from None

    def arguments(self, members: Members) -> Members:
        """Return *members* as arguments, by the names of the parameters.

        Raises SandboxError for a member that the command does not take.
        """
        if self.body is not None:
            return {self.body: members}
        parameters = {member.name: member.parameter for member in self.members}
        for name in members:
            if name not in parameters:
                takes = ", ".join(parameters) or "no members"
                raise SandboxError(f"There is no member {name}; it takes {takes}")
        return {parameters[name]: value for name, value in members.items()}

    def from_query(self, query: Mapping[str, str]) -> Members:
        """Return the members of a query, which has texts alone, lists with commas."""
        types = {member.name: member.type for member in self.members}
        return {name: in_query(value, types.get(name)) for name, value in query.items()}

    def as_members(self, arguments: Arguments) -> Members:
        """Return *arguments* as members, for a request to a server."""
        if self.body is not None:
            return dict(arguments[self.body])
        return {
            member.name: _sent(arguments[member.parameter])
            for member in self.members
            if member.parameter in arguments
        }

    def address(self, members: Members) -> tuple[str, Members]:
        """Return the path with its labels, and the members that are not in it."""
        labels = {name for _, name, _, _ in Formatter().parse(self.path) if name}
        # Quoted whole: a slash in an id would be another segment.
        path = self.path.format(**{n: quote(str(members[n]), safe="") for n in labels})
        return path, {n: value for n, value in members.items() if n not in labels}

    def as_json(self, answer: Answer) -> Members:
        """Return an answer as a JSON object."""
        json: Members = {} if answer is None else to_json(answer)
        return json

    def from_json(self, json: Members) -> Answer:
        """Return the answer that ``as_json`` has turned into *json*."""
        answer: Answer = self._answer_reader(json, "The answer")
        return answer

    def labels(self, path: str) -> Mapping[str, str] | None:
        """Return the labels of a path, None if it is not this command's."""
        match = self._pattern.fullmatch(path)
        return match and match.groupdict()

    @cached_property
    def _answer_reader(self) -> Callable[[Any, str], Any]:
        is_empty = self.answer is type(None)
        return (lambda json, at: None) if is_empty else reader(self.answer)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path))

    @cached_property
    def _readers(self) -> Mapping[str, tuple[str, Callable[[Any, str], Any]]]:
        return {m.parameter: (m.name, m.reader) for m in self.members}

    def _checked(self, arguments: Arguments) -> Arguments:
        if self.body is not None:
            return arguments
        # What is missing comes first: it tells what the command is for.
        for member in self.members:
            if member.required and member.parameter not in arguments:
                raise SandboxError(f"{member.name} is required")
        checked = {}
        for parameter, value in arguments.items():
            name, read = self._readers[parameter]
            checked[parameter] = read(value, name)
        return checked


class CommandTable:
    """Commands, in the order in which they are declared."""

    def __init__(self) -> None:
        self._commands: list[Command[..., Any]] = []

    def __iter__(self) -> Iterator[Command[..., Any]]:
        return iter(self._commands)

    def paths(self) -> list[str]:
        """Return the paths that there are."""
        return list(dict.fromkeys(command.path for command in self))

    def at(self, path: str) -> Mapping[str, tuple[Command[..., Any], Members]]:
        """Return the commands at a path by their methods, each with its labels."""
        return {
            command.method: (command, dict(labels))
            for command in self
            if (labels := command.labels(path)) is not None
        }

    def command(
        self,
        method: str,
        path: str,
        *,
        status: int = 200,
        body: str | None = None,
        members: type | None = None,
        enters: bool = False,
    ) -> Callable[[Callable[Concatenate[Simulation, P], Answer]], Command[P, Answer]]:
        """Make a function of a simulation a command.

        Its keyword-only parameters are the members that it takes: by their own names,
        or by the one that ``Annotated[str, "From"]`` gives. Where *members* is a
        dataclass, the members are its fields instead, and none of them is required. One
        that *enters* comes in by the door itself, as often as it needs.
        """

        def declare(
            function: Callable[Concatenate[Simulation, P], Answer],
        ) -> Command[P, Answer]:
            types = get_type_hints(function, include_extras=True)
            takes = members_of(function, types) if members is None else any_of(members)
            command: Command[P, Answer] = Command(
                method=method,
                path=path,
                status=status,
                function=function,
                members=takes if body is None else (),
                body=body,
                answer=types["return"],
                enters=enters,
            )
            self._commands.append(command)
            return command

        return declare


def _sent(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


# All commands: of this package's modules whose names end so, and of its reads.
COMMANDS = CommandTable()
