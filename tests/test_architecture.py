"""The shape of the code: who imports whom, and how much stands in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import proxymock

PACKAGE = Path(proxymock.__file__).parent
TESTS = Path(__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [*MODULES, *sorted(TESTS.rglob("*.py"))]

# Each part may import itself and those before it.
ORDER = (
    *("api", "service", "sandbox", "plugin"),
    *("clock", "faults", "phone", "snapshot"),
    *("pytest_plugin", "server", "__main__"),
)
# What only the parts that meet moto may import.
OUTSIDE = {"boto3", "botocore", "flask", "moto", "requests", "responses", "werkzeug"}
LARGEST_FILE = 300
LARGEST_FUNCTION = 25


def name_of(path: Path) -> str:
    """Return a path as it is shown."""
    return str(path.relative_to(TESTS if TESTS in path.parents else PACKAGE))


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    """A part imports itself and the parts before it, never one behind it."""
    part = part_of(path)
    allowed = ORDER if part == "__init__" else ORDER[: ORDER.index(part) + 1]
    own = [name.split(".") for name in imports(path) if name.startswith("proxymock.")]

    assert [name for name in own if name[1] in ORDER and name[1] not in allowed] == []


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if part_of(p) in {"api", "service", "sandbox"}],
    ids=name_of,
)
def test_moto_stays_outside(path: Path) -> None:
    """What AWS published and what the service does knows neither moto nor HTTP."""
    assert [name for name in imports(path) if name.split(".")[0] in OUTSIDE] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_fit_in_one_reading(path: Path) -> None:
    """A file has at most three hundred lines."""
    assert len(path.read_text("utf-8").splitlines()) <= LARGEST_FILE


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_fit_in_one_glance(path: Path) -> None:
    """A function has at most twenty-five statements."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    sizes = {
        function.name: sum(isinstance(node, ast.stmt) for node in ast.walk(function))
        for function in functions
    }

    assert {n: size for n, size in sizes.items() if size > LARGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_ignored_types_say_what_is_ignored(path: Path) -> None:
    """An ignore comment names the errors that it means."""
    bare = re.compile(r"#\s*(?:type: ignore(?!\[)|noqa(?!:))")

    assert [n for n in path.read_text("utf-8").splitlines() if bare.search(n)] == []


def test_package_is_typed() -> None:
    """The package tells type checkers that it has types."""
    assert (PACKAGE / "py.typed").is_file()
