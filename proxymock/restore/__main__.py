"""Write the operations that botocore dropped to a directory::

    python -m proxymock.restore DIR

Other programs that read botocore's data find them there, such as the AWS CLI with
``AWS_DATA_PATH=DIR``. The files are for the version of botocore that is installed
beside this package.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import botocore
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from proxymock.restore import has_gaps
from proxymock.restore.loading import EXTRACTS, KINDS, MODEL, extras, is_ours, restored


def missing(loader: Loader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the files that add to *loader* what it lacks: names below DIR, contents."""
    full = restored(loader)
    for client in EXTRACTS:
        version = full.determine_latest_version(client, MODEL)
        for kind in KINDS:
            name = os.path.join(client, version, kind)
            data, path = full.load_data_with_path(name)
            if is_ours(path):
                yield f"{name}.json", data
                continue
            with suppress(DataNotFoundError):  # then there is nothing to add
                yield f"{name}.sdk-extras.json", full.load_data(extras(name))


def main(argv: list[str] | None = None) -> None:
    """Write the files and print their names.

    Raises SystemExit with a message if there is a file of such a name, or if the
    directory cannot be written.
    """
    parser = argparse.ArgumentParser(
        prog="python -m proxymock.restore",
        description="Write the operations that botocore dropped to a directory, for "
        "the AWS CLI and other programs that take AWS_DATA_PATH.",
    )
    parser.add_argument("directory", type=Path, metavar="DIR", help="made if need be")
    directory: Path = parser.parse_args(argv).directory
    # Not what the user has added: that may be an earlier output of this.
    builtin = Loader([Loader.BUILTIN_DATA_PATH], include_default_search_paths=False)
    files = dict(missing(builtin)) if has_gaps() else {}
    if not files:
        print(f"botocore {botocore.__version__} has all operations")
    try:
        for name, data in files.items():
            _write(directory / name, data)
    except OSError as error:
        sys.exit(f"{error.filename} cannot be written: {error.strerror}")


def _write(file: Path, data: dict[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("x", encoding="utf-8") as stream:  # A user's own is not overwritten.
        json.dump(data, stream, indent=1)
    print(file)


if __name__ == "__main__":
    main()
