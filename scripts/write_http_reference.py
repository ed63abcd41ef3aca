"""Write ``docs/http.md``: the commands over HTTP, from their OpenAPI document.

    python scripts/write_http_reference.py

A test fails when the file is stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from http_commands import Operation, Schema, as_text, operations, thing

TARGET = Path(__file__).parents[1] / "docs" / "http.md"
BEGIN = """\
# HTTP

A server has these commands for what AWS has no call for, each after
`/moto-api/proxymock/`. [The cookbook](cookbook.md#from-any-language) shows how to use
them. `GET openapi.json` answers the same as an [OpenAPI](https://www.openapis.org)
document, from which `scripts/write_http_reference.py` has written this page.

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
        self._named: set[str] = set()

    def text(self) -> str:
        """Return the whole text."""
        parts = [BEGIN, *map(self._operation, operations()), "## Things\n"]
        told: set[str] = set()
        while untold := sorted(self._named - told):
            parts += map(self._thing, untold)
            told.update(untold)
        return "\n".join(parts)

    def _operation(self, operation: Operation) -> str:
        rows = [
            (
                f"`{each.name}`{'' if each.is_required else ' ?'}",
                self._type(each.schema),
                each.about,
            )
            for each in operation.takes
        ]
        return _section(
            f"## {operation.name}",
            operation.summary,
            *(["The body is an object as a whole."] if operation.takes_all else []),
            *([_table("takes", rows)] if rows else []),
            f"Answers {operation.status}: {self._type(operation.answer)}",
        )

    def _thing(self, name: str) -> str:
        schema = thing(name)
        rows = [
            (f"`{name}`", self._type(each), each.get("description", ""))
            for name, each in schema["properties"].items()
        ]
        about = schema["description"].partition("\n\nArgs:")[0]
        return _section(f"### {name}", about, _table("has", rows))

    def _type(self, schema: Schema) -> str:
        return as_text(schema, self._link)

    def _link(self, name: str) -> str:
        self._named.add(name)
        return f"[{name}](#{name.lower()})"


def _section(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def _table(head: str, rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| {head} | | |", "|-|-|-|"]
    lines += (f"| {name} | {kind} | {about} |" for name, kind, about in rows)
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(Reference().text(), "utf-8")
    print(f"{TARGET}: {len(operations())} commands")
