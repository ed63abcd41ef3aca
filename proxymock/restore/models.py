"""The service in the format of botocore's data, made from an extract of ours."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, NamedTuple

# What an extract says of a shape in the same words as botocore.
_SAME = (
    *("type", "sensitive", "timestampFormat"),
    *("min", "max", "pattern", "enum", "required"),
)
_ROLES = ("member", "key", "value")


def model(client: str, extract: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole description of a *client*, the content of ``service-2.json``."""
    version = extract["version"]
    return {
        "version": "2.0",
        "metadata": {
            "apiVersion": version,
            "uid": f"{client}-{version}",
            **extract["metadata"],
        },
        **missing(extract, {"operations": {}, "shapes": {}}),
    }


def missing(extract: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    """Return the operations that a *model* lacks, with all shapes that they need.

    No shape has the name of one of the model, which may mean something else. Errors
    have, since their names are part of the API: those of the model stay.
    """
    shapes = _Shapes(extract, model["shapes"], {})
    operations = {
        name: _operation(name, raw, shapes)
        for name, raw in extract["operations"].items()
        if name not in model["operations"]
    }
    return {"operations": operations, "shapes": shapes.found}


def _operation(name: str, raw: Mapping[str, Any], shapes: _Shapes) -> dict[str, Any]:
    return {
        "name": name,
        "http": {
            "method": raw["method"],
            "requestUri": raw["uri"],
            "responseCode": raw["status"],
        },
        **{side: shapes.add(raw[side]) for side in ("input", "output") if side in raw},
        "errors": [shapes.add_error(error) for error in raw["errors"]],
    }


class _Shapes(NamedTuple):
    """The shapes of an *extract* that are needed, in *found*, by names not *taken*."""

    extract: Mapping[str, Any]
    taken: Container[str]
    found: dict[str, dict[str, Any]]

    def add(self, name: str) -> dict[str, str]:
        """Add a shape with all that it refers to, and return the reference to it."""
        own = name
        while own in self.taken:
            own += "Restored"
        if own not in self.found:
            raw = self.extract["shapes"][name]
            shape = {key: raw[key] for key in _SAME if key in raw}
            shape |= {role: self.add(raw[role]) for role in _ROLES if role in raw}
            if "members" in raw:
                shape["members"] = {
                    member: {**details, **self.add(details["shape"])}
                    for member, details in raw["members"].items()
                }
            # Afterwards, since no shape of the API holds itself.
            self.found[own] = shape
        return {"shape": own}

    def add_error(self, name: str) -> dict[str, str]:
        """Add an error, if there is none of this name, and return the reference."""
        if name not in self.taken and name not in self.found:
            status = self.extract["errors"][name]
            members = self.extract["error_members"]
            self.found[name] = {
                "type": "structure",
                "members": {key: self.add(shape) for key, shape in members.items()},
                "error": {"httpStatusCode": status},
                "exception": True,
                # botocore's mark of errors that are not the client's.
                "fault": status >= 500,
            }
        return {"shape": name}
