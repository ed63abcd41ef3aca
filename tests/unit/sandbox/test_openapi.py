"""The OpenAPI document against the table of commands, and against answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from kit.builders.full_account import create_everything
from kit.builders.people import ALICE, BOB
from proxymock.plugin.sandbox_client import Faults, Functions, Phone
from proxymock.plugin.transports import InProcess
from proxymock.sandbox import SandboxError, call_commands, commands
from proxymock.sandbox.command_members import Limits, Member
from proxymock.sandbox.command_table import COMMANDS, Command, CommandTable
from proxymock.sandbox.json_schemas import Schemas
from proxymock.sandbox.openapi import document
from proxymock.sandbox.reads import (
    conversations,
    number_choice,
    people,
    sessions,
)
from proxymock.sandbox.simulation import Simulation

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:ivr"


def operations() -> Iterator[tuple[str, str, Any]]:
    """Yield the method, the path and the description of each operation."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path[1:], operation


def test_it_is_valid() -> None:
    """The document is OpenAPI 3.1 in JSON."""
    OpenAPIV31SpecValidator(json.loads(json.dumps(document()))).validate()


def test_commands_are_all_there() -> None:
    """Each row of the table is an operation, with an id of its own, and no more."""
    expected = [(command.method, command.path) for command in COMMANDS]

    assert sorted((m, p) for m, p, _ in operations()) == sorted(expected)
    ids = {operation["operationId"] for _, _, operation in operations()}
    assert len(ids) == len(expected)


def taken(operation: Any) -> dict[str, bool]:
    """Return the members that an operation takes, and whether they are required."""
    members = {
        each["name"]: each["required"]
        for each in operation["parameters"]
        if "$ref" not in each
    }
    content = operation.get("requestBody", {"content": {}})["content"]
    for body in content.values():
        schema = body["schema"]
        for name in schema.get("properties", ()):
            members[name] = name in schema["required"]
    members.pop("AccountId", None)
    return members


def test_members_are_those_of_the_commands() -> None:
    """Each operation takes what its command takes, and requires the same."""
    documented = {
        (method, path): taken(operation) for method, path, operation in operations()
    }

    assert documented == {
        (command.method, command.path): {
            member.name: member.required for member in command.members
        }
        for command in COMMANDS
    }


def test_statuses() -> None:
    """Each operation has the status of its command, and the refusals that there are."""
    documented = {
        (method, path): set(operation["responses"])
        for method, path, operation in operations()
    }

    assert documented == {
        (command.method, command.path): {
            *(str(command.status), "400", "403", "404", "405")
        }
        for command in COMMANDS
    }


def test_one_operation() -> None:
    """An operation is told in the words of its function."""
    told = document()["paths"]["/requests"]["get"]
    by_name = {each.get("name"): each for each in told["parameters"]}

    assert told["summary"].startswith("Return a page of the newest requests")
    assert by_name["Outcome"] == {
        "name": "Outcome",
        "in": "query",
        "required": False,
        "description": "``succeeded``, ``failed``, or ``injected`` of failures by a "
        "fault.",
        "schema": {"enum": ["succeeded", "failed", "injected"]},
    }
    assert by_name["MaxResults"]["schema"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
    }


def fits(command: Command[..., Any], answer: Any) -> None:
    """Check an answer against what the document says of it."""
    operation = document()["paths"][f"/{command.path}"][command.method.lower()]
    content = operation["responses"][str(command.status)]["content"]
    schema = content["application/json"]["schema"]
    described = {**schema, "components": document()["components"]}
    Draft202012Validator(described).validate(command.as_json(answer))


def test_answers_fit(phone: Phone, functions: Functions, faults: Faults) -> None:
    """What commands answer of an account with everything is as described."""
    create_everything()
    run = InProcess().run
    masks = phone.masks()
    phone.call(ALICE, masks[0].proxy_phone_number)
    phone.text(BOB, masks[0].proxy_phone_number, "I am here")
    phone.person(BOB, answers="busy")
    functions.bind(FUNCTION, lambda event, context: None)
    faults.inject("ListVoiceConnectors", "ForbiddenException")
    pair = {
        "voice_connector_id": masks[0].voice_connector_id,
        "participant_phone_numbers": [ALICE, BOB],
    }
    asked: list[tuple[Command[..., Any], dict[str, Any]]] = [
        *((c, {}) for c in COMMANDS if c.method == "GET" and not any_required(c)),
        (sessions.session, {"proxy_session_id": masks[0].proxy_session_id}),
        (call_commands.one_call, {"id": phone.calls()[0].id}),
        (conversations.conversation, {"id": phone.calls()[0].id}),
        (people.person, {"number": ALICE}),
        (number_choice.choice, pair),
        (call_commands.call, {"from_number": ALICE, "to_number": BOB}),
        (commands.text, {"from_number": ALICE, "to_number": BOB, "body": "x"}),
        (commands.reset_time, {}),
        (commands.put_settings, {"proxy_numbers": [masks[0].proxy_phone_number]}),
    ]

    for command, arguments in asked:
        fits(command, run(command, None, arguments))


def any_required(command: Command[..., Any]) -> bool:
    """Tell whether a command needs to be told anything."""
    return any(member.required for member in command.members)


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop of a bus."""

    name: str
    after: "Stop | None"  # noqa: UP037 - the class is not there yet


def test_schemas_of_types() -> None:
    """Each type that commands use has a schema, a dataclass by its name."""
    schemas = Schemas()

    assert [
        schemas.of(declared)
        for declared in (
            datetime,
            Literal["a", "b"],
            str | None,
            list[int],
            tuple[float, ...],
            dict[str, bool],
            dict[str, Any],
            Stop,
        )
    ] == [
        {"type": "string", "format": "date-time"},
        {"enum": ["a", "b"]},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"type": "array", "items": {"type": "integer"}},
        {"type": "array", "items": {"type": "number"}},
        {"type": "object", "additionalProperties": {"type": "boolean"}},
        {"type": "object", "additionalProperties": {}},
        {"$ref": "#/components/schemas/Stop"},
    ]
    assert schemas.components == {
        "Stop": {
            "type": "object",
            "description": "A stop of a bus.",
            "properties": {
                "Name": {"type": "string"},
                "After": {
                    "anyOf": [{"$ref": "#/components/schemas/Stop"}, {"type": "null"}]
                },
            },
            "required": ["Name", "After"],
            "additionalProperties": False,
        }
    }


def test_two_of_one_name_would_be_a_mistake() -> None:
    """Two dataclasses cannot share a name, since one schema would describe both."""
    schemas = Schemas()
    schemas.of(Stop)

    with pytest.raises(TypeError, match="Stop"):
        schemas.of(dataclass(type("Stop", (), {"__annotations__": {}})))


def test_limits_hold(client: object) -> None:
    """A number out of its limits is refused; they are part of the member."""
    table = CommandTable()

    @table.command("GET", "calls")
    def some(
        simulation: Simulation,
        *,
        first: Annotated[int | None, "Start", Limits(1, 3)] = None,
    ) -> None:
        """Return some."""

    [member] = some.members
    assert member == Member("Start", "first", int, False, Limits(1, 3))
    assert [member.reader(each, "Start") for each in (1, 3)] == [1, 3]
    with pytest.raises(SandboxError, match=r"Start must be from 1 to 3, not 4"):
        member.reader(4, "Start")
