"""Write ``docs/http.md``: the commands over HTTP, from the table of commands.

    python scripts/write_http_reference.py

A test fails when the file is stale.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from http_types import all_commands, answer, as_json, members
from proxymock.sandbox.command_table import Command

TARGET = Path(__file__).parents[1] / "docs" / "http.md"
BEGIN = """\
# HTTP

A server has these commands for what AWS has no call for, each after
`/moto-api/proxymock/`. [The cookbook](cookbook.md#from-any-language) shows how to use
them. Written by `scripts/write_http_reference.py`, not by hand.

- Members are a JSON object in the body of a `POST` or `PUT`, whose `Content-Type` is
  `application/json`, and the query of a `GET` or `DELETE`. Those with a question mark
  may be left out.
- Each command also takes `AccountId`, twelve digits. Without it, the account is that of
  the request's signature, as for an operation of AWS.
- An instant is ISO 8601 in UTC, such as `2026-01-02T03:04:05.678Z`.
- Bad input is answered with 400, `{"Code": ..., "Message": ...}`, and changes nothing.
  403 is for a host or an origin that is not allowed, 404 for a path that is none, 405
  for a method that a path does not have.
"""


class Reference:
    """The text about the commands, and the things of which it speaks."""

    def __init__(self) -> None:
        self._things: dict[str, type] = {}

    def text(self) -> str:
        """Return the whole text."""
        parts = [BEGIN, *map(self._command, all_commands()), "## Things\n"]
        told: set[str] = set()
        while untold := sorted(self._things.keys() - told):
            parts += [self._thing(self._things[name]) for name in untold]
            told.update(untold)
        return "\n".join(parts)

    def _command(self, command: Command[..., Any]) -> str:
        takes = {
            f"`{each.name}`{'' if each.required else ' ?'}": self._type(each.type)
            for each in command.members
        }
        return _section(
            f"## {command.method} {command.path}",
            _docstring(command.function),
            *([f"The body is the {command.body}."] if command.body else []),
            *([_table("takes", takes)] if takes else []),
            f"Answers {command.status}: {answer(command, self._link)}",
        )

    def _thing(self, kind: type) -> str:
        has = {f"`{name}`": text for name, text in members(kind, self._link).items()}
        about = _docstring(kind).partition("\n\nArgs:")[0]
        return _section(f"### {kind.__name__}", about, _table("has", has))

    def _type(self, declared: Any) -> str:
        return as_json(declared, self._link).replace("|", "or")

    def _link(self, kind: type) -> str:
        self._things[kind.__name__] = kind
        return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _section(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _docstring(thing: Any) -> str:
    return inspect.getdoc(thing) or ""


def _table(head: str, rows: Mapping[str, str]) -> str:
    lines = [f"| {head} | |", "|-|-|"]
    lines += (f"| {name} | {text.replace('|', 'or')} |" for name, text in rows.items())
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(Reference().text(), "utf-8")
    print(f"{TARGET}: {len(all_commands())} commands")
