"""The standalone server: all of moto's services and Amazon Chime SDK Voice."""

from __future__ import annotations

import sys

from proxymock.plugin import register


def main(argv: list[str] | None = None) -> None:
    """Run moto's server with its own options, ``sys.argv`` by default."""
    try:
        from moto.server import main as run_moto_server
    except ImportError as error:
        sys.exit(
            f"proxymock-server needs more packages ({error}): "
            "pip install 'proxymock[server]'"
        )
    register()
    run_moto_server(argv)
