"""The standalone server: all of moto's services and Amazon Chime SDK Voice.

``application`` is the same for other WSGI servers. They must run it in one process,
since that is where the state is.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from proxymock import (
    addresses,
    ended_operations,
    error_output,
    server_options,
    start_line,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from proxymock.plugin.http_server import LateHandshake
    from proxymock.state_file import StateFile


SIGNALS = (signal.SIGINT, signal.SIGTERM)
HANGUP = tuple(s for s in signal.Signals if s.name == "SIGHUP")  # Windows has none.


def application(
    environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Answer a request of a WSGI server."""
    return _application()(environ, start_response)


@cache
def _application() -> WSGIApplication:
    _check_packages()
    from proxymock.plugin.wsgi import Application

    return Application()


def _check_packages() -> None:
    try:
        # In this order: moto would warn of the first two, and name an extra of its own.
        for name in ("flask", "flask_cors", "proxymock.plugin.wsgi"):
            import_module(name)
    except ImportError as error:
        raise ImportError(
            f"proxymock-server needs more packages ({error}): "
            "pip install 'proxymock[server]'"
        ) from error


def main(argv: list[str] | None = None) -> None:
    """Run the server with these options, ``sys.argv`` by default, until a signal.

    Raises SystemExit: with a message if the server cannot start or save, else with 0.
    """
    options = server_options.read(argv)
    # The interpreter would search all of moto for garbage before it ends.
    atexit.register(gc.freeze)
    try:
        _check_packages()
    except ImportError as error:
        sys.exit(str(error))
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
