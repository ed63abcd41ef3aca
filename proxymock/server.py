"""The standalone server: all of moto's services and Amazon Chime SDK Voice.

``application`` is the same for other WSGI servers. They must run it in one process,
since that is where the state is.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import signal
import sys
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from proxymock import __version__

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment
    from werkzeug.serving import BaseWSGIServer


SIGNALS = (signal.SIGINT, signal.SIGTERM)
EXAMPLE = (
    "aws chime-sdk-voice list-voice-connectors --endpoint-url http://127.0.0.1:5000"
)


def application(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer a request as a WSGI server has it."""
    return _application()(environ, start_response)


@cache
def _application() -> WSGIApplication:
    from proxymock.plugin.wsgi import Application

    return Application()


def main(argv: list[str] | None = None) -> None:
    """Run the server with these options, ``sys.argv`` by default, until a signal."""
    options = _options(argv)
    try:
        import_module("proxymock.plugin.wsgi")
    except ImportError as error:
        sys.exit(
            f"proxymock-server needs more packages ({error}): "
            "pip install 'proxymock[server]'"
        )
    from proxymock.plugin import gate

    gate.allow(options.host, *options.allow_host)
    for number in SIGNALS:
        signal.signal(number, _stop)
    if options.state is not None:
        _load(options.state, may_be_missing=options.save_state)
    _serve(options)


def _stop(number: int, frame: object) -> NoReturn:
    for another in SIGNALS:
        signal.signal(another, signal.SIG_IGN)  # or it would end the saving
    sys.exit(0)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(argv)
    if options.save_state and options.state is None:
        parser.error("--save-state needs --state FILE")
    if options.save_state and options.reload:
        parser.error("--save-state cannot follow --reload into another process")
    if (options.ssl_cert is None) != (options.ssl_key is None):
        parser.error("--ssl-cert and --ssl-key need each other")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="proxymock-server",
        description="moto's server, with Amazon Chime SDK Voice among its services.",
        epilog=f"example:\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=_versions())
    _add_options_of_moto(parser)
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
    parser.add_argument(
        "--allow-host",
        type=_name,
        action="append",
        default=[],
        metavar="NAME",
        help="let the control interface be reached by this name of the server, "
        "besides addresses, names without a dot, and those that are always private",
    )
    return parser


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not the name of a host, without scheme and port"
        )
    return text


def _add_options_of_moto(parser: argparse.ArgumentParser) -> None:
    """Take what ``moto_server`` takes, with the same defaults."""
    add = parser.add_argument
    add(
        "-H",
        "--host",
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


def _versions() -> str:
    return (
        f"proxymock {__version__}, moto {version('moto')}, "
        f"botocore {version('botocore')}, Python {platform.python_version()}"
    )


def _serve(options: argparse.Namespace) -> None:
    from werkzeug.serving import run_simple

    from proxymock.plugin.connections import Handler

    arguments: dict[str, Any] = {
        "threaded": True,
        "ssl_context": _certificate(options),
        "request_handler": Handler,
    }
    if options.reload:
        print(_versions(), file=sys.stderr)
        _tell_moto(options.port)
        run_simple(
            options.host, options.port, application, use_reloader=True, **arguments
        )
    else:
        _serve_until_told(options, **arguments)


def _serve_until_told(options: argparse.Namespace, **arguments: Any) -> None:
    from werkzeug.serving import make_server

    try:
        server = make_server(options.host, options.port, application, **arguments)
    except OSError as error:  # All others end the process with a message themselves.
        sys.exit(f"The certificate {options.ssl_cert} cannot be used: {error}")
    _tell_moto(server.port)
    print(f"Running on {_address(server)} ({_versions()})", file=sys.stderr, flush=True)
    try:
        server.serve_forever()
    finally:
        if options.save_state:
            _save(options.state)


def _address(server: BaseWSGIServer) -> str:
    if server.host.startswith("unix://"):
        return server.host
    scheme = "http" if server.ssl_context is None else "https"
    host = f"[{server.host}]" if ":" in server.host else server.host
    return f"{scheme}://{host}:{server.port}"


def _certificate(options: argparse.Namespace) -> tuple[str, str] | str | None:
    """Return what werkzeug takes for its certificate: files, or to make one."""
    if options.ssl_cert is not None:
        return options.ssl_cert, options.ssl_key
    return "adhoc" if options.ssl else None


def _tell_moto(port: int) -> None:
    """Let those services of moto know that call the server themselves."""
    os.environ.setdefault("MOTO_PORT", str(port))


def _load(file: Path, *, may_be_missing: bool) -> None:
    from proxymock.plugin.control_client import InProcess
    from proxymock.plugin.tools import Snapshot

    if may_be_missing and not file.exists():
        if not file.parent.is_dir():
            sys.exit(f"The state cannot be saved to {file}: there is no such folder")
        return
    try:
        state: Any = json.loads(file.read_text("utf-8"))
        if not isinstance(state, dict):
            raise ValueError("it is not a JSON object")
        Snapshot(connection=InProcess()).load(state)
    except RecursionError:
        sys.exit(f"The state in {file} cannot be loaded: it is nested too deeply")
    except (OSError, ValueError) as error:
        sys.exit(f"The state in {file} cannot be loaded: {error}")


def _save(file: Path) -> None:
    from proxymock.plugin.callers import calling_account
    from proxymock.plugin.control_client import InProcess
    from proxymock.plugin.models import chimesdkvoice_backends
    from proxymock.plugin.tools import Snapshot

    account = chimesdkvoice_backends[calling_account()]["us-east-1"].world.account
    # For good, or a client could be told of a change that is not in the file.
    account.lock.acquire()
    text = json.dumps(Snapshot(connection=InProcess()).export(), indent=2)
    target = file.resolve()  # of a link, what it leads to
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.write_text(f"{text}\n", "utf-8")
        os.replace(unfinished, target)
    except OSError as error:
        sys.exit(f"The state cannot be saved to {file}: {error}")
