"""The data of a botocore that has dropped operations, or a whole service."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from botocore.loaders import Loader

BUILTIN = Path(Loader.BUILTIN_DATA_PATH)


class Data:
    """A *directory* of botocore's data without its clients."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        for file in BUILTIN.glob("*.json"):
            (directory / file.name).symlink_to(file)

    def loader(self) -> Loader:
        """Return a loader of what is here alone."""
        return Loader([str(self.directory)], include_default_search_paths=False)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Let botocore take this for its own data for a while."""
        with patch.object(Loader, "BUILTIN_DATA_PATH", str(self.directory)):
            yield

    def add(self, client: str, without: Collection[str] = ()) -> None:
        """Add a client of the installed botocore, *without* some operations."""
        installed = Loader()
        model = installed.load_service_model(client, "service-2")
        self.write(client, "service-2", _reduced(model, without))
        pages = installed.load_service_model(client, "paginators-1")["pagination"]
        kept = {name: pages[name] for name in pages.keys() - without}
        self.write(client, "paginators-1", {"pagination": kept})
        rules = installed.load_service_model(client, "endpoint-rule-set-1")
        self.write(client, "endpoint-rule-set-1", rules)

    def write(self, client: str, kind: str, data: Mapping[str, Any]) -> None:
        """Write a file of a client."""
        [version] = (BUILTIN / client).iterdir()
        home = self.directory / client / version.name
        home.mkdir(parents=True, exist_ok=True)
        (home / f"{kind}.json").write_text(json.dumps(data), "utf-8")


def _reduced(model: Mapping[str, Any], without: Collection[str]) -> dict[str, Any]:
    """Return a model without operations, and without shapes that these alone need."""
    operations = {
        name: raw for name, raw in model["operations"].items() if name not in without
    }
    needed = {name for name, shape in model["shapes"].items() if "exception" in shape}
    new = {*needed, *_references(operations)}
    while new:
        needed |= new
        new = {*_references([model["shapes"][name] for name in new])} - needed
    shapes = {name: model["shapes"][name] for name in sorted(needed)}
    return {**model, "operations": operations, "shapes": shapes}


def _references(data: Any) -> Iterator[str]:
    """Yield the names of all shapes to which *data* refers."""
    if isinstance(data, dict):
        if isinstance(data.get("shape"), str):
            yield data["shape"]
        data = [*data.values()]
    if isinstance(data, list):
        for inside in data:
            yield from _references(inside)
