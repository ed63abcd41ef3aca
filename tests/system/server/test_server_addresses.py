"""Where the server listens, and what it must not take for that."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from pathlib import Path

import pytest

from kit.transports.servers import Start
from proxymock import addresses, server

IN_USE = "another server listens there"


@pytest.mark.parametrize(
    ("host", "message"),
    [
        ("", "an address is needed, 0.0.0.0 for all"),
        ("a..b", "'a..b' is not an address: "),
        ("a" * 64, "is not an address: "),
    ],
)
def test_host_is_an_address(
    host: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no address ends the start; nothing listens everywhere by accident."""
    with pytest.raises(SystemExit, match="2"):
        server.main(["--host", host])

    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("192.0.2.7", os.strerror(errno.EADDRNOTAVAIL)),
        ("unix:///no/such/socket", "there is no such folder"),
    ],
)
@pytest.mark.parametrize("options", [[], ["--reload"]])
def test_address_that_is_not_ours_is_told(
    host: str, reason: str, options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody can listen the error names the address, however the server runs."""
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(sys, "stderr", sys.stderr)  # or the server's would stay

    with pytest.raises(SystemExit) as refused:
        server.main(["--host", host, "--port", "0", *options])

    assert refused.value.code == f"The server cannot listen at {host}: {reason}"


@pytest.mark.measured
def test_file_is_not_taken_for_a_socket(start: Start, tmp_path: Path) -> None:
    """A file of the name stays what it is."""
    file = tmp_path / "notes.txt"
    file.write_text("dear", "utf-8")

    process, line = start("--host", f"unix://{file}")

    told = f"The server cannot listen at unix://{file}: there is a file that is no"
    assert line == f"{told} socket\n"
    assert process.wait(30) == 1
    assert file.read_text("utf-8") == "dear"


@pytest.mark.measured
def test_socket_of_a_running_server_stays_its(start: Start, tmp_path: Path) -> None:
    """A second server at a socket does not begin, and the first one goes on."""
    host = f"unix://{tmp_path / 'socket'}"
    start("--host", host)

    process, line = start("--host", host)

    assert line == f"The server cannot listen at {host}: {IN_USE}\n"
    assert process.wait(30) == 1
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(host.removeprefix("unix://"))
        connection.sendall(b"GET /moto-api/proxymock/clock HTTP/1.0\r\n\r\n")
        assert connection.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"


@pytest.mark.measured
def test_socket_that_was_left_behind_is_taken(start: Start, tmp_path: Path) -> None:
    """After a server that was killed the next one begins."""
    file = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(file))

    _, line = start("--host", f"unix://{file}")

    assert line.startswith(f"Running on unix://{file} (")


@pytest.mark.measured
def test_path_that_is_too_long_is_told(start: Start, tmp_path: Path) -> None:
    """The system's limit for the path of a socket is what the error says."""
    host = f"unix://{tmp_path / ('a' * 200)}"

    process, line = start("--host", host)

    assert line == f"The server cannot listen at {host}: AF_UNIX path too long\n"
    assert process.wait(30) == 1


def test_server_whose_queue_is_full_is_a_server(tmp_path: Path) -> None:
    """A socket is in use although nobody has answered yet."""
    path = str(tmp_path / "socket")
    with socket.socket(socket.AF_UNIX) as busy, socket.socket(socket.AF_UNIX) as one:
        busy.bind(path)
        busy.listen(0)
        one.connect(path)

        with pytest.raises(OSError, match="another server listens there"):
            addresses.check(f"unix://{path}")

    assert os.path.exists(path)


def test_server_that_starts_again_keeps_its_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of a file the socket is in use by the server's own parent."""
    host = f"unix://{tmp_path / 'socket'}"
    served: list[str] = []
    monkeypatch.setenv("WERKZEUG_RUN_MAIN", "true")
    monkeypatch.setenv("MOTO_PORT", "5000")  # or the server would set it
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(sys, "stderr", sys.stderr)  # or the server's would stay
    monkeypatch.setattr(
        "werkzeug.serving.run_simple", lambda host, *_, **named: served.append(host)
    )
    with socket.socket(socket.AF_UNIX) as parent:
        parent.bind(host.removeprefix("unix://"))
        parent.listen()

        server.main(["--reload", "--host", host])

    assert served == [host]
