"""The standalone server: all of moto's services and Amazon Chime SDK Voice.

``application`` is the same for other WSGI servers. They must run it in one process,
since that is where the state is.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from proxymock import addresses, ended_operations, error_output, start_line

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from proxymock.plugin.http_server import LateHandshake
    from proxymock.state_file import StateFile


SIGNALS = (signal.SIGINT, signal.SIGTERM)
HANGUP = tuple(s for s in signal.Signals if s.name == "SIGHUP")  # Windows has none.
EXAMPLE = (
    "aws chime-sdk-voice list-voice-connectors --endpoint-url http://127.0.0.1:5000"
)


def application(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer a request of a WSGI server."""
    return _application()(environ, start_response)


@cache
def _application() -> WSGIApplication:
    from proxymock.plugin.wsgi import Application

    return Application()


def main(argv: list[str] | None = None) -> None:
    """Run the server with these options, ``sys.argv`` by default, until a signal.

    Raises SystemExit: with a message if the server cannot start or save, else with 0.
    """
    options = _options(argv)
    # The interpreter would search all of moto for garbage before it ends.
    atexit.register(gc.freeze)
    try:
        import_module("proxymock.plugin.wsgi")
    except ImportError as error:
        sys.exit(
            f"proxymock-server needs more packages ({error}): "
            "pip install 'proxymock[server]'"
        )
    from proxymock.plugin import gate, lambdas
    from proxymock.state_file import StateFile, StateFileError

    gate.allow(options.host, *options.allow_host)
    error_output.redirect()
    for number in SIGNALS:
        signal.signal(number, _stop)
    file = None if options.state is None else StateFile(options.state)
    try:
        lambdas.bind_at_start(options.function)
        _run(options, file)
    except (StateFileError, lambdas.UnusableFunctionError) as error:
        sys.exit(str(error))
    finally:
        if options.ended:
            ended_operations.tell()


def _stop(number: int, frame: object) -> NoReturn:
    for another in (*SIGNALS, *HANGUP):
        signal.signal(another, signal.SIG_IGN)  # A second signal would end the saving.
    sys.exit(0)


def _run(options: argparse.Namespace, file: StateFile | None) -> None:
    if file is None:
        _serve(options)
    elif not options.save_state:
        file.load()
        _serve(options)
    else:
        if file.prepare():
            file.load()
        for number in HANGUP:
            signal.signal(number, lambda number, frame: _save(file))
        _serve(options, at_the_end=file.save_for_good)


def _save(file: StateFile) -> None:
    from proxymock.state_file import StateFileError

    try:
        file.save()
    except StateFileError as error:
        print(error, file=sys.stderr)


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(argv)
    if options.save_state and options.state is None:
        parser.error("--save-state needs --state FILE")
    # With --reload another process serves, and this one has nothing to save.
    if options.save_state and options.reload:
        parser.error("--save-state cannot follow --reload into another process")
    if options.open and (options.reload or options.host.startswith(addresses.SOCKET)):
        parser.error("--open works neither with --reload nor with a socket file")
    if options.ended and options.reload:
        parser.error("--ended cannot follow --reload into another process")
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
    parser.add_argument("--version", action="version", version=start_line.versions())
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
        help="write the state to that file at the end, and on SIGHUP; "
        "it need not exist before",
    )
    parser.add_argument(
        "--function",
        action="append",
        default=[],
        metavar="ARN=TARGET",
        help="what Lambda would run for this ARN, in every account: the URL of what "
        "speaks Lambda's Invoke API, or a Python function as MODULE:NAME; repeatable",
    )
    parser.add_argument(
        "--open", action="store_true", help="open the inspector's page in a browser"
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="log errors alone, not each request"
    )
    parser.add_argument(
        "--ended",
        action="store_true",
        help="say at the end which operations that AWS has ended were called",
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


def _serve(
    options: argparse.Namespace, at_the_end: Callable[[], None] = lambda: None
) -> None:
    from werkzeug.serving import is_running_from_reloader, run_simple

    from proxymock.plugin.http_server import Handler, QuietHandler

    arguments: dict[str, Any] = {
        "threaded": True,
        "ssl_context": _tls(options),
        "request_handler": QuietHandler if options.quiet else Handler,
    }
    if not is_running_from_reloader():  # There, the parent uses the address already.
        _check_address(options.host)
    if options.reload:
        print(start_line.versions(), file=sys.stderr)
        _tell_moto(options.port)
        run_simple(
            options.host, options.port, application, use_reloader=True, **arguments
        )
    else:
        _serve_until_told(options, at_the_end, **arguments)


def _check_address(host: str) -> None:
    try:
        addresses.check(host)
    except OSError as error:
        sys.exit(f"The server cannot listen at {host}: {error.strerror or error}")


def _serve_until_told(
    options: argparse.Namespace, at_the_end: Callable[[], None], **arguments: Any
) -> None:
    from werkzeug.serving import make_server

    server = make_server(options.host, options.port, application, **arguments)
    _tell_moto(server.port)
    url = addresses.url(server.host, server.port, secure=server.ssl_context is not None)
    start_line.tell(url, opens=options.open)
    try:
        server.serve_forever()
    finally:
        at_the_end()


def _tls(options: argparse.Namespace) -> LateHandshake | None:
    from werkzeug.serving import generate_adhoc_ssl_context, load_ssl_context

    from proxymock.plugin.http_server import LateHandshake

    if options.ssl_cert is None:
        return LateHandshake(generate_adhoc_ssl_context()) if options.ssl else None
    try:
        return LateHandshake(load_ssl_context(options.ssl_cert, options.ssl_key))
    except OSError as error:
        sys.exit(f"The certificate {options.ssl_cert} cannot be used: {error}")


def _tell_moto(port: int) -> None:
    """Tell the port to services of moto that call the server themselves."""
    os.environ.setdefault("MOTO_PORT", str(port))
