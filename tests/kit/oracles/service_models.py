"""What a description of botocore says of an operation, whatever it calls its shapes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What no client reads, or is true by default.
_SILENT = ("documentation", "box", "name")


def described(model: Mapping[str, Any], operation: str) -> dict[str, Any]:
    """Return an operation with its types written out, for comparison."""
    raw = model["operations"][operation]
    return {
        "http": {"responseCode": 200, **raw["http"]},
        "errors": {
            error["shape"]: _shape(model, error["shape"])
            for error in sorted(raw["errors"], key=lambda error: str(error["shape"]))
        },
        **{
            side: _shape(model, raw[side]["shape"])
            for side in ("input", "output")
            if side in raw
        },
    }


def _shape(model: Mapping[str, Any], name: str) -> dict[str, Any]:
    shape = {k: v for k, v in model["shapes"][name].items() if k not in _SILENT}
    if "exception" in shape:
        shape["fault"] = shape.get("fault", False)
    for role in {"member", "key", "value"} & shape.keys():
        shape[role] = _shape(model, shape[role]["shape"])
    if "members" in shape:
        shape["required"] = shape.get("required", [])
        shape["members"] = {
            member: {**_reference(details), "type": _member(model, details)}
            for member, details in shape["members"].items()
        }
    return shape


def _reference(details: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in details.items() if k not in (*_SILENT, "shape")}


def _member(model: Mapping[str, Any], details: Mapping[str, Any]) -> Any:
    """Return the type of a member; of an id in a path that is a text, no more."""
    shape = _shape(model, details["shape"])
    return shape["type"] if details.get("location") == "uri" else shape
