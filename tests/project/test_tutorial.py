"""The tutorial, done as it says, from its first line to its last."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from kit.transports.servers import free_port

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text("utf-8")
BASH = shutil.which("bash")
END_OF_FILE, END_OF_STEP = "END-OF-FILE", "END-OF-STEP"


class Block(NamedTuple):
    """A block of code, and the paragraph that says what to do with it."""

    said: str
    language: str
    code: str


def blocks() -> Iterator[Block]:
    """Yield the blocks of the page, in order."""
    pattern = r"((?:^(?!```)[^\n]+\n)*)\n*^```(\w+)\n(.*?)^```$"
    for said, language, code in re.findall(pattern, PAGE, re.DOTALL | re.MULTILINE):
        yield Block(said, language, code)


def script() -> str:
    """Return all that the reader does, as one script of the shell."""
    return "\n".join(["trap 'kill $(jobs -p) 2>&-' EXIT", *map(_step, blocks())])


def _step(block: Block) -> str:
    if block.language == "python":
        [*_, name] = re.findall(r"`(\w+\.py)`", block.said)
        how = ">>" if re.search(r"\badds? this\b", block.said, re.IGNORECASE) else ">"
        return f"cat {how} {name} <<'{END_OF_FILE}'\n{block.code}\n{END_OF_FILE}"
    return block.code + f"echo {END_OF_STEP}\n" if block.language == "sh" else ""


def shown() -> list[list[str]]:
    """Return what the page shows of the output of each step of the shell."""
    steps: list[list[str]] = []
    for block in blocks():
        if block.language == "sh":
            steps.append([])
        elif block.language == "text":
            steps[-1] += block.code.splitlines()
    return steps


def test_every_block_is_followed() -> None:
    """What a block is for is known of each: a file, a command, or what it prints."""
    assert {block.language for block in blocks()} == {"python", "sh", "text"}
    assert len([*blocks()]) == PAGE.count("\n```") / 2


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
def test_reader_sees_what_the_tutorial_shows(tmp_path: Path) -> None:
    """Each step prints the lines that the page shows below it."""
    done = subprocess.run(
        [str(BASH), "-c", script().replace("5000", str(free_port()))],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    printed = done.stdout.split(f"{END_OF_STEP}\n")[:-1]

    missing = [
        (line, output)
        for lines, output in zip(shown(), printed, strict=True)
        for line in lines
        if line not in output
    ]

    assert missing == []
