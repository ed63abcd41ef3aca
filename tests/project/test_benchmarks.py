"""The benchmarks run; what they find depends on the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

FAST = ("--rounds=1", "--times=1", "--sessions=1000", "--seconds=0.1")


def run(part: str) -> tuple[str, list[str]]:
    """Return the heading and the other lines that a part of the benchmarks prints."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", part, *FAST],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.stderr == ""
    _, _, heading, *lines = run.stdout.splitlines()
    return heading, lines


def test_calls() -> None:
    """Each call is a row of name, both times, ratio and bar."""
    heading, rows = run("calls")

    assert heading.split() == ["ours", "theirs", "ratio", "bar"]
    assert [(row.split()[0], row.split()[6]) for row in rows] == [
        ("GetProxySession", "1.15"),
        ("CreateProxySession", "1.30"),
    ]


def test_sandbox() -> None:
    """The phone's calls and the entries of its lists are rows like calls."""
    heading, rows = run("sandbox")

    assert heading.split() == ["ours", "theirs", "ratio", "bar"]
    assert [row[:28].rstrip() for row in rows] == [
        "phone.call, of the network",
        "phone.masks, each",
        "phone.masks, to JSON, each",
        "phone.masks, from JSON, each",
        "phone.log, each",
        "phone.log, to JSON, each",
        "phone.log, from JSON, each",
    ]


def test_telephone() -> None:
    """A call that a function handles is a row, and so is a field of a long one."""
    heading, rows = run("telephone")

    assert heading.split() == ["ours", "theirs", "ratio", "bar"]
    assert [row[:28].rstrip() for row in rows] == [
        "masked call, of a get",
        "call.outcome, of a ladder",
    ]


def test_services() -> None:
    """At least six services of moto are measured, in process and over HTTP."""
    _, rows = run("services")

    compared = {tuple(row[:28].rstrip().split(", ")) for row in rows}
    assert {way for way, _ in compared} == {
        "get", "create", "HTTP get", "HTTP create"
    }  # fmt: skip
    assert len({service for _, service in compared}) >= 6


def test_start() -> None:
    """What comes before the first answer is a row of name and milliseconds."""
    heading, rows = run("start")

    assert heading.split() == ["ms", "bar"]
    assert rows[0][:32].rstrip() == "import and register, after moto"


def test_scale() -> None:
    """Operations are rows, between memory and expiry."""
    memory, (_, *rows, few, many) = run("scale")

    assert memory.endswith("bytes a session of 1,000")
    assert [row[:28].rstrip() for row in rows] == [
        "get",
        "update",
        "create and delete",
        "page",
        "page of open ones",
        "GET sessions",
        "GET overview",
    ]
    assert [line.split(",")[1] for line in (few, many)] == ["000 expire at once"] * 2


def test_crowd() -> None:
    """A crowd works in process, and another on a server."""
    heading, lines = run("crowd")

    assert [line.endswith("all well") for line in (heading, *lines)] == [True, True]
