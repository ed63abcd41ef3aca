"""The options of ``proxymock-server``: moto's, and those of this package."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from proxymock import addresses, start_line

EXAMPLE = (
    "aws chime-sdk-voice list-voice-connectors --endpoint-url http://127.0.0.1:5000"
)


def read(argv: list[str] | None) -> argparse.Namespace:
    """Return the options in *argv*, or of the process if that is None.

    Raises SystemExit, with the usage, if they cannot be used.
    """
    taken = parser()
    options = taken.parse_args(argv)
    if options.save_state and options.state is None:
        taken.error("--save-state needs --state FILE")
    # With --reload another process serves, and this one has nothing to save.
    if options.save_state and options.reload:
        taken.error("--save-state cannot follow --reload into another process")
    if options.open and (options.reload or options.host.startswith(addresses.SOCKET)):
        taken.error("--open works neither with --reload nor with a socket file")
    if options.ended and options.reload:
        taken.error("--ended cannot follow --reload into another process")
    if (options.ssl_cert is None) != (options.ssl_key is None):
        taken.error("--ssl-cert and --ssl-key need each other")
    return options


def parser() -> argparse.ArgumentParser:
    """Return what takes the options apart, without checking them together."""
    parser = argparse.ArgumentParser(
        prog="proxymock-server",
        description="moto's server, with Amazon Chime SDK Voice among its services.",
        epilog=f"example:\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        # An abbreviation could mean something else as soon as there is a new option.
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=start_line.versions())
    _add_options_of_moto(parser)
    _add_options_of_accounts(parser)
    _add_options_of_ours(parser)
    return parser


def _add_options_of_accounts(parser: argparse.ArgumentParser) -> None:
    """Take what accounts begin with, and what is kept of them."""
    add = parser.add_argument
    add(
        "--state",
        type=Path,
        metavar="FILE",
        help="begin with the state in this JSON file, in the default account",
    )
    add(
        "--save-state",
        action="store_true",
        help="write the state to that file at the end, and on SIGHUP; "
        "it need not exist before",
    )
    add(
        "--function",
        action="append",
        default=[],
        metavar="ARN=TARGET",
        help="what Lambda would run for this ARN, in every account: the URL of what "
        "speaks Lambda's Invoke API, or a Python function as MODULE:NAME; repeatable",
    )


def _add_options_of_ours(parser: argparse.ArgumentParser) -> None:
    """Take how the server shows itself, and by which names it may be reached."""
    add = parser.add_argument
    add("--open", action="store_true", help="open the inspector's page in a browser")
    add("-q", "--quiet", action="store_true", help="log errors alone, not each request")
    add(
        "--ended",
        action="store_true",
        help="say at the end which operations that AWS has ended were called",
    )
    add(
        "--allow-host",
        type=addresses.name,
        action="append",
        default=[],
        metavar="NAME",
        help="let the control interface be reached by this name of the server, "
        "besides addresses, names without a dot, and those that are always private",
    )


def _add_options_of_moto(parser: argparse.ArgumentParser) -> None:
    """Take what ``moto_server`` takes, with the same defaults."""
    add = parser.add_argument
    add(
        "-H",
        "--host",
        type=addresses.host,
        default="127.0.0.1",
        help="the address to listen at, 0.0.0.0 for all (default: %(default)s)",
    )
    add(
        "-p",
        "--port",
        type=_port,
        default=os.environ.get("MOTO_PORT", "5000"),
        help="the port to listen at, 0 for a free one "
        "(default: the environment's MOTO_PORT, or 5000)",
    )
    add("-r", "--reload", action="store_true", help="start again when a file changes")
    add(
        "-s",
        "--ssl",
        action="store_true",
        help="speak HTTPS, with a certificate made for the occasion",
    )
    add("-c", "--ssl-cert", metavar="FILE", help="speak HTTPS with this certificate")
    add("-k", "--ssl-key", metavar="FILE", help="the certificate's private key")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 65535")
    return int(text)
