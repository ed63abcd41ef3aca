"""What the server writes to stderr, which nobody may read."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from kit.transports.servers import Start, url_in
from proxymock import error_output

ENDS = 30


def ask(url: str, query: str = "") -> int:
    """Ask the server something that it logs; return the status of its answer."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=ENDS)) as connection:
        connection.request("GET", f"/moto-api/proxymock/clock{query}")
        return connection.getresponse().status


def test_server_serves_on_and_ends_if_nobody_reads(start: Start) -> None:
    """A full pipe keeps neither a client waiting nor the end of the server."""
    process, line = start()
    long = f"?A={'a' * 60_000}"

    statuses = [ask(url_in(line), long) for _ in range(5)]  # four pipes full
    process.send_signal(signal.SIGTERM)

    assert statuses == [400] * 5
    assert process.wait(ENDS) == 0


@pytest.mark.measured
def test_server_serves_on_and_ends_if_the_reader_is_gone(start: Start) -> None:
    """A broken pipe is no fault of a client's."""
    process, line = start()
    assert process.stderr is not None
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), process.stderr.fileno())  # closes the pipe's end

    statuses = [ask(url_in(line)) for _ in range(5)]
    process.send_signal(signal.SIGTERM)

    assert statuses == [200] * 5
    assert process.wait(ENDS) == 0


@pytest.mark.measured
def test_closed_stderr_is_no_other_file() -> None:
    """Where stderr is closed, what has its number since then is not written to."""
    script = (
        "import os, sys; from proxymock import error_output; "
        "read, write = os.pipe(); error_output.redirect(); "
        "print('lost', file=sys.stderr); sys.stderr.buffer.end(); "
        "os.close(write); print(2 in (read, write), os.read(read, 100))"
    )

    result = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert result.stdout == "True b''\n"


@pytest.mark.parametrize(
    ("options", "logged"),
    [
        ((), ['"GET /moto-api/proxymock/clock HTTP/1.1" 200 -']),
        (("--quiet",), []),
    ],
)
def test_log(options: tuple[str, ...], logged: list[str], start: Start) -> None:
    """Each request is a line without colours in a file; quiet is without the lines."""
    process, line = start(*options)
    ask(url_in(line))
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=ENDS)

    assert [line.partition("] ")[2] for line in rest.splitlines()] == logged


def test_log_has_no_colours_in_a_file(start: Start) -> None:
    """An error, which a terminal shows in red, is plain for a program to read."""
    process, line = start()
    ask(url_in(line), "?A=1")
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=ENDS)

    assert rest.partition("] ")[2] == (
        '"GET /moto-api/proxymock/clock?A=1 HTTP/1.1" 400 -\n'
    )


def test_last_words_are_written() -> None:
    """What a process says when it ends is there, since somebody reads."""
    script = (
        "import sys; from proxymock import error_output; error_output.redirect(); "
        "sys.exit('The end')"
    )

    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stderr) == (1, "The end\n")


def test_too_much_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody reads does not fill the memory."""
    monkeypatch.setattr(error_output, "MAX_PIECES", 2)
    monkeypatch.setattr(error_output, "LAST_SECONDS", 0.0)
    read, write = os.pipe()
    output = error_output.ErrorOutput(write)
    full = b"x" * 1_000_000

    output.write(full)  # more than a pipe holds, so that the thread waits
    assert os.read(read, 1) == b"x"
    for piece in (b"one", b"two", b"three"):
        assert output.write(piece) == len(piece)
    output.end()
    with open(read, "rb", buffering=0, closefd=False) as pipe:
        got = b""
        while not got.endswith(b"onetwo"):
            got += pipe.read(100_000)
    output._thread.join(ENDS)
    os.close(write)

    assert os.read(read, 100) == b""
    assert got == full[1:] + b"onetwo"
    os.close(read)


def test_terminal_has_colours() -> None:
    """Where people look, colours stay."""
    leader, follower = os.openpty()
    output = error_output.ErrorOutput(follower)

    output.write(b"\x1b[31mred\x1b[0m")
    output.end()

    assert (output.isatty(), output.fileno()) == (True, follower)
    assert os.read(leader, 100) == b"\x1b[31mred\x1b[0m"
    os.close(leader)
    os.close(follower)


def test_stream_that_is_no_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that runs the server with a stream of its own keeps it."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)

    error_output.redirect()

    assert sys.stderr is stream


MISSING = (
    "proxymock-server needs more packages (import of flask halted; None in "
    "sys.modules): pip install 'proxymock[server]'\n"
)


@pytest.mark.measured
@pytest.mark.parametrize(
    ("use", "told"),
    [
        ("server.main([])", MISSING),
        # as the first request does, where another WSGI server runs it
        ("server.application({}, None)", f"ImportError: {MISSING}"),
    ],
)
def test_missing_packages_are_told_once(use: str, told: str) -> None:
    """Who has not installed the server reads what to install, and no warning."""
    script = f"import sys; sys.modules['flask'] = None\n{use}"

    ended = subprocess.run(
        [sys.executable, "-c", f"from proxymock import server; {script}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.endswith(told)
    assert "Warning" not in ended.stderr
