"""A loader of botocore's data that finds what botocore has dropped, too.

A loader reads the first file of a name below its search paths. Our ``data/`` is one
more path, the last: a service that is nowhere else is found there. To a service that is
found elsewhere, a loader adds *extras*, files with what is to be merged into it. Ours
are not on the disk, since they depend on what the loader has found.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.loaders import JSONFileLoader, Loader

from proxymock.api import legacy, spec
from proxymock.restore import models

DATA = Path(__file__).parent / "data"
MODEL, PAGINATORS = "service-2", "paginators-1"
KINDS = (MODEL, PAGINATORS, "endpoint-rule-set-1")
# Our own extras, beside botocore's "sdk": no file of these can be in our way.
_OUR_EXTRAS = "proxymock"
EXTRACTS: dict[str, Callable[[], dict[str, Any]]] = {
    "chime": legacy.description,
    "chime-sdk-voice": spec.description,
}


def restored(loader: Loader) -> Loader:
    """Return a loader of what *loader* finds, and of what is missing there."""
    paths = [*loader.search_paths, str(DATA)]
    full = Loader(paths, include_default_search_paths=False)
    full.extras_types[:] = [*loader.extras_types, _OUR_EXTRAS]
    full.file_loader = _Files(loader.file_loader, full)
    return full


def is_ours(file_path: str) -> bool:
    """Tell whether a path that a loader has tried is below our data."""
    return file_path.startswith(f"{DATA}{os.sep}")


def extras(name: str) -> str:
    """Return the name of the extras to the data of a *name*."""
    return f"{name}.{_OUR_EXTRAS}-extras"


class _Files(JSONFileLoader):
    """Reads what is on the disk by *theirs*, and makes the rest when it is read."""

    def __init__(self, theirs: JSONFileLoader, loader: Loader) -> None:
        self._theirs = theirs
        self._loader = loader

    def exists(self, file_path: str) -> bool:
        """Tell whether there is a file, whose path comes without its extension."""
        made = is_ours(file_path) and os.path.basename(file_path) == MODEL
        return made or self._theirs.exists(file_path)

    def load_file(self, file_path: str) -> Any:
        """Return what is in a file, None if there is none."""
        if not is_ours(file_path):
            return self._theirs.load_file(file_path)
        client, version, name = Path(file_path).parts[-3:]
        if client in EXTRACTS:
            if name == extras(MODEL):
                return self._missing_operations(client, version)
            if name == extras(PAGINATORS):
                return self._missing_paginators(client, version)
            if name == MODEL and version == EXTRACTS[client]()["version"]:
                return models.model(client, EXTRACTS[client]())
        return self._theirs.load_file(file_path)

    def _missing_operations(self, client: str, version: str) -> Any:
        # The loader keeps this, and has merged all other extras into it by now.
        found = self._loader.load_data(os.path.join(client, version, MODEL))
        missing = models.missing(EXTRACTS[client](), found)
        return {"merge": missing} if missing["operations"] else None

    def _missing_paginators(self, client: str, version: str) -> Any:
        found = self._loader.load_data(os.path.join(client, version, PAGINATORS))
        file = DATA / client / EXTRACTS[client]()["version"] / PAGINATORS
        ours = self._theirs.load_file(str(file))["pagination"]
        missing = {n: ours[n] for n in ours if n not in found["pagination"]}
        return {"merge": {"pagination": missing}} if missing else None
