"""JSON Schemas of what commands take and answer, from the types of their functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from inspect import getdoc
from typing import Any, Literal, get_args, get_origin, get_type_hints

from proxymock.sandbox.json_values import api_names, is_instant

Schema = dict[str, Any]
_PLAIN: Mapping[Any, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    type(None): "null",
    dict: "object",
}


class Schemas:
    """The schemas of types; *components* has those of dataclasses, by their names."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}
        self._kinds: dict[str, Any] = {}

    def of(self, declared: Any) -> Schema:
        """Return the schema of a type: of any value, if JSON has no word for it."""
        kind, arguments = get_origin(declared) or declared, get_args(declared)
        if is_instant(declared):
            return {"type": "string", "format": "date-time"}
        if is_dataclass(declared):
            return self._reference(declared)
        if kind is Literal:
            return {"enum": [*arguments]}
        if type(None) in arguments:
            return {"anyOf": [self.of(each) for each in arguments]}
        if kind in (list, tuple):
            return {"type": "array", "items": self.of(arguments[0])}
        if kind in (dict, Mapping) and arguments:
            values = self.of(arguments[1])
            return {"type": "object", "additionalProperties": values}
        return {"type": _PLAIN[kind]} if kind in _PLAIN else {}

    def _reference(self, kind: Any) -> Schema:
        name = kind.__name__
        # OpenAPI tells components apart by their names alone.
        if self._kinds.setdefault(name, kind) is not kind:
            raise TypeError(f"Two dataclasses have the name {name}")
        if name not in self.components:
            self.components[name] = {}  # for what refers to itself
            self.components[name] = self._object(kind)
        return {"$ref": f"#/components/schemas/{name}"}

    def _object(self, kind: Any) -> Schema:
        types, names = get_type_hints(kind), api_names(kind)
        return {
            "type": "object",
            "description": getdoc(kind),
            "properties": {wire: self.of(types[name]) for name, wire in names.items()},
            "required": [*names.values()],
            "additionalProperties": False,
        }
