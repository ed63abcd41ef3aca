"""Write ``service.json`` and ``legacy.json`` from the API descriptions of botocore.

Only names, types, constraints, routes, errors and how to call the service are taken::

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
# What a client does with a value: whether it logs it, and how it writes a time.
TRAITS = ("sensitive", "timestampFormat")
# What a client has to know to call the service, in every version of botocore.
METADATA = (
    *("endpointPrefix", "protocol", "serviceFullName", "serviceId"),
    *("signatureVersion", "signingName"),
)

# What the older namespace has under the same name, for something else: its tags are
# those of meetings.
NAMESAKES = {"ListTagsForResource", "TagResource", "UntagResource"}
# AWS: VC-07. Only the global settings of Amazon Chime go without a VoiceConnector.
IGNORED = {"UpdateGlobalSettingsRequest"}


def extract(model: dict[str, Any]) -> dict[str, Any]:
    """Return the part of botocore's *model* that a server needs, or a client."""
    shapes, metadata = model["shapes"], model["metadata"]
    return {
        "version": metadata["apiVersion"],
        "metadata": {key: metadata[key] for key in METADATA if key in metadata},
        "errors": {
            name: shape["error"]["httpStatusCode"]
            for name, shape in sorted(shapes.items())
            if shape.get("exception")
        },
        "error_members": {
            name: member["shape"]
            for shape in shapes.values()
            if shape.get("exception")
            for name, member in shape["members"].items()
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
    extract |= {key: shape[key] for key in (*TRAITS, *CONSTRAINTS) if key in shape}
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
                for key in ("shape", "location", "locationName", "idempotencyToken")
                if key in member
            }
            for name, member in shape["members"].items()
        }
        extract["required"] = shape.get("required", [])
    return extract


def extract_legacy(old: dict[str, Any], service: dict[str, Any]) -> dict[str, Any]:
    """Return how the *old* namespace's extract differs from that of the *service*.

    That is which of the operations it has, the errors that they do not declare, and the
    shapes that differ, null for what those lack: by the name of the shape, or of the
    structure and its member where the shapes have different names. Ids in paths do not
    count: one that is no thing's is not found in either.
    """
    names = sorted((old["operations"].keys() & service["operations"]) - NAMESAKES)
    found: dict[str, dict[str, Any]] = {}
    undeclared: dict[str, list[str]] = {}
    for name in names:
        before, now = (extract["operations"][name] for extract in (old, service))
        for side in before.keys() & {"input", "output"}:
            found |= _differences(
                old["shapes"], service["shapes"], before[side], now[side]
            )
        if later := [error for error in now["errors"] if error not in before["errors"]]:
            undeclared[name] = later
    for name in IGNORED:
        del found[name]
    return {
        "version": old["version"],
        "metadata": old["metadata"],
        "error_members": old["error_members"],
        "operations": names,
        "undeclared": undeclared,
        "shapes": dict(sorted(found.items())),
    }


def _differences(
    old: dict[str, Any], new: dict[str, Any], name: str, new_name: str, at: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    before, now = old[name], new[new_name]
    other = {
        key: before.get(key)
        for key in (*TRAITS, *CONSTRAINTS, "required")
        if before.get(key) != now.get(key)
    }
    members = now.get("members", {})
    if absent := [name for name in members if name not in before["members"]]:
        other["members"] = dict.fromkeys(absent)
    if other:
        yield (name if name == new_name else at), other
    if "member" in now:
        yield from _differences(old, new, before["member"], now["member"])
    for member, details in members.items():
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
