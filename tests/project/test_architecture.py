"""The shape of the code: who imports whom, and how much stands in one place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import proxymock

PACKAGE = Path(proxymock.__file__).parent
TESTS = Path(__file__).parents[1]
MODULES = sorted(PACKAGE.rglob("*.py"))
SOURCES = [*MODULES, *sorted(TESTS.rglob("*.py"))]

# Each part may import itself and those before it.
ORDER = (
    *("api", "numbering_plan", "state", "service", "telephony", "effects", "sandbox"),
    *("inspector", "restore", "plugin"),
    *("clock", "faults", "functions", "phone", "snapshot"),
    *("pytest_ended", "pytest_plugin"),
    *("addresses", "start_line", "ended_operations", "error_output", "state_file"),
    "server",
    *("child_server", "__main__"),
)
# What only the parts that meet moto may import.
OUTSIDE = {"boto3", "botocore", "flask", "moto", "requests", "responses", "werkzeug"}
PURE = {"api", "state", "service", "telephony", "effects", "sandbox", "inspector"}
LARGEST_FILE = 300
LARGEST_FUNCTION = 25


def name_of(path: Path) -> str:
    """Return a path as it is shown."""
    return str(path.relative_to(TESTS.parent if TESTS in path.parents else PACKAGE))


def part_of(path: Path) -> str:
    """Return the part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return all that the code of a file consists of."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def imports(path: Path) -> Iterator[str]:
    """Yield the full names of what a file imports, wherever in it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_point_one_way() -> None:
    """A part imports itself and the parts before it, never one behind it."""
    wrong = []
    for path in MODULES:
        part = part_of(path)
        behind = () if part == "__init__" else ORDER[ORDER.index(part) + 1 :]
        wrong += [
            (name_of(path), name)
            for name in imports(path)
            if name.startswith("proxymock.") and name.split(".")[1] in behind
        ]

    assert wrong == []


def files_imported_by(path: Path) -> Iterator[Path]:
    """Yield our own files that a file imports, for the type checker alone, too."""
    for name in imports(path):
        parts = name.split(".")
        for end in (len(parts), len(parts) - 1):
            home = PACKAGE.parent.joinpath(*parts[:end])
            for file in (home.with_suffix(".py"), home / "__init__.py"):
                if parts[0] == PACKAGE.name and file in MODULES:
                    yield file
                    break
            else:
                continue
            break


# Each needs what lies above it in the list. moto wants a backend class in a module
# ``models`` beside a module ``urls``, whose handlers answer by the backends.
MOTO_CIRCLE = {"plugin/models.py", "plugin/responses.py", "plugin/urls.py"}


def test_no_circles() -> None:
    """No file needs itself in the end, whichever way; moto wants one circle."""
    # The package names for type checkers what it resolves when it is used.
    left = {path for path in MODULES if path != PACKAGE / "__init__.py"}
    needs = {path: {*files_imported_by(path)} for path in left}
    before = 0
    while before != len(left):  # take off what nothing needs, and what needs nothing
        before = len(left)
        left &= {need for path in left for need in needs[path]}
        left = {path for path in left if needs[path] & left}

    assert {name_of(path) for path in left} == MOTO_CIRCLE


def test_operations_need_few_operations() -> None:
    """What two families of operations share is state, so that each reads alone."""
    service = PACKAGE / "service"
    arrows = [
        (name_of(path), name_of(need))
        for path in service.glob("*.py")
        for need in {*files_imported_by(path)}
        if need.parent == service
    ]

    assert len(arrows) < 40, arrows


def test_accounts_are_locked_by_the_door_alone() -> None:
    """Nobody else locks an account or runs what is due."""
    # Locks of their own: to register, to make clients, for the functions that are
    # served, and for the faults and functions of an account, which are outside of it.
    own = {
        *("plugin/__init__.py", "plugin/isolation.py", "plugin/function_host.py"),
        *("sandbox/faults.py", "sandbox/functions.py"),
    }
    words = re.compile(r"\bR?Lock\(|\brun_due\(|\.lock\b")

    users = {
        name_of(path) for path in MODULES if words.search(path.read_text("utf-8"))
    } - own

    assert users == {"service/door.py", "state/deadlines.py"}


def test_moto_stays_outside() -> None:
    """What AWS published and what the service does knows neither moto nor HTTP."""
    inside = [path for path in MODULES if part_of(path) in PURE]

    wrong = [
        (name_of(path), name)
        for path in inside
        for name in imports(path)
        if name.split(".")[0] in OUTSIDE
    ]

    assert len(inside) > 50
    assert wrong == []


def test_files_fit_in_one_reading() -> None:
    """A file has at most three hundred lines."""
    lines = {name_of(p): len(p.read_text("utf-8").splitlines()) for p in SOURCES}

    assert {name: n for name, n in lines.items() if n > LARGEST_FILE} == {}


def test_functions_fit_in_one_glance() -> None:
    """A function has at most twenty-five statements."""
    sizes = {
        (name_of(path), node.lineno): sum(
            isinstance(n, ast.stmt) for n in ast.walk(node)
        )
        for path in SOURCES
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {at: size for at, size in sizes.items() if size > LARGEST_FUNCTION} == {}


def test_ignored_types_say_what_is_ignored() -> None:
    """An ignore comment names the errors that it means."""
    bare = re.compile(r"#\s*(?:type: ignore(?!\[)|noqa(?!:))")

    wrong = [
        (name_of(path), line)
        for path in SOURCES
        for line in path.read_text("utf-8").splitlines()
        if bare.search(line)
    ]

    assert wrong == []


def test_package_is_typed() -> None:
    """The package tells type checkers that it has types."""
    assert (PACKAGE / "py.typed").is_file()
