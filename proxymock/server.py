"""The standalone server: all of moto's services and Amazon Chime SDK Voice."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from proxymock.plugin import register

MOTO_DEFAULTS = ["--host", "127.0.0.1"]  # moto reads sys.argv if it is given nothing


def main(argv: list[str] | None = None) -> None:
    """Run moto's server with its own options and ours, ``sys.argv`` by default."""
    parser = _parser()
    given, rest = parser.parse_known_args(argv)
    if {"-h", "--help"} & set(rest):
        parser.print_help()
    if given.save_state and given.state is None:
        parser.error("--save-state needs --state FILE")
    if given.save_state and {"-r", "--reload"} & set(rest):
        parser.error("--save-state cannot follow --reload into another process")
    run_moto_server = _moto_server()
    register()
    if given.state is not None:
        _load(given.state, may_be_missing=given.save_state)
    try:
        run_moto_server(rest or MOTO_DEFAULTS)
    finally:
        if given.save_state:
            _save(given.state)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="proxymock-server",
        usage="%(prog)s [--state FILE [--save-state]] [options of moto_server]",
        description="moto's server with Amazon Chime SDK Voice.",
        epilog="What follows are the options of moto_server.",
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        help="begin with the state in this JSON file, in the default account",
    )
    parser.add_argument(
        "--save-state",
        action="store_true",
        help="write the state to that file at the end; it need not exist before",
    )
    return parser


def _moto_server() -> Callable[[list[str]], None]:
    try:
        from moto.server import main as run_moto_server
    except ImportError as error:
        sys.exit(
            f"proxymock-server needs more packages ({error}): "
            "pip install 'proxymock[server]'"
        )
    return run_moto_server


def _load(file: Path, *, may_be_missing: bool) -> None:
    from proxymock.plugin.tools import InProcess, Snapshot

    if may_be_missing and not file.exists():
        if not file.parent.is_dir():
            sys.exit(f"The state cannot be saved to {file}: there is no such folder")
        return
    try:
        state: Any = json.loads(file.read_text("utf-8"))
        if not isinstance(state, dict):
            raise ValueError("it is not a JSON object")
        Snapshot(connection=InProcess()).load(state)
    except (OSError, ValueError) as error:
        sys.exit(f"The state in {file} cannot be loaded: {error}")


def _save(file: Path) -> None:
    from proxymock.plugin.tools import InProcess, Snapshot

    text = json.dumps(Snapshot(connection=InProcess()).export(), indent=2)
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.write_text(f"{text}\n", "utf-8")
    os.replace(unfinished, file)
