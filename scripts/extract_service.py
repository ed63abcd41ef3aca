"""Write ``proxymock/api/service.json`` from the API description of botocore.

Only names, types, constraints, routes and errors are taken. Run it with a botocore
that has all 96 operations (1.36 or newer)::

    python scripts/extract_service.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from botocore.loaders import Loader

TARGET = Path(__file__).parents[1] / "proxymock" / "api" / "service.json"

# AWS: API-07. The published pattern puts its length bounds behind an anchor, where
# no text can ever satisfy them.
PATTERNS = {"^[-_a-zA-Z0-9]*${2,64}$": "[-_a-zA-Z0-9]{2,64}"}
CONSTRAINTS = ("min", "max", "pattern", "enum")


def extract(model: dict[str, Any]) -> dict[str, Any]:
    """Return the part of botocore's *model* that a server needs."""
    shapes = model["shapes"]
    return {
        "version": model["metadata"]["apiVersion"],
        "errors": {
            name: shape["error"]["httpStatusCode"]
            for name, shape in sorted(shapes.items())
            if shape.get("exception")
        },
        "operations": {
            name: _operation(operation)
            for name, operation in sorted(model["operations"].items())
        },
        "shapes": {
            name: _shape(shape)
            for name, shape in sorted(shapes.items())
            if not shape.get("exception")
        },
    }


def _operation(operation: dict[str, Any]) -> dict[str, Any]:
    http = operation["http"]
    extract = {
        "method": http["method"],
        "uri": http["requestUri"],
        "status": http.get("responseCode", 200),
        "errors": sorted(error["shape"] for error in operation.get("errors", ())),
    }
    for side in ("input", "output"):
        if side in operation:
            extract[side] = operation[side]["shape"]
    return extract


def _shape(shape: dict[str, Any]) -> dict[str, Any]:
    extract: dict[str, Any] = {"type": shape["type"]}
    extract |= {key: shape[key] for key in CONSTRAINTS if key in shape}
    if "pattern" in extract:
        extract["pattern"] = PATTERNS.get(extract["pattern"], extract["pattern"])
    extract |= {
        role: shape[role]["shape"]
        for role in ("member", "key", "value")
        if role in shape
    }
    if "members" in shape:
        extract["members"] = {
            name: {
                key: member[key]
                for key in ("shape", "location", "locationName")
                if key in member
            }
            for name, member in shape["members"].items()
        }
        extract["required"] = shape.get("required", [])
    return extract


if __name__ == "__main__":
    description = extract(Loader().load_service_model("chime-sdk-voice", "service-2"))
    TARGET.write_text(json.dumps(description, indent=1) + "\n")
    print(f"{TARGET}: {len(description['operations'])} operations")
