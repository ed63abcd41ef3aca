"""The control interface as an OpenAPI document, made from the table of commands."""

from __future__ import annotations

import re
from functools import cache
from inspect import getdoc
from typing import Any

from proxymock import __version__
from proxymock.sandbox.command_members import Member
from proxymock.sandbox.command_table import COMMANDS, Command
from proxymock.sandbox.json_schemas import Schema, Schemas
from proxymock.sandbox.simulation import Simulation

PATH = "/moto-api/proxymock"
_SENT_AS_BODY = ("POST", "PUT")
# An argument in the section Args of a docstring, with the lines that continue it.
_ARGUMENT = re.compile(r"^    (\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)
_ACCOUNT = {
    "name": "AccountId",
    "in": "query",
    "description": "The account; by default the one that a request to AWS would have.",
    "schema": {"type": "string", "pattern": "^[0-9]{12}$"},
}
_REFUSALS = {
    "400": "The input is bad, and nothing has changed.",
    "403": "The host, or the origin of a web page, is not allowed.",
    "404": "The path is none of these.",
    "405": "The path does not take the method.",
}


@COMMANDS.command("GET", "openapi.json", enters=True)
def openapi(simulation: Simulation) -> dict[str, Any]:
    """Return this document."""
    return document()


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document of all commands."""
    schemas = Schemas()
    paths: dict[str, Schema] = {}
    for command in COMMANDS:
        methods = paths.setdefault(f"/{command.path}", {})
        methods[command.method.lower()] = _operation(command, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "proxymock",
            "version": __version__,
            "description": "What AWS has no call for, beside Amazon Chime SDK Voice.",
        },
        "servers": [{"url": PATH}],
        "paths": paths,
        "components": {
            "schemas": {"Error": _ERROR, **schemas.components},
            "parameters": {"AccountId": _ACCOUNT},
            "responses": {
                f"Error{status}": {"description": why, "content": _json(_ERROR_REF)}
                for status, why in _REFUSALS.items()
            },
        },
    }


_ERROR: Schema = {
    "type": "object",
    "properties": {"Code": {"type": "string"}, "Message": {"type": "string"}},
    "required": ["Code", "Message"],
    "additionalProperties": False,
}
_ERROR_REF: Schema = {"$ref": "#/components/schemas/Error"}


def _operation(command: Command[..., Any], schemas: Schemas) -> Schema:
    text = getdoc(command.function) or ""
    told = {name: _sentence(words) for name, words in _ARGUMENT.findall(text)}
    in_body = command.method in _SENT_AS_BODY
    labels, others = _split(command)
    parameters = [_parameter(each, "path", schemas, told) for each in labels]
    if not in_body:
        parameters += [_parameter(each, "query", schemas, told) for each in others]
    operation: Schema = {
        "operationId": "_".join(re.findall(r"\w+", f"{command.method} {command.path}")),
        "summary": _sentence(text.partition("\n\n")[0]),
        "parameters": [{"$ref": "#/components/parameters/AccountId"}, *parameters],
        "responses": {
            str(command.status): {
                "description": "It is done.",
                "content": _json(_answer(command, schemas)),
            },
            **{
                status: {"$ref": f"#/components/responses/Error{status}"}
                for status in _REFUSALS
            },
        },
    }
    if in_body:
        body = _body(command, others, schemas, told)
        operation["requestBody"] = {"required": True, "content": _json(body)}
    return operation


def _sentence(text: str) -> str:
    return " ".join((text[:1].upper() + text[1:]).split())


def _split(command: Command[..., Any]) -> tuple[list[Member], list[Member]]:
    """Return the members of a command that its path has, and the others."""
    labels = re.findall(r"\{(\w+)\}", command.path)
    return (
        [each for each in command.members if each.name in labels],
        [each for each in command.members if each.name not in labels],
    )


def _parameter(
    member: Member, where: str, schemas: Schemas, told: dict[str, str]
) -> Schema:
    schema = _schema(member, schemas)
    parameter = {
        "name": member.name,
        "in": where,
        "required": member.required,
        "description": told.get(member.parameter, ""),
        # Without a text there, it would be another path.
        "schema": {**schema, "minLength": 1} if where == "path" else schema,
    }
    if schema.get("type") == "array":
        # One parameter with commas between the items: see in_query().
        parameter |= {"style": "form", "explode": False}
    return parameter


def _body(
    command: Command[..., Any],
    members: list[Member],
    schemas: Schemas,
    told: dict[str, str],
) -> Schema:
    # A state, which is checked as it is read.
    if command.body is not None:
        return {"type": "object"}
    described = {
        each.name: {
            **_schema(each, schemas),
            **({"description": text} if (text := told.get(each.parameter)) else {}),
        }
        for each in members
    }
    return {
        "type": "object",
        # Whoever sends a body may name the account in it.
        "properties": {**described, "AccountId": _ACCOUNT["schema"]},
        "required": [each.name for each in members if each.required],
        "additionalProperties": False,
    }


def _schema(member: Member, schemas: Schemas) -> Schema:
    schema = schemas.of(member.type)
    if member.limits is None:
        return schema
    return {**schema, "minimum": member.limits.least, "maximum": member.limits.most}


def _answer(command: Command[..., Any], schemas: Schemas) -> Schema:
    if command.answer is type(None):
        return {"type": "object", "additionalProperties": False}
    return schemas.of(command.answer)


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}
