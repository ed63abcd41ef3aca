"""The commands in the documents exist, with their options, files and names."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from configparser import ConfigParser
from functools import cache
from importlib.util import find_spec
from itertools import dropwhile, groupby, pairwise, takewhile
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import pytest

from kit.transports.servers import free_port
from proxymock import server_options
from proxymock.sandbox.command_table import COMMANDS
from proxymock.sandbox.snapshot import FORMAT_VERSION

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
BLOCK = re.compile(r"^```(.*?)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# What is a command between the lines of a text, and not a name.
INLINE = re.compile(r"`((?:\S*/)?(?:tox|pip|python3?|pytest|proxymock-server) [^`]+)`")
# Tests run the others, or compare what they show: test_docs.py, test_cookbook.py,
# test_tutorial.py, test_troubleshooting.py and tests/system/clients.
LANGUAGES = {"sh", "console", "python", "js", "json", "text"}
OF_SPHINX = {"{eval-rst}", "{toctree}"}  # tox run -e docs

BASH = which("bash")
PYPROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
TOX = ConfigParser()
TOX.read(ROOT / "tox.ini", "utf-8")


def commands_of(document: Path) -> Iterator[list[str]]:
    """Yield the commands of a document, each as words."""
    text = document.read_text("utf-8")
    for language, code in BLOCK.findall(text):
        if language == "sh":
            yield from _split(code)
        elif language == "console":
            yield from _split("\n".join(re.findall(r"^\$ (.*)", code, re.MULTILINE)))
    for inline in INLINE.findall(BLOCK.sub("", text)):
        yield from _split(inline)


def _split(code: str) -> Iterator[list[str]]:
    """Yield the commands of a script, without the variables that they are given."""
    substituted = re.compile(r"\$\((.*?)\)", re.DOTALL)
    for line in substituted.sub("SUBSTITUTED", code.replace("\\\n", "")).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
        lexer.whitespace_split = True
        for is_end, words in groupby(lexer, lambda word: {*word} <= {*";&|"}):
            command = [*dropwhile(re.compile(r"\w+=").match, words)]
            if command and not is_end:
                yield command
    for inner in substituted.findall(code):
        yield from _split(inner)


def of_python(module_or_file: str, *arguments: str) -> None:
    """A module can be run, a script is there, and code can be compiled."""
    if module_or_file == "-m":
        name, *arguments_of_module = arguments
        assert find_spec(name) or (ROOT / name / "__main__.py").is_file()
        if name == "proxymock":
            of_server(*arguments_of_module)
    elif module_or_file == "-c":
        compile(arguments[0], "the document", "exec")
    else:
        assert (ROOT / module_or_file).is_file()


def of_pip(action: str, *arguments: str) -> None:
    """What is installed of this project has the extras and groups that are named."""
    assert action in ("install", "wheel")
    groups = [after for word, after in pairwise(arguments) if word == "--group"]
    extras = re.findall(r"(?<!moto)\[(\w+)\]", " ".join(arguments))
    missing = [
        name
        for name in (*groups, *extras)
        if not re.search(rf"^{name} = \[", PYPROJECT, re.MULTILINE)
    ]
    assert missing == []


def of_tox(action: str, *arguments: str) -> None:
    """Environments and labels are in tox.ini, and tests after ``--`` are there."""
    assert action in ("run", "run-parallel")
    own, files = [*takewhile(lambda word: word != "--", arguments)], arguments[2:]
    for option, value in zip(own[::2], own[1::2], strict=True):
        section = {"-e": TOX.sections(), "-m": TOX["tox"]["labels"].split()}[option]
        known = [name.removeprefix("testenv:") for name in section]
        assert {*value.split(",")} <= {*known}
    tests = [name for name in files if name.startswith("tests/")]
    assert [name for name in tests if not (ROOT / name).exists()] == []


def of_server(*arguments: str) -> None:
    """The server takes the options."""
    if arguments != ("--help",):
        server_options.read([*arguments])


def of_pytest(*arguments: str) -> None:
    """An option of ours is one of the plugin, and any other one of pytest."""
    long = [word for word in arguments if word.startswith("--")]
    assert {*long} <= _options_of_pytest()


@cache
def _options_of_pytest() -> set[str]:
    command = [sys.executable, "-m", "pytest", "--help", "-p", "no:cacheprovider"]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return {*re.findall(r"(?<!\S)--[\w-]+", run.stdout)}


def of_curl(*arguments: str) -> None:
    """The server has the path, with this method."""
    [url] = [word for word in arguments if word.startswith("http")]
    path = urlsplit(url).path.removeprefix("/moto-api/").removeprefix("proxymock/")
    method = "POST" if "-d" in arguments else "GET"
    assert not path or method in COMMANDS.at(path)


CHECKS: dict[str, Callable[..., None]] = {
    "curl": of_curl,
    "pip": of_pip,
    "proxymock-server": of_server,
    "pytest": of_pytest,
    "python": of_python,
    "python3": of_python,
    "tox": of_tox,
}
# Programs whose commands are not looked at here, and why not.
EXCEPTIONS = {
    "aws": "tests/system/clients runs it",
    "export": "it belongs to the shell, and whoever runs the block",
    "kill": "test_tutorial.py runs all commands of the tutorial",
    "ls": "it belongs to the system",
}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_exist(document: Path) -> None:
    """Each command of a document is one that its program takes."""
    for program, *arguments in commands_of(document):
        name = Path(program).name
        if name not in EXCEPTIONS and document.name != "tutorial.md":  # which is run
            CHECKS[name](*arguments)


def test_exceptions_are_needed() -> None:
    """Each program, looked at or not, is in a document."""
    found = {Path(words[0]).name for each in DOCUMENTS for words in commands_of(each)}

    assert found == {*CHECKS, *EXCEPTIONS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_blocks_are_of_kinds_that_are_tested(document: Path) -> None:
    """A block of code says its language, and a test runs that, or compares it."""
    found = {language for language, _ in BLOCK.findall(document.read_text("utf-8"))}

    assert found <= LANGUAGES | OF_SPHINX


@pytest.mark.skipif(BASH is None or which("curl") is None, reason="needs bash and curl")
def test_container_becomes_ready(tmp_path: Path) -> None:
    """What a container runs is ready when the command that waits for it ends."""
    [block] = re.findall(
        r"^```sh\n(proxymock-server --host 0.*?)^```",
        (ROOT / "docs" / "moto.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = block.replace("/data/", f"{tmp_path}/").replace("5000", str(free_port()))

    end = "kill $! && wait $! && cat state.json"
    printed = subprocess.run(
        [str(BASH), "-ec", f"{script}\n{end}"],
        cwd=tmp_path,
        env={**os.environ, "PATH": programs},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout

    assert json.loads(printed) == {"FormatVersion": FORMAT_VERSION}
