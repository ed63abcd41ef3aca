"""Write ``service.json`` and ``legacy.json`` from the API descriptions of botocore.

Only names, types, constraints, routes and errors are taken::

    python scripts/extract_service.py service
    python scripts/extract_service.py legacy

The first needs a botocore with all 96 operations, from 1.36 to the newest; the second
one that has the older namespace ``chime`` with its voice operations, up to 1.37.1. Of
these only the differences are kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.loaders import Loader

API = Path(__file__).parents[1] / "proxymock" / "api"

# AWS: API-07. The published pattern puts its length bounds behind an anchor, where
# no text can ever satisfy them.
PATTERNS = {"^[-_a-zA-Z0-9]*${2,64}$": "[-_a-zA-Z0-9]{2,64}"}
CONSTRAINTS = ("min", "max", "pattern", "enum")

# What the older namespace has under the same name, for something else: its tags are
# those of meetings.
NAMESAKES = {"ListTagsForResource", "TagResource", "UntagResource"}
# AWS: VC-07. Only the global settings of Amazon Chime go without a VoiceConnector.
IGNORED = {"UpdateGlobalSettingsRequest"}


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
    if operation.get("deprecated"):  # All of them by a notice that AWS ended them.
        extract["ended"] = operation.get("deprecatedSince")
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


def extract_legacy(old: dict[str, Any], service: dict[str, Any]) -> dict[str, Any]:
    """Return how the *old* namespace's extract differs from that of the *service*.

    That is which of the operations it has, and the constraints of their input that
    differ, null for those that it lacks: by the name of the shape, or of the structure
    and its member where the shapes have different names. Ids in paths do not count: one
    that is no thing's is not found in either.
    """
    names = sorted((old["operations"].keys() & service["operations"]) - NAMESAKES)
    found: dict[str, dict[str, Any]] = {}
    for name in names:
        inputs = [
            extract["operations"][name].get("input") for extract in (old, service)
        ]
        if all(inputs):
            found |= _differences(old["shapes"], service["shapes"], *inputs)
    for name in IGNORED:
        del found[name]
    return {"operations": names, "constraints": dict(sorted(found.items()))}


def _differences(
    old: dict[str, Any], new: dict[str, Any], name: str, new_name: str, at: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    before, now = old[name], new[new_name]
    other = {
        key: before.get(key)
        for key in (*CONSTRAINTS, "required")
        if before.get(key) != now.get(key)
    }
    if other:
        yield (name if name == new_name else at), other
    if "member" in now:
        yield from _differences(old, new, before["member"], now["member"])
    for member, details in now.get("members", {}).items():
        earlier = before["members"].get(member)
        if earlier is not None and details.get("location") != "uri":
            yield from _differences(
                old, new, earlier["shape"], details["shape"], f"{new_name}.{member}"
            )


def main(kind: str) -> None:
    """Write ``service.json`` or ``legacy.json``."""
    target = API / f"{kind}.json"
    client = {"service": "chime-sdk-voice", "legacy": "chime"}[kind]
    found = extract(Loader().load_service_model(client, "service-2"))
    if kind == "legacy":
        found = extract_legacy(found, json.loads((API / "service.json").read_text()))
    target.write_text(json.dumps(found, indent=1) + "\n")
    print(f"{target}: {len(found['operations'])} operations")


if __name__ == "__main__":
    main(*sys.argv[1:])
